// The editor, as those meet it who have never seen it, who have no mouse, who work in two tabs; and
// every page of the desk before axe-core.
import { deepStrictEqual as same, strictEqual as equal, ok } from "node:assert";
import { readFileSync } from "node:fs";
import * as desk from "./desk.mjs";
import { violations } from "./suite.mjs";

/** From the article to the published form: what a newcomer is promised. */
const CLICKS = 10;
const MILLISECONDS = 120_000;

export async function tell(tools) {
  const { person, look, step, article, root } = tools;
  let admin;
  let path;

  await step("a newcomer goes from the article to the published form in under two minutes and ten clicks", async () => {
    admin = await desk.organizer(tools);
    await admin.goto("/desk");
    const began = Date.now();
    let clicks = 0;
    const click = async (role, name) => {
      clicks += 1;
      await admin.getByRole(role, { name, exact: true }).first().click();
    };
    await click("link", "Bring an article");
    // One click opens the dialog, one chooses the file.
    clicks += 2;
    await admin.locator("input[type=file]").first().setInputFiles(article);
    await click("button", "Find the questions");
    await admin.waitForURL(/\/article$/);
    await click("button", "Make the questionnaire");
    await admin.waitForURL(/\/questionnaire/);
    await click("button", "Preview and check");
    await admin.waitForURL(/\/preview$/);
    await click("button", "Publish it");
    await admin.getByText("Readers answer at this address").waitFor();
    const took = Date.now() - began;
    console.log(`      editor: ${clicks} clicks, ${(took / 1000).toFixed(1)} s`);
    ok(clicks <= CLICKS, `${clicks} clicks`);
    ok(took < MILLISECONDS, `${took} ms`);
    const form = await admin.getByRole("link", { name: /\/q\// }).first().getAttribute("href");
    const reader = await person();
    await reader.goto(form);
    ok((await reader.locator(".question").count()) > 2, "the form has no questions");
    await reader.context().close();
  });

  await step("the keyboard alone makes a questionnaire, orders it and publishes it", async () => {
    await admin.goto("/desk/new");
    const type = (text) => admin.keyboard.type(text);
    const key = (name) => admin.keyboard.press(name);
    // Tab by Tab until what has the focus is called this.
    const reach = async (name) => {
      for (let presses = 0; presses < 250; presses += 1) {
        await key("Tab");
        const called = await admin.evaluate(() => {
          const at = document.activeElement;
          const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || "";
          return label.replace(/\s+/g, " ").trim();
        });
        if (typeof name === "string" ? called === name : name.test(called)) return;
      }
      throw new Error(`“${name}” cannot be reached by Tab`);
    };
    await admin.locator("#text").focus();
    await type("By hand\n\nYou are welcome to answer:\n\n- What would you keep?\n");
    await reach("Find the questions");
    await key("Enter");
    await admin.waitForURL(/\/article$/);
    path = new URL(admin.url()).pathname.replace(/\/article$/, "");
    await reach("Make the questionnaire");
    await key("Enter");
    await admin.waitForURL(/\/questionnaire/);
    const before = await admin.locator("[data-question]").count();

    await reach("Add a question before the first");
    await key("Enter");
    await reach(/^One option/);
    await key("Enter");
    await admin.locator("[data-question]").nth(before).waitFor();
    await admin.waitForFunction(() => document.activeElement?.matches(".ask"));
    await type("Which one first?");
    await reach("Option 1 of question 1");
    for (const option of ["Red", "Green", "Blue"]) {
      await type(option);
      await key("Enter");
    }
    await desk.kept(admin);
    // The last option to the front; an option off; the question to the second place and back.
    await key("Shift+Tab");
    const lines = () => admin.locator("[data-question] >> nth=0").locator("textarea[name$='.line']").evaluateAll((all) => all.map((each) => each.value).filter(Boolean));
    await admin.locator("[data-question] >> nth=0").locator("textarea[name$='.line']").nth(2).focus();
    await key("Alt+ArrowUp");
    await key("Alt+ArrowUp");
    same(await lines(), ["Blue", "Red", "Green"]);
    await desk.kept(admin);
    const first = () => admin.locator(".ask:not(.beside)").first().inputValue();
    await admin.getByLabel("Question 1", { exact: true }).focus();
    await key("Alt+ArrowDown");
    await admin.waitForFunction(() => document.querySelector(".ask").value !== "Which one first?");
    await admin.locator(".strip button").first().focus();
    await key("Control+z");
    await admin.waitForFunction(() => document.querySelector(".ask").value === "Which one first?");
    equal(await first(), "Which one first?");

    // It survives a reload, and what was undone can still be done again.
    await admin.reload();
    same(await lines(), ["Blue", "Red", "Green"]);
    await admin.locator(".strip button").first().focus();
    await key("Control+Shift+z");
    await admin.waitForFunction(() => document.querySelector(".ask").value !== "Which one first?");
    await look(admin, "editor");
    await admin.locator(".strip button").first().focus();
    await reach("Preview and check");
    await key("Enter");
    await admin.waitForURL(/\/preview$/);
    await reach("Publish it");
    await key("Enter");
    await admin.getByText("Readers answer at this address").waitFor();
  });

  await step("what is typed in one tab is not overwritten by another", async () => {
    const other = await admin.context().newPage();
    await admin.goto(`${path}/questionnaire`);
    await other.goto(`${path}/questionnaire`);
    await other.getByLabel("Question 1", { exact: true }).fill("What would you keep, of all things?");
    await desk.kept(other);
    await admin.getByLabel("Question 1", { exact: true }).fill("What would you give away?");
    await admin.locator("[data-crossed]").waitFor();
    await admin.getByText("What would you keep, of all things?").first().waitFor();
    equal(await admin.getByLabel("Question 1", { exact: true }).inputValue(), "What would you give away?");
    await look(admin, "editor-crossed");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.waitForLoadState();
    await other.reload();
    equal(await other.getByLabel("Question 1", { exact: true }).inputValue(), "What would you give away?");
    await other.close();
    await admin.goto(`${path}/changes`);
    await look(admin, "editor-changes");
    await admin.goto(`${path}/history`);
    await look(admin, "editor-history");
    await admin.goto(`${path}/settings`);
    await look(admin, "editor-settings");
  });

  await step("a question is dragged by its grip to another place", async () => {
    await admin.goto(`${path}/questionnaire`);
    const asked = () => admin.locator(".ask:not(.beside)").evaluateAll((all) => all.map((each) => each.value));
    const [one, two, ...rest] = await asked();
    const questions = admin.locator("[data-question]");
    await questions.nth(1).locator(".grip").dragTo(questions.nth(0).locator(".number"));
    await admin.waitForFunction((one) => document.querySelector(".ask").value !== one, one);
    same(await asked(), [two, one, ...rest]);
  });

  await step("axe-core finds nothing on any page of the desk", async () => {
    await admin.goto("/desk");
    await admin.getByRole("button", { name: "Try the example" }).click();
    await admin.waitForURL(/\/article$/);
    const home = new URL(admin.url()).pathname.replace(/\/article$/, "");
    await admin.getByRole("button", { name: "Make the questionnaire" }).click();
    await admin.waitForURL(/\/questionnaire/);
    await desk.publish(admin, home);
    admin.setDefaultTimeout(60_000);
    await admin.getByRole("button", { name: /^Fill it with 60/ }).click();
    await admin.waitForURL(/\/insight/);

    // Every address of the table that is a page of the desk, and whatever its pages lead to.
    const table = readFileSync(`${root}src/web/routes.rs`, "utf8");
    const patterns = [...table.matchAll(/get "(\/desk[^"]*)"/g)].map(([, pattern]) => pattern);
    const no = /\/(live|look)\b|\.(svg|csv|json|xlsx|zip|md|pdf|ics|html)$|\{(name|file)\}/;
    const pages = patterns.filter((pattern) => !no.test(pattern));
    const waiting = pages.filter((pattern) => !pattern.replace("{slug}", "").includes("{")).map((pattern) => pattern.replace("/desk/q/{slug}", home));
    const matches = (address, pattern) => new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/]+").replace(/\./g, "\\.")}$`).test(address);
    const seen = new Set();
    const found = [];
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      const pattern = pages.find((one) => one === address) || pages.find((one) => matches(address, one));
      if (!pattern || seen.has(pattern)) continue;
      seen.add(pattern);
      const answer = await admin.goto(address);
      if (!(answer.headers()["content-type"] || "").includes("text/html")) continue;
      for (const colorScheme of ["light", "dark"]) {
        await admin.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        found.push(...(await violations(admin, colorScheme)).map((each) => `${address} ${colorScheme}: ${each}`));
      }
      await admin.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      const links = await admin.locator("a[href^='/desk']").evaluateAll((all) => all.map((each) => each.getAttribute("href").split(/[?#]/)[0]));
      waiting.push(...links);
    }
    console.log(`      editor: ${seen.size} of ${pages.length} pages of the desk looked at`);
    const unseen = pages.filter((pattern) => !seen.has(pattern) && !pattern.replace("{slug}", "").includes("{"));
    same(unseen, [], "pages that were not looked at");
    same(found, []);
  });
}
