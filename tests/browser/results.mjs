// The page of results: with nobody, one and many responses, filtered, with two questions against
// each other, in print, and its pictures as files of their own.
import { strictEqual as equal, ok } from "node:assert";
import { join } from "node:path";
import * as desk from "./desk.mjs";
import { cutOff, smallTargets } from "./fields.mjs";
import { every } from "./kinds.mjs";

// Answers are sent as fast as they can be.
export const settings = { COLLOQUY_LIMITS__FORM_SECONDS: "0" };

const LONG = [
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "人工智能的下一个突破，会出现在合成数据、验证（还是“更好的工具”）之中？我们想听听您的看法，越具体越好。",
  "An option that says at some length what a shorter one could have said as well, as options in questionnaires do",
];
const TWENTY = [...LONG, ...Array.from({ length: 17 }, (_, at) => `Option ${at + 4}`)];
const STATEMENTS = ["Size is over.", "Tools matter more than models, and whoever has built one knows why that is so.", "大模型的时代已经结束。"];

export async function tell(tools) {
  const { person, look, step, program } = tools;
  const chance = random(7);
  let admin;
  let path;
  let form;
  let insight;

  await step("a questionnaire of every kind shows no results yet", async () => {
    admin = await desk.organizer(tools);
    path = await every(admin);
    await desk.add(admin, "Several options", { Question: "Which of these twenty?", lines: TWENTY.join("\n") });
    await desk.add(admin, "Statements", { Question: "And of these?", lines: STATEMENTS.join("\n") });
    form = await desk.publish(admin, path);
    insight = `${path}/insight`;
    await admin.goto(insight);
    await admin.getByText("Nobody has answered yet").waitFor();
    await look(admin, "results-0");
  });

  await step("one response has its pictures", async () => {
    await answer(await person(), form, 1, chance);
    await admin.goto(insight);
    await admin.getByText("Made from 1 response.").waitFor();
    await look(admin, "results-1");
  });

  await step("many responses have theirs", async () => {
    const reader = await person();
    await answer(reader, form, 40, chance);
    await admin.goto(insight);
    await admin.getByText("Made from 41 responses.").waitFor();
    ok((await admin.locator(".picture svg").count()) >= 10, "pictures are missing");
    await look(admin, "results-41");
    await unfold(admin);
    await look(admin, "results-unfolded");
    for (const width of [390, 1280]) {
      await admin.setViewportSize({ width, height: 900 });
      equal(await inPictures(admin), "", `words leave their picture at ${width}`);
      const small = (await smallTargets(admin)).filter((each) => !each.includes("the whole answer"));
      equal(small.length, 0, small.join(", "));
    }
    await admin.setViewportSize({ width: 320, height: 800 });
    // The bars of the statements' list say the same in words below.
    const cut = [await cutOff(admin, "x {}")].flat().filter((each) => each && !/class="(agree|pass|disagree) w/.test(each));
    equal(cut.length, 0, cut.join(", "));
    await admin.setViewportSize({ width: 1280, height: 900 });
  });

  await step("a filter is chosen without a script, shown, and taken away", async () => {
    const plain = await person({ javaScriptEnabled: false, storageState: await admin.context().storageState() });
    await plain.goto(insight);
    await plain.getByText("Look at some of the responses only").click();
    await plain.getByLabel("Language", { exact: true }).selectOption("zh");
    await plain.getByText("What would you build first?").first().click();
    await plain.getByRole("checkbox", { name: "Synthetic data" }).first().check();
    await plain.getByRole("button", { name: "Show these" }).click();
    await plain.waitForURL(/language=zh&chosen=/);
    ok(!/=(&|#|$)/.test(plain.url()), `${plain.url()} has empty fields`);
    await plain.getByText(/^\d+ of 41 responses$/).waitFor();
    // The page is looked at with scripts: axe is one.
    await admin.goto(plain.url());
    await look(admin, "results-filtered");
    await plain.getByRole("link", { name: "Take away: Language: Chinese" }).click();
    ok(!plain.url().includes("language"), plain.url());
    await plain.getByRole("link", { name: /^Take away: “What would/ }).click();
    equal(await plain.locator(".chips").count(), 0);
    await plain.goto(`${insight}?from=2031-01-01`);
    await plain.getByText("No response fits all of this.").waitFor();
    await admin.goto(plain.url());
    await look(admin, "results-none");
    await plain.getByRole("link", { name: "Show all 41" }).click();
    await plain.getByText("Made from 41 responses.").waitFor();
  });

  await step("two questions are compared", async () => {
    await admin.goto(insight);
    await admin.getByText("Compare two questions").click();
    await admin.getByLabel("In the rows").selectOption({ label: "Which of these twenty?" });
    await admin.getByLabel("In the columns").selectOption({ label: "How sure are you?" });
    await admin.getByRole("button", { name: "Compare" }).click();
    await admin.waitForURL(/rows=.*columns=/);
    equal(await admin.locator("table.cross tbody tr").count(), 21);
    await look(admin, "results-cross");
  });

  await step("a picture is a file that stands alone", async () => {
    const files = await admin.locator(".files a[href*='.svg']").evaluateAll((links) => links.map((link) => link.href));
    ok(files.length >= 10, `${files.length} pictures`);
    const viewer = await person();
    for (const [at, href] of files.entries()) {
      const file = await admin.request.get(href);
      equal(file.status(), 200, href);
      // A browser shows what is no well-formed XML as an error, not as a picture.
      await viewer.goto(`data:image/svg+xml;base64,${(await file.body()).toString("base64")}`);
      equal(await viewer.evaluate(() => document.documentElement.tagName), "svg", href);
      ok((await viewer.locator("title").first().textContent()).length > 3, href);
      const font = await viewer.locator("text").first().evaluate((text) => getComputedStyle(text).fontFamily);
      ok(/Palatino|system-ui/.test(font), font);
      equal(await outside(viewer), "", href);
      if (process.env.SCREENSHOTS) await viewer.screenshot({ path: join(process.env.SCREENSHOTS, `picture-${at}.png`) });
    }
  });

  await step("it is printed without what can only be pressed", async () => {
    await admin.goto(insight);
    await admin.emulateMedia({ media: "print" });
    equal(await admin.locator("form.filters").isVisible(), false);
    ok(await admin.locator(".picture svg").first().isVisible());
    if (process.env.SCREENSHOTS) await admin.pdf({ path: join(process.env.SCREENSHOTS, "results.pdf"), format: "A4" }).catch(() => {});
    await admin.emulateMedia({ media: "screen" });
  });
}

/** Opens every fold of the page. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));

/** Words of pictures that leave their picture, sideways, on the page. */
const inPictures = (page) =>
  page.evaluate(() => {
    const out = [];
    for (const picture of document.querySelectorAll("figure svg[role=img]")) {
      const room = picture.getBoundingClientRect();
      for (const text of picture.querySelectorAll("text")) {
        const { left, right } = text.getBoundingClientRect();
        if (left < room.left - 2 || right > room.right + 2) out.push(`“${text.textContent}” of ${picture.getAttribute("aria-label").slice(0, 40)}`);
      }
    }
    return out.slice(0, 8).join("; ");
  });

/** The same of a file. */
const outside = (page) =>
  page.evaluate(() => {
    const room = document.documentElement.getBoundingClientRect();
    const out = [...document.querySelectorAll("text")].filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < room.left || right > room.right || top < room.top || bottom > room.bottom;
    });
    return out.map((text) => text.textContent).slice(0, 8).join("; ");
  });

/** Sends so many responses, each from a form of its own: a part in Chinese, some with gaps. */
async function answer(page, form, count, chance) {
  const pick = (from) => from[Math.floor(chance() * from.length)];
  for (let at = 0; at < count; at += 1) {
    await page.goto(`${form}?lang=${at % 3 ? "en" : "zh"}`);
    // Chosen among the fields that the form has, by what kind each is.
    const fields = await page.evaluate(() =>
      [...document.querySelectorAll("form#answers :is(input, select, textarea)[name^='a.']")].map(({ name, type, value, tagName }) => ({ name, type, value, tagName })),
    );
    const sent = [];
    const radios = new Map();
    let rank = 0;
    let left = 100;
    for (const { name, type, value } of fields) {
      if (type === "radio") radios.set(name, [...(radios.get(name) || []), value]);
      else if (type === "checkbox") chance() < 0.25 && !/\.(join|contact)$/.test(name) && sent.push([name, value]);
      else if (type === "textarea") chance() < 0.7 && sent.push([name, pick(["合成数据会带来突破。", "Verification, not size.", "Better tools for everybody who builds.", "Data of the real world."])]);
      else if (/\.(name|address)$/.test(name)) continue;
      else if (fields.some((field) => field.name === `${name}.text`)) continue;
      else if (/\.other(\.text)?$/.test(name)) chance() < 0.1 && sent.push([name, pick(["Something of my own", "=1+1", "别的"])]);
      else if (/^a\.q\d+\.o\d+$/.test(name)) {
        const ranking = isPlace(fields, name);
        const points = Math.min(left, Math.floor(chance() * 60));
        if (ranking) chance() < 0.8 && sent.push([name, String((rank += 1))]);
        else if (points > 0) {
          sent.push([name, String(points)]);
          left -= points;
        }
      } else if (/^a\.q\d+$/.test(name)) chance() < 0.8 && sent.push([name, String(Math.floor(chance() * chance() * 60))]);
    }
    for (const [name, values] of radios) chance() < 0.85 && sent.push([name, pick(values)]);
    const status = await page.evaluate(async (answers) => {
      const form = document.querySelector("form#answers");
      const kept = [...new FormData(form)].filter(([name]) => !name.startsWith("a."));
      const body = new URLSearchParams([...kept, ...answers]);
      const sent = await fetch(form.action, { method: "POST", body });
      return `${sent.status} ${new URL(sent.url).pathname}`;
    }, sent);
    ok(status.startsWith("200 /r/"), `${status}: ${JSON.stringify(sent)}`);
  }
}

/** Whether a field is a place in an order: the points of a question have a field for more beside them. */
const isPlace = (fields, name) => {
  const question = name.replace(/\.o\d+$/, "");
  return !fields.some((field) => field.name === `${question}.other`);
};

/** The same numbers each time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
