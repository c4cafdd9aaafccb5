// What WCAG 2.2 asks of the reader's pages: every page is visited in every state, in both
// languages, on three widths, in light and in dark; then each row of the table is a step.
import { deepStrictEqual as same, strictEqual as equal, ok } from "node:assert";
import { readFileSync } from "node:fs";
import * as desk from "./desk.mjs";
import { cutOff, faintEdges, faintFocus, focusHidden, moving, smallTargets, wrongLanguage } from "./fields.mjs";
import { every } from "./kinds.mjs";
import { states } from "./states.mjs";
import { tooWide, violations } from "./suite.mjs";

/** Letters, words and lines as far apart as 1.4.12 says. */
const SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";

/** The largest form that this part's program takes, so that one that is too large is small. */
const LIMIT = 100_000;
export const settings = { COLLOQUY_SERVER__BODY_LIMIT: String(LIMIT), COLLOQUY_LIMITS__LINK_FORMS: "4" };

export async function tell(tools) {
  const { person, step, program, root } = tools;
  const words = Object.fromEntries(["en", "zh"].map((language) => [language, wordsOf(`${root}locales/${language}.ftl`)]));
  let admin;
  let form;
  let world;

  await step("every kind of question can be made at the desk", async () => {
    admin = await desk.organizer(tools);
    const path = await every(admin);
    form = await desk.publish(admin, path);
    world = { ...tools, admin, form, desk: path, words, limit: LIMIT };
  });
  if (!form) return;

  // --- the pages, each looked at once; the rows below judge what was seen
  const seen = { axe: [], edges: [], wide: [], cut: [], small: [], language: [], moves: [], order: [], visited: [] };
  const visit = async ({ person, step }, language, [name, open]) => {
    if (process.env.ONLY && !new RegExp(process.env.ONLY).test(name)) return;
    await step(`seen: ${name}, ${language}`, async () => {
      const page = await person({ locale: language === "en" ? "en-GB" : "zh-CN" });
      try {
        await open(page);
        await look(page, `${name} ${language}`);
      } finally {
        await page.context().close();
      }
    });
  };
  // Both languages at once, but for what is in everybody's way.
  const alone = ([name]) => name.startsWith("database");
  const lane = async (language) => {
    const own = { ...world, admin: await admin.context().newPage() };
    const hands = tools.another();
    for (const state of states(own, language)) if (!alone(state)) await visit(hands, language, state);
  };
  await Promise.all(["en", "zh"].map(lane));
  for (const language of ["en", "zh"]) {
    for (const state of states(world, language).filter(alone)) await visit(tools, language, state);
  }

  async function look(page, where) {
    const note = (kind, found, of = where) => seen[kind].push(...[found].flat().filter(Boolean).map((each) => `${of}: ${each}`));
    seen.visited.push(where);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const of = `${where} ${width} ${colorScheme}`;
        note("axe", await violations(page, colorScheme), of);
        note("wide", await tooWide(page), of);
        note("edges", await faintEdges(page), of);
      }
      if (width !== 390) note("small", await smallTargets(page), `${where} ${width}`);
    }
    // A desk's screen at 200 % is 640 wide, at 400 % 320.
    await page.setViewportSize({ width: 640, height: 450 });
    note("cut", await cutOff(page, "x {}"), `${where} at 200 %`);
    await page.setViewportSize({ width: 320, height: 800 });
    note("cut", await cutOff(page, SPACING), `${where} spaced`);
    note("language", await wrongLanguage(page));
    note("moves", await moving(page));
    seen.order.push({
      where,
      links: await page.evaluate(() =>
        [...document.querySelectorAll("a.skip, header.site a, footer.site a")].map((each) => (each.matches(".brand") ? "the brand" : each.textContent.trim())).filter(Boolean),
      ),
    });
  }

  const none = (kind) => {
    ok(seen.visited.length > 20 || process.env.ONLY, `only ${seen.visited.length} pages were seen`);
    const found = seen[kind];
    if (found.length) throw new Error(`${found.length}:\n${found.slice(0, 12).join("\n")}`);
  };
  /** The form for every kind, filled by its labels. */
  const opened = async (options) => {
    const page = await person(options);
    await page.goto(form);
    return page;
  };
  const send = (page, language = "en") => page.getByRole("button", { name: words[language]["form-send"] }).click();

  // --- the rows
  await step("1.3.1, 3.3.2, 4.1.2: axe-core finds nothing on any page", async () => none("axe"));
  await step("1.3.1, 3.3.2, 4.1.2: what is read out is what is seen", async () => {
    const page = await opened();
    const fields = page.locator("form#answers").locator("input:not([type=hidden]), textarea, select, button");
    const wrong = [];
    for (const field of await fields.all()) {
      if (!(await field.isVisible())) continue;
      const label = await field.evaluate((element) => (element.matches("button") ? element : (element.labels?.[0] ?? null))?.innerText ?? null);
      const said = await field.ariaSnapshot();
      const plain = (text) => text.replace(/[\s"“”\\:]+/g, " ").trim().toLowerCase();
      if (label === null ? !/"\S/.test(said) : !plain(said).includes(plain(label))) wrong.push(`${said} is labelled ${label}`);
    }
    same(wrong, []);
    await page.context().close();
  });
  await step("1.4.3, 1.4.11: edges and the focus stand out, in light and in dark", async () => none("edges"));
  await step("1.3.5: name and mail address can be filled in by the browser", async () => {
    const page = await opened();
    equal(await page.getByLabel(words.en["form-name"], { exact: true }).getAttribute("autocomplete"), "name");
    const mail = page.getByLabel(words.en["form-address"], { exact: true });
    equal(await mail.getAttribute("autocomplete"), "email");
    equal(await mail.getAttribute("type"), "email");
    await page.context().close();
  });
  await step("1.4.4, 1.4.10, 1.4.12: nothing is cut off or wider than 320 pixels", async () => {
    none("wide");
    none("cut");
  });
  const ways = ["all on one page", "one at a time"].slice(0, words.en["form-view-one"] ? 2 : 1);
  const sizes = [{ width: 1280, height: 720 }, { width: 390, height: 600 }];
  for (const [number, viewport, javaScriptEnabled] of [[0, sizes[0], true], [0, sizes[1], false], [1, sizes[0], false], [1, sizes[1], true]]) {
    const way = ways[number];
    if (way) {
      const how = `${way}, ${javaScriptEnabled ? "with" : "without"} scripts, ${viewport.width} wide`;
      await step(`2.1.1, 2.4.7, 2.4.11: the keyboard alone answers every kind and sends it, ${how}`, async () => {
        const page = await opened({ javaScriptEnabled, viewport });
        const answered = await byKeyboard(page, words.en, way === "one at a time");
        await page.waitForURL(/\/r\/[\w-]{20,}/);
        const given = await page.locator(".answers dd:not(.none)").allInnerTexts();
        for (const each of ["Typed with the keyboard", "Key Board", "key@example.org"]) {
          ok(given.some((line) => line.includes(each)), `“${each}” did not arrive: ${given.join(" | ")}`);
        }
        const unanswered = await page.locator(".answers dd.none").count();
        equal(unanswered, 0, `${unanswered} questions were not answered; answered were ${answered.join(", ")}`);
        await page.context().close();
      });
    }
  }
  await step("2.5.1, 2.5.7: nothing can only be dragged", async () => {
    const page = await opened();
    const dragged = await page.locator("[draggable=true]").all();
    for (const row of dragged) ok(await row.getByRole("button").or(row.locator("input, select")).count(), await row.innerText());
    ok(await page.locator(".ranking").count(), "the form has no ranking");
    ok(await page.locator(".ranking").getByRole("button").or(page.locator(".ranking :is(input, select)")).count());
    await page.context().close();
  });
  await step("an option dragged by its grip takes the place it is dropped at", async () => {
    const page = await opened();
    const rows = page.locator(".ranking >> nth=0").locator("li");
    const labels = () => rows.locator("label").allInnerTexts();
    const [first, second, third] = await labels();
    const drag = async (from, to) => {
      await rows.nth(from).scrollIntoViewIfNeeded();
      const grip = await rows.nth(from).locator(".grip").boundingBox();
      const goal = await rows.nth(to).boundingBox();
      await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
      await page.mouse.down();
      await page.mouse.move(grip.x, goal.y + goal.height * (to > from ? 0.8 : 0.2), { steps: 8 });
      await page.mouse.up();
    };
    await drag(2, 0);
    same(await labels(), [third, first, second]);
    same(await rows.locator("input").evaluateAll((all) => all.map((each) => each.value)), ["1", "", ""]);
    await drag(2, 0);
    same(await labels(), [second, third, first]);
    same(await rows.locator("input").evaluateAll((all) => all.map((each) => each.value)), ["1", "2", ""]);
    await page.context().close();
  });
  await step("2.5.8: everything that is pressed is 24 pixels or more", async () => none("small"));
  await step("2.2.1, 2.2.6: a draft and a session outlive 20 hours", async () => {
    const page = await person();
    await page.clock.install();
    await page.goto(form);
    await page.getByRole("textbox").first().fill("Begun in the evening.");
    await page.clock.runFor(2000);
    program.pass(20);
    await page.clock.fastForward(20 * 3600 * 1000);
    await page.goto(form);
    await page.getByRole("button", { name: words.en["form-draft-use"] }).click();
    equal(await page.getByRole("textbox").first().inputValue(), "Begun in the evening.");
    await admin.goto("/desk");
    await admin.getByRole("heading", { level: 1, name: "Questionnaires" }).waitFor();
    await page.context().close();
  });
  await step("2.2.5: who has to sign in again gets back what was typed", async () => {
    await admin.goto(`${world.desk}/questionnaire`);
    const cookies = await admin.context().cookies();
    await admin.getByLabel("What readers see before the first question", { exact: true }).fill("An hour of thought, by the organizer.");
    await admin.context().clearCookies();
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.waitForLoadState();
    await admin.getByText("An hour of thought, by the organizer.").first().waitFor();
    await admin.context().addCookies(cookies);
  });
  await step("3.2.6: what repeats stands in the same order on every page", async () => {
    const orders = seen.order.map(({ where, links }) => ({ where, language: where.split(" ").at(-1), links }));
    const help = orders.filter(({ language, links }) => words[language]["help-link"] && !links.includes(words[language]["help-link"]));
    same(help.map(({ where }) => where), [], "pages without the way to help");
    for (const language of ["en", "zh"]) {
      const before = new Map();
      for (const { links } of orders.filter((each) => each.language === language)) {
        links.forEach((link, place) => links.slice(place + 1).forEach((later) => before.set(`${link}\n${later}`, true)));
      }
      for (const pair of before.keys()) {
        const [one, other] = pair.split("\n");
        ok(one === other || !before.has(`${other}\n${one}`), `“${one}” stands before and after “${other}”`);
      }
    }
  });
  await step("3.3.1, 3.3.3: mistakes are summed up, linked, said in words beside the field, and have the focus", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await opened({ javaScriptEnabled });
      await page.getByLabel(words.en["form-consent-join"]).check();
      await page.getByLabel(words.en["form-address"], { exact: true }).fill("nowhere");
      await send(page);
      const summary = page.getByRole("alert");
      await summary.waitFor();
      ok((await page.title()).startsWith("Error"), await page.title());
      if (javaScriptEnabled) ok(await summary.evaluate((box) => box === document.activeElement), "the summary has not got the focus");
      const link = summary.getByRole("link").first();
      const target = (await link.getAttribute("href")).replace(/^.*#/, "");
      await page.locator(`[id="${target}"]`).waitFor();
      const field = page.getByLabel(words.en["form-address"], { exact: true });
      equal(await field.getAttribute("aria-invalid"), "true");
      const said = (await field.getAttribute("aria-describedby")).split(" ").map((id) => `[id="${id}"]`).join(", ");
      ok((await page.locator(said).allInnerTexts()).join(" ").includes("@example.org"), "no example is given");
      await page.context().close();
    }
  });
  await step("3.3.4, 3.3.6: what is sent can be reviewed and changed", async () => {
    const page = await opened();
    await page.getByRole("textbox").first().fill("To be reviewed.");
    await send(page);
    await page.waitForURL(/\/r\//);
    await page.getByText("To be reviewed.").first().waitFor();
    await page.getByRole("link", { name: words.en["receipt-change"] }).click();
    equal(await page.getByRole("textbox").first().inputValue(), "To be reviewed.");
    await page.context().close();
  });
  await step("3.3.7: nothing is asked twice", async () => {
    const page = await opened();
    await page.getByLabel(words.en["form-name"], { exact: true }).fill("Ada Reader");
    await page.getByLabel(words.en["form-address"], { exact: true }).fill("ada.reader@example.org");
    await page.getByLabel(words.en["form-consent-contact"]).check();
    await page.getByRole("textbox").first().fill("Once is enough.");
    await send(page);
    await page.waitForURL(/\/r\//);
    await page.getByRole("link", { name: words.en["receipt-change"] }).click();
    equal(await page.getByLabel(words.en["form-name"], { exact: true }).inputValue(), "Ada Reader");
    equal(await page.getByLabel(words.en["form-address"], { exact: true }).inputValue(), "ada.reader@example.org");
    await page.context().close();
  });
  await step("3.3.8: no puzzle, and nothing against pasting", async () => {
    const page = await person();
    for (const path of ["/sign-in", form]) {
      await page.goto(path);
      equal(await page.locator("img, canvas, iframe, audio").count(), 0);
      // A password is one way of several, and a manager may fill it in.
      equal(await page.locator("[type=password]:not([autocomplete=current-password])").count(), 0);
      if (path === "/sign-in") ok(await page.getByRole("button", { name: "Send me a link" }).isVisible());
      const blocked = await page.evaluate(() =>
        [...document.querySelectorAll("textarea, input:not([type=hidden])")].filter((field) => {
          const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
          return field.checkVisibility() && !field.dispatchEvent(paste);
        }).length,
      );
      equal(blocked, 0);
    }
    await page.context().close();
  });
  await step("4.1.3: what changes by itself is read out", async () => {
    const page = await opened();
    await page.getByRole("textbox").first().fill("Words.");
    const [before] = words.en["form-draft-saved"].split("{");
    const saved = page.getByText(before.trim(), { exact: false }).first();
    await saved.waitFor();
    const live = (locator) => locator.evaluate((element) => Boolean(element.closest("[role=status], [role=alert], [aria-live=polite]")));
    ok(await live(saved), "“kept on this device” is not a status");
    await page.context().setOffline(true);
    await send(page);
    const offline = page.getByText(words.en["form-draft-offline"].slice(0, 25)).first();
    await offline.waitFor();
    ok(await live(offline), "“no connection” is not a status");
    await page.context().setOffline(false);
    await page.context().close();
  });
  await step("3.1.1, 3.1.2: every part says in which language it is", async () => none("language"));
  await step("2.3.3: nothing moves for those who asked for less motion", async () => none("moves"));
}

/** Answers with Tab, Space, the arrows and Enter; the names of what was answered. */
async function byKeyboard(page, words, oneByOne) {
  const answered = [];
  let rank = 0;
  const hidden = [];
  const faint = [];
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const { tagName, type = "", name = "", id } = element;
      const inForm = Boolean(element.closest("form#answers"));
      const pressed = element.matches("button, summary, a");
      const ranked = Boolean(element.closest(".ranking"));
      return { tagName, type, name, id, inForm, ranked, words: pressed ? element.innerText.trim() : "", value: element.value ?? "" };
    });
    if (at.tagName === "BODY" && presses > 3) throw new Error(`the focus left the page before it was sent; answered: ${answered.join(", ")}`);
    hidden.push(await focusHidden(page));
    faint.push(await faintFocus(page));
    if (!at.inForm) continue;
    if (at.words === words["form-send"]) {
      same(hidden.filter(Boolean), [], "the focus is hidden");
      same(faint.filter(Boolean), [], "the focus is hard to see");
      await page.keyboard.press("Enter");
      return answered;
    }
    // One at a time, "Continue" leads on, and the answers are looked at before they are sent.
    const onward = [words["form-continue"], words["form-check"]].includes(at.words);
    if (oneByOne && onward) {
      const checks = at.words === words["form-check"] && page.waitForResponse((answer) => answer.request().method() === "POST");
      await page.keyboard.press("Enter");
      if (checks) {
        await checks;
        await page.getByRole("heading", { name: words["check-title"] }).waitFor();
        await page.waitForLoadState();
      } else {
        // The script leads the focus to the next question in a moment.
        await page.waitForTimeout(250);
      }
      continue;
    }
    if (at.words || at.tagName === "SUMMARY") continue;
    if (at.name === "form_view") {
      if (oneByOne) await page.keyboard.press("ArrowDown");
      continue;
    }
    if (at.type === "radio") {
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
      const moved = await page.evaluate(() => document.activeElement.checked);
      ok(moved, `an arrow does not choose in ${at.name}`);
    } else if (at.type === "checkbox") await page.keyboard.press("Space");
    else if (at.tagName === "SELECT") await page.keyboard.press("ArrowDown");
    else if (at.value) continue;
    else if (at.ranked) await page.keyboard.type(String((rank += 1)));
    else if (/name$/.test(at.name)) await page.keyboard.type("Key Board");
    else if (/address$/.test(at.name)) await page.keyboard.type("key@example.org");
    else if (at.type === "number" || /numeric|decimal/.test(await page.evaluate(() => document.activeElement.inputMode))) await page.keyboard.type("7");
    else await page.keyboard.type("Typed with the keyboard");
    answered.push(at.name);
  }
  throw new Error(`400 presses were not enough: ${answered.join(", ")}`);
}

/** The words of one language by their keys; only those of one line. */
function wordsOf(path) {
  const lines = readFileSync(path, "utf8").split("\n").map((line) => line.match(/^([\w-]+) = (.+)$/));
  return Object.fromEntries(lines.filter(Boolean).map(([, key, text]) => [key, text]));
}
