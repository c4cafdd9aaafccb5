// The moments at which forms lose what was written, each with and without scripts. A step passes
// only if every letter is in the database afterwards and on the reader's own page, once.
import { strictEqual as equal, ok } from "node:assert";
import * as desk from "./desk.mjs";
import { keptWith, lockOf, query, refusalOf } from "./kept.mjs";
import { badLine } from "./program.mjs";

const QUESTION = "Where will the next breakthrough appear?";
const ARTICLE = `The way on

We have listed the question that makes us most curious. You are welcome to answer it:

- ${QUESTION}
`;
const OPTIONS = ["Synthetic data", "Verification", "Another architecture"];
/** What forms trip over: several scripts, markup, line ends, spaces at both ends of lines. */
const TEXT = [
  "  第一，合成数据；第二，“验证”。",
  "",
  "\tمرحبا بالعالم \u202bשלום\u202c 👩‍👩‍👧‍👦 🇨🇳 e\u0301 é",
  "<b>&amp; \"quotes\" 'single'</b> </textarea><script>alert(1)</script> %41 + = ; ? #",
  "trailing spaces   ",
  "",
].join("\n");

const MOMENTS = [
  "double click",
  "sent again by reload",
  "two tabs",
  "Back after sending",
  "a mistake to correct",
  "an hour of writing",
  "closed while writing",
  "no server, no connection",
  "the tab crashes",
  "another device",
  "too long, odd characters",
  "questions changed meanwhile",
  "the database refuses",
];

/** What is not in the program yet, told apart from what is lost. */
class NotBuilt extends Error {}

export async function tell(tools) {
  const { person, step, program } = tools;
  const results = MOMENTS.map(() => ({ true: [], false: [] }));
  const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
  let admin;
  let form;
  let marks = 0;

  /** A text like no other. */
  const written = () => {
    marks += 1;
    const mark = `mark-${marks}-${process.pid}.`;
    return { mark, text: `${mark}${TEXT}` };
  };

  /** One moment, with scripts or without; the table is made of these. */
  async function moment(number, what, scripts, act) {
    for (const js of scripts) {
      const name = `${number} ${MOMENTS[number - 1]}: ${what}, ${js ? "with" : "without"} scripts`;
      if (process.env.ONLY && !new RegExp(process.env.ONLY).test(name)) continue;
      const reader = await person({ javaScriptEnabled: js });
      const error = await step(name, () => act({ reader, js, ...written() }));
      results[number - 1][js].push(error === null ? "kept" : error instanceof NotBuilt ? "not built" : "lost");
      // A page in trouble may not close in time.
      await Promise.race([reader.context().close(), new Promise((soon) => setTimeout(soon, 5000))]);
    }
  }
  const BOTH = [true, false];

  const box = (page) => page.getByRole("textbox", { name: QUESTION });
  const arrived = (page) => page.waitForURL(/\/r\/[\w-]{20,}/, { timeout: 30_000 });

  /** Opens the form and answers several questions; the text is the long answer. */
  async function fill(page, text, path = form) {
    await page.goto(path);
    await write(page, text);
  }
  async function write(page, text) {
    // A tab in the background is drawn once a second.
    await page.bringToFront();
    await box(page).fill(text);
    await page.getByRole("radio", { name: OPTIONS[1] }).check();
    await page.getByRole("checkbox", { name: OPTIONS[2] }).check();
  }
  async function send(page) {
    await page.bringToFront();
    await page.getByRole("button", { name: /^(Send my answers|Keep the changes)$/ }).click();
  }
  /** As a reader who has stopped writing: a browser notes for Back what stands in a form a second after it was typed. */
  const noted = (page) => page.waitForTimeout(1500);
  /** The browser's own page that says that nobody answers. */
  const gone = (page) =>
    page.waitForURL(/^chrome-error:/, { waitUntil: "commit" }).catch((error) => {
      if (!/net::ERR/.test(error.message)) throw error;
    });
  /** As a reader presses Back, once the browser has come to rest. */
  async function back(page) {
    for (let tries = 0; ; tries += 1) {
      try {
        await page.goBack();
        return;
      } catch (error) {
        if (tries > 5) throw error;
        await new Promise((soon) => setTimeout(soon, 500));
      }
    }
  }

  /** All of it stands in the form: the text letter by letter, and the ticks. */
  async function stillThere(page, text) {
    // What a browser puts back after Back, it puts back a moment after the page is there.
    for (let tries = 0; tries < 20 && (await box(page).inputValue()) !== text; tries += 1) await page.waitForTimeout(100);
    equal(await box(page).inputValue(), text);
    ok(await page.getByRole("radio", { name: OPTIONS[1] }).isChecked(), "the chosen option is gone");
    ok(await page.getByRole("checkbox", { name: OPTIONS[2] }).isChecked(), "the tick is gone");
  }

  /** The database holds it once, letter by letter, and it is what counts; within some seconds. */
  async function inDatabase(mark, text, { revisions = 1, wanted = "counted" } = {}) {
    let found = [];
    for (let tries = 0; tries < 50; tries += 1) {
      found = keptWith(program.database, mark);
      if (found.length >= revisions) break;
      await new Promise((soon) => setTimeout(soon, 200));
    }
    equal(new Set(found.map(({ response }) => response)).size, 1, `${new Set(found.map(({ response }) => response)).size} responses hold it`);
    equal(found.length, revisions, "revisions that hold it");
    const last = found.find(({ counts }) => counts);
    ok(last, "none of the revisions that hold it counts");
    equal(last.standing, wanted);
    equal(last.texts.find((each) => each.includes(mark)), text);
    return last;
  }

  /** The reader's own page opens the same words again, on a device that has never seen them. */
  async function onMyPage(address, text) {
    const other = await person({ javaScriptEnabled: false });
    await other.goto(new URL(address).pathname);
    await other.getByText(text.split("\n")[0].trim()).first().waitFor();
    await other.goto(`${new URL(address).pathname}/change`);
    await stillThere(other, text);
    await other.context().close();
  }

  /** All the ways in which an answer has to have arrived. */
  async function kept(page, mark, text, more) {
    await arrived(page);
    await inDatabase(mark, text, more);
    await onMyPage(page.url(), text);
  }

  await step("a questionnaire of several kinds is made and published", async () => {
    admin = await desk.organizer(tools);
    form = await questionnaire();
  });
  if (!form) return;

  async function questionnaire() {
    const path = await desk.bring(admin, ARTICLE);
    await desk.add(admin, "One option", { Question: "What first?", lines: OPTIONS.join("\n") });
    await desk.add(admin, "Several options", { Question: "What else?", lines: OPTIONS.join("\n") });
    return desk.publish(admin, path);
  }
  const deskOf = (path) => path.replace(/^\/q\//, "/desk/q/");

  // --- 1
  await moment(1, "the button is pressed twice", BOTH, async ({ reader, mark, text }) => {
    await fill(reader, text);
    await reader.getByRole("button", { name: "Send my answers" }).dblclick();
    await kept(reader, mark, text);
  });

  // --- 2
  await moment(2, "the answer to the form is loaded again", BOTH, async ({ reader, mark, text }) => {
    let sent;
    reader.on("request", (request) => {
      const body = request.method() === "POST" && request.postDataBuffer();
      if (body) sent = { url: request.url(), body };
    });
    // A mistake is answered by the POST itself: a reload of it posts again.
    await fill(reader, text);
    await reader.getByLabel("I want to join the discussion").check();
    await send(reader);
    await reader.getByRole("alert").waitFor();
    await reader.reload();
    await reader.getByRole("alert").waitFor();
    await stillThere(reader, text);
    await reader.getByLabel("I want to join the discussion").uncheck();
    await send(reader);
    await arrived(reader);
    await reader.reload();
    await kept(reader, mark, text);
    // And whatever stands between may send the same bytes again.
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const again = await reader.request.post(sent.url, { data: sent.body, headers, maxRedirects: 0 });
    equal(again.status(), 303);
    equal(new URL(again.headers().location, sent.url).pathname, new URL(reader.url()).pathname);
    await inDatabase(mark, text);
  });
  await moment(2, "the receipt is lost on its way", BOTH, async ({ reader, mark, text }) => {
    const line = await badLine(program.address);
    try {
      await fill(reader, text, `${line.address}${form}`);
      await noted(reader);
      line.swallow(true);
      await send(reader);
      await inDatabase(mark, text);
      await gone(reader);
      line.swallow(false);
      await back(reader);
      await stillThere(reader, text);
      await send(reader);
      await kept(reader, mark, text);
    } finally {
      line.close();
    }
  });

  // --- 3
  await moment(3, "a copy of the tab sends too, with more in it", BOTH, async ({ reader, mark, text }) => {
    const drawn = await (await reader.request.get(form)).text();
    await reader.context().route(`**${form}`, (route) =>
      route.request().method() === "GET" ? route.fulfill({ body: drawn, contentType: "text/html; charset=utf-8" }) : route.fallback(),
    );
    const copy = await reader.context().newPage();
    await fill(reader, text);
    await fill(copy, `${text}And this.`);
    await send(reader);
    await arrived(reader);
    await send(copy);
    await arrived(copy);
    equal(copy.url(), reader.url());
    await kept(copy, mark, `${text}And this.`, { revisions: 2 });
  });
  await moment(3, "two tabs with different texts", BOTH, async ({ reader, mark, text }) => {
    const second = written();
    const other = await reader.context().newPage();
    await fill(reader, text);
    await fill(other, second.text);
    await send(reader);
    await send(other);
    await kept(reader, mark, text);
    await kept(other, second.mark, second.text);
  });
  await moment(3, "two tabs of one invitation, the older one sends last", BOTH, async ({ reader, js, mark, text }) => {
    const [link] = await desk.invite(admin, deskOf(form), program, [`tabs-${js}@example.org`]);
    const second = written();
    const newer = await reader.context().newPage();
    await fill(reader, text, link);
    await fill(newer, second.text, link);
    await send(newer);
    await arrived(newer);
    await send(reader);
    await kept(reader, mark, text);
    // What the newer tab sent is an earlier state now, and kept.
    const [earlier] = keptWith(program.database, second.mark);
    equal(earlier.texts[0], second.text);
    equal(earlier.response, keptWith(program.database, mark)[0].response);
  });
  await moment(3, "the drafts of two tabs do not overwrite each other", [true], async ({ reader, mark, text }) => {
    const second = written();
    const other = await reader.context().newPage();
    await fill(reader, text);
    await fill(other, second.text);
    await reader.getByText(/Kept on this device/).waitFor();
    await other.getByText(/Kept on this device/).waitFor();
    await other.close();
    await reader.close();
    const later = await reader.context().newPage();
    await later.goto(form);
    const found = [];
    for (let tries = 0; tries < 2; tries += 1) {
      await press(later, "Use it");
      found.push(await box(later).inputValue());
    }
    equal(found.sort().join("\n"), [text, second.text].sort().join("\n"));
    ok(mark);
  });

  // --- 4
  await moment(4, "Back, and what stands there is sent again with a change", BOTH, async ({ reader, mark, text }) => {
    await fill(reader, text);
    await send(reader);
    await kept(reader, mark, text);
    const receipt = reader.url();
    await back(reader);
    if (!/\/r\//.test(reader.url())) {
      await stillThere(reader, text);
    } else {
      await reader.getByRole("link", { name: "Change my answers" }).click();
    }
    await box(reader).fill(`${text}On reflection.`);
    await send(reader);
    await kept(reader, mark, `${text}On reflection.`, { revisions: 2 });
    equal(reader.url(), receipt);
  });

  // --- 5
  await moment(5, "an address is missing", BOTH, async ({ reader, mark, text }) => {
    await fill(reader, text);
    await reader.getByLabel("I want to join the discussion").check();
    await send(reader);
    await reader.getByRole("alert").waitFor();
    ok((await reader.title()).startsWith("Error"), await reader.title());
    await stillThere(reader, text);
    ok(await reader.getByLabel("I want to join the discussion").isChecked());
    await reader.getByLabel("Mail address", { exact: true }).fill("  not an address ");
    // The page before has an alert and the text as well.
    await Promise.all([reader.waitForEvent("load"), send(reader)]);
    await reader.getByRole("alert").waitFor();
    await stillThere(reader, text);
    await reader.getByLabel("Mail address", { exact: true }).fill("rea@example.org");
    await send(reader);
    await kept(reader, mark, text);
  });

  // --- 6
  for (const hours of [1, 20]) {
    await moment(6, `${hours} h between the first word and the last`, BOTH, async ({ reader, js, mark, text }) => {
      await reader.clock.install();
      await fill(reader, text.slice(0, text.length / 2));
      program.pass(hours);
      if (js) await reader.clock.fastForward(hours * 3600 * 1000);
      await box(reader).fill(text);
      await send(reader);
      await kept(reader, mark, text);
    });
  }

  // --- 7
  await moment(7, "sent within a day of the closing, then later", BOTH, async ({ reader, mark, text }) => {
    const path = await questionnaire();
    const second = written();
    const other = await reader.context().newPage();
    await fill(reader, text, path);
    await fill(other, second.text, path);
    await desk.close(admin, deskOf(path));
    await send(reader);
    await arrived(reader);
    await inDatabase(mark, text);
    await reader.getByText(text.split("\n")[0].trim()).first().waitFor();
    program.pass(25);
    await send(other);
    await arrived(other);
    await inDatabase(second.mark, second.text, { wanted: "late" });
    await other.getByText(second.text.split("\n")[0].trim()).first().waitFor();
  });

  // --- 8
  await moment(8, "the server is killed before the form is sent", BOTH, async ({ reader, js, mark, text }) => {
    await fill(reader, text);
    if (!js) await noted(reader);
    await program.crash();
    try {
      await send(reader);
      if (js) {
        await reader.getByText(/Your text is kept on this device/).first().waitFor();
        await stillThere(reader, text);
      } else {
        await gone(reader);
        await back(reader);
        await stillThere(reader, text);
      }
    } finally {
      await program.again();
    }
    if (!js) await send(reader);
    await kept(reader, mark, text);
  });
  await moment(8, "the server freezes, and thaws", [true], async ({ reader, mark, text }) => {
    await fill(reader, text);
    await reader.getByText(/kept on this device/i).first().waitFor();
    program.freeze();
    try {
      await send(reader);
      // Longer than the script waits for a sign of life.
      for (let seconds = 0; seconds < 7; seconds += 1) await reader.waitForTimeout(1000);
      await reader.getByText(/kept on this device/i).first().waitFor();
      await stillThere(reader, text);
    } finally {
      program.thaw();
    }
    await kept(reader, mark, text);
  });
  await moment(8, "the reader is offline for a while", BOTH, async ({ reader, js, mark, text }) => {
    await fill(reader, text);
    if (!js) await noted(reader);
    await reader.context().setOffline(true);
    await send(reader);
    if (js) {
      await reader.getByText(/Your text is kept on this device/).first().waitFor();
      await stillThere(reader, text);
    } else {
      await gone(reader);
      await back(reader);
      await stillThere(reader, text);
    }
    await reader.context().setOffline(false);
    if (!js) await send(reader);
    await kept(reader, mark, text);
  });
  await moment(8, "offline, and the tab is closed before the connection is back", [true], async ({ reader, mark, text }) => {
    await fill(reader, text);
    await reader.context().setOffline(true);
    await send(reader);
    await reader.getByText(/Your text is kept on this device/).first().waitFor();
    await reader.close();
    await reader.context().setOffline(false);
    const later = await reader.context().newPage();
    await later.goto(form);
    const now = later.getByRole("button", { name: "Send them now" });
    await now.or(later.getByRole("button", { name: "Use it" })).first().waitFor();
    if (await now.count()) {
      await now.click();
    } else {
      await press(later, "Use it");
      await stillThere(later, text);
      await send(later);
    }
    await kept(later, mark, text);
  });

  // --- 9
  await moment(9, "the page's process dies", [true], async ({ reader, mark, text }) => {
    await fill(reader, text);
    await reader.getByText(/Kept on this device/).waitFor();
    // The last tick may be a third of a second younger than what was kept.
    await reader.waitForTimeout(700);
    const gone = new Promise((then) => reader.once("crash", then));
    const session = await reader.context().newCDPSession(reader);
    session.send("Page.crash").catch(() => {});
    await gone;
    const later = await reader.context().newPage();
    await later.goto(form);
    await later.getByText(/We kept your text from/).waitFor();
    await press(later, "Use it");
    await stillThere(later, text);
    await send(later);
    await kept(later, mark, text);
    await later.goto(form);
    equal(await later.getByRole("button", { name: "Use it" }).count(), 0, "the draft was not let go of");
  });

  // --- 10
  await moment(10, "a link by mail opens what is not finished", BOTH, async ({ reader, js, mark, text }) => {
    await fill(reader, text);
    const later = reader.locator("button[name=go][value=later]");
    if (!(await later.count())) throw new NotBuilt("there is no button that sends a link");
    await reader.locator("details", { has: later }).locator("summary").click();
    const address = `device-${js}@example.org`;
    await reader.locator("details", { has: later }).getByRole("textbox").fill(address);
    await later.click();
    const mail = await program.mailWith(address);
    const link = mail.match(/https?:\/\/\S+?(\/d\/[\w-]{20,})/)[1];
    equal(keptWith(program.database, mark).length, 0, "what was not sent is counted");
    for (let visit = 0; visit < 2; visit += 1) {
      const device = await person({ javaScriptEnabled: js });
      await device.goto(link);
      await stillThere(device, text);
      if (visit) {
        await send(device);
        await kept(device, mark, text);
      }
      await device.context().close();
    }
  });

  // --- 11
  const sizes = [["300,000 letters", "a long thought. ", 18_750], ["60,000 Chinese characters", "长", 60_000]];
  for (const [what, piece, times] of sizes) {
    await moment(11, what, BOTH, async ({ reader, mark }) => {
      const text = `${mark}${piece.repeat(times)}`;
      await fill(reader, text);
      await send(reader);
      await kept(reader, mark, text);
    });
  }
  await moment(11, "more than can be taken at once", BOTH, async ({ reader, mark }) => {
    const text = `${mark}${"长".repeat(200_000)}`;
    await fill(reader, text);
    await send(reader);
    await reader.waitForURL(/send|\/r\/|^chrome-error:/, { timeout: 30_000 });
    if (/\/r\//.test(reader.url())) return kept(reader, mark, text);
    ok(!/^chrome-error:/.test(reader.url()), "the connection was cut instead of a page that says so");
    // Not taken, and said so: Back has every letter, and a part of it is taken.
    await reader.getByText("This was more text than we can take at once").first().waitFor();
    await back(reader);
    await stillThere(reader, text);
    const shorter = text.slice(0, 60_000);
    await box(reader).fill(shorter);
    await send(reader);
    return kept(reader, mark, shorter);
  });
  await moment(11, "NUL, half a pair, marks of direction", [true], async ({ reader, mark }) => {
    const odd = `${mark}a\u0000b \ud83d c \u200f\u202eabc\u202c\u2066d\u2069 \ufeff\u00ad\u0085\u2028 \uffff z`;
    // What a browser cannot send arrives as U+FFFD; NUL, which PostgreSQL cannot keep, is left out.
    const expected = odd.replace("\u0000", "").replace("\ud83d", "\ufffd");
    await fill(reader, "x");
    await box(reader).evaluate((area, value) => {
      area.value = value.odd.replace("{half}", "\ud83d");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }, { odd: odd.replace("\ud83d", "{half}") });
    await send(reader);
    await kept(reader, mark, expected);
  });

  // --- 12
  await moment(12, "one is said in other words, one is taken off", BOTH, async ({ reader, mark, text }) => {
    const path = await questionnaire();
    await fill(reader, text, path);
    await desk.reword(admin, deskOf(path), 0, "Something else entirely?");
    await desk.remove(admin, deskOf(path), [1]);
    await send(reader);
    await arrived(reader);
    await inDatabase(mark, text);
    // The answers stand under the words that were asked.
    const { response } = keptWith(program.database, mark)[0];
    const bound = `FROM answer a JOIN wording w ON w.id = a.wording_id WHERE a.response_id = x'${response}'`;
    const wordings = query(program.database, `SELECT hex(w.content) ${bound}`).map(([hex]) => Buffer.from(hex, "hex").toString("utf8"));
    for (const asked of [QUESTION, "What first?", "What else?"]) {
      ok(wordings.some((wording) => wording.includes(asked)), `no answer is bound to “${asked}”: ${wordings}`);
    }
    await reader.getByText(QUESTION).first().waitFor();
    await reader.getByText("What first?").first().waitFor();
  });

  // --- 13
  const refusals = [
    ["another process holds its lock", lockOf],
    ["it is full", refusalOf],
  ];
  for (const [what, refuse] of refusals) {
    await moment(13, what, BOTH, async ({ reader, mark, text }) => {
      await fill(reader, text);
      const letGo = await refuse(program.database);
      try {
        await send(reader);
        await reader.waitForURL(/\/r\/|send/, { timeout: 30_000 });
        if (!/\/r\//.test(reader.url())) {
          await stillThere(reader, text);
          throw new NotBuilt("there is no receipt; but every word is still on the page");
        }
        const receipt = reader.url();
        await reader.getByText(text.split("\n")[0].trim()).first().waitFor({ timeout: 5000 }).catch(() => {
          throw new Error("the receipt does not show what was sent");
        });
        equal(keptWith(program.database, mark).length, 0, "the database did not refuse: the test is wrong");
        ok(receipt);
      } finally {
        await letGo();
      }
      await kept(reader, mark, text);
    });
  }

  await moment(13, "it is full, and the program is killed before it has room again", BOTH, async ({ reader, mark, text }) => {
    await fill(reader, text);
    const letGo = refusalOf(program.database);
    try {
      await send(reader);
      await arrived(reader);
      await program.crash();
    } finally {
      letGo();
      await program.again();
    }
    await kept(reader, mark, text);
  });

  await step("a reader who is unsure finds the receipt, its code and every word again", async () => {
    const { mark, text } = written();
    const reader = await person();
    await fill(reader, text);
    await send(reader);
    await kept(reader, mark, text);
    const code = await reader.locator("#code").textContent();
    ok(/^[A-HJ-NP-Z2-9-]{6,}$/.test(code.trim().replace(/\s/g, "-")), code);
    await reader.getByRole("button", { name: "Print" }).waitFor();
    const other = await person();
    await other.goto(reader.url());
    equal(await other.locator("#code").textContent(), code);
  });

  print(results);
}

/** Moment by moment, what became of the words. */
function print(results) {
  const worst = (told) => ["lost", "not built", "kept"].find((each) => told.includes(each)) ?? "–";
  console.log(`\n      ${"".padEnd(34)}${"with scripts".padEnd(16)}without`);
  for (const [number, { true: js, false: none }] of results.entries()) {
    const name = `${String(number + 1).padStart(2)} ${MOMENTS[number]}`;
    console.log(`      ${name.padEnd(34)}${worst(js).padEnd(16)}${worst(none)}`);
  }
  console.log("");
}
