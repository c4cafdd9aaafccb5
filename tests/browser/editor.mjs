// The editor, as those meet it who have never seen it, who have no mouse, who work in two tabs; what
// is pasted; and every page of the desk before axe-core.
import { deepStrictEqual as same, strictEqual as equal, ok } from "node:assert";
import { readFileSync } from "node:fs";
import * as desk from "./desk.mjs";
import { violations } from "./suite.mjs";

/** From the article to the published form: what a newcomer is promised. */
const CLICKS = 10;
const MILLISECONDS = 120_000;

const TOKEN = "a-token-for-handing-mails-over";

/** Mails come in, and themes can be asked about: so that those pages are there. */
export const settings = {
  COLLOQUY_INBOUND__TOKEN: TOKEN,
  COLLOQUY_NARRATOR__URL: "http://127.0.0.1:9/v1",
  COLLOQUY_NARRATOR__MODEL: "none",
};

/** What somebody copies from a page, and what its author put into it besides. */
const COPIED = `<meta charset="utf-8"><h2 style="color:red">Tea, or 茶</h2>
<p onclick="hacked()">For years we drank it <b>standing</b>. <a href="https://tea.example/more">More</a>
<a href="javascript:hacked()">Less</a></p><ul><li>Where will you drink it?</li><li>With whom?</li></ul>
<img src="https://tracker.example/pixel.png" alt="A pot" onerror="hacked()"><script>hacked()</script>
<iframe src="https://frames.example/"></iframe><style>body{display:none}</style>`;

export async function tell(tools) {
  const { person, look, step, article, root, program } = tools;
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
    await questions.nth(1).locator(".tools > .grip").dragTo(questions.nth(0).locator(".number"));
    await admin.waitForFunction((one) => document.querySelector(".ask").value !== one, one);
    same(await asked(), [two, one, ...rest]);
  });

  await step("an option is dragged by its grip to another place in its list", async () => {
    const question = admin.locator("[data-question]", { has: admin.locator("textarea[name$='.line']") }).first();
    const lines = () => question.locator("textarea[name$='.line']").evaluateAll((all) => all.map((each) => each.value).filter(Boolean));
    const rows = question.locator("li.line:not(.fresh)");
    const [one, two, three, ...rest] = await lines();
    const drag = async (from, to) => {
      await rows.nth(from).hover();
      await rows.nth(from).locator(".grip").dragTo(rows.nth(to).locator("textarea[name$='.line']"));
    };
    await drag(0, 2);
    same(await lines(), [two, three, one, ...rest]);
    await drag(2, 1);
    same(await lines(), [two, one, three, ...rest]);
    await desk.kept(admin);
    await admin.reload();
    same(await lines(), [two, one, three, ...rest]);
  });

  await step("rich text that is pasted becomes an article, without what was hostile in it", async () => {
    const source = await admin.context().newPage();
    await source.goto("/help");
    await source.evaluate((html) => {
      getSelection().selectAllChildren(document.querySelector("h1"));
      document.addEventListener("copy", (event) => {
        event.preventDefault();
        event.clipboardData.setData("text/html", html);
        event.clipboardData.setData("text/plain", "Tea, or 茶\n\nFor years we drank it standing. More Less\n\nWhere will you drink it?\nWith whom?");
      });
    }, COPIED);
    await source.keyboard.press("Control+c");
    await source.close();
    await admin.goto("/desk/new");
    await admin.locator("#text").focus();
    await admin.keyboard.press("Control+v");
    await admin.getByText("Pasted with its headings, lists and links").waitFor();
    ok((await admin.locator("#text").inputValue()).startsWith("Tea, or 茶"));
    await look(admin, "paste");
    await admin.getByRole("button", { name: "Find the questions" }).click();
    await admin.waitForURL(/\/article$/);
    equal(await admin.getByRole("heading", { level: 1 }).innerText(), "Tea, or 茶");
    const text = admin.locator("article.source");
    same(await text.locator("li").allInnerTexts(), ["Where will you drink it?", "With whom?"]);
    same(await text.locator("strong").allInnerTexts(), ["standing"]);
    same(await text.locator("a").evaluateAll((all) => all.map((each) => each.getAttribute("href"))), ["https://tea.example/more", "https://tracker.example/pixel.png"]);
    equal(await text.locator("img, script, iframe, style, [onclick], [style]").count(), 0);
    ok(!/hacked/.test(await text.innerHTML()), await text.innerHTML());
    const image = admin.locator("#images li");
    ok(/A pot[^]*tracker\.example/.test(await image.innerText()), await image.innerText());
    await look(admin, "paste-article");
  });

  let home;
  const made = [];

  await step("a questionnaire has everything that has a page of its own at the desk", async () => {
    await admin.goto("/desk");
    await admin.getByRole("button", { name: "Try the example" }).click();
    await admin.waitForURL(/\/article$/);
    home = new URL(admin.url()).pathname.replace(/\/article$/, "");
    await admin.getByRole("button", { name: "Make the questionnaire" }).click();
    await admin.waitForURL(/\/questionnaire/);
    await desk.publish(admin, home);
    admin.setDefaultTimeout(60_000);
    await admin.getByRole("button", { name: /^Fill it with 60/ }).click();
    await admin.waitForURL(/\/insight/);

    // Groups, people who were invited and write back, a list that waits, a campaign, a webhook, a
    // newer text, a colleague who is asked. To two of them no page leads.
    const here = () => new URL(admin.url()).pathname;
    const press = (name) => admin.getByRole("button", { name }).first().click();
    await admin.goto(`${home}/discussion`);
    await press("Make the groups");
    await admin.getByRole("heading", { name: "Group 1", exact: true }).waitFor();
    const links = await admin.locator("a[href$='/guide']").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
    made.push(links.find((link) => !link.endsWith("/all/guide")));
    await desk.invite(admin, home, program, ["axe@example.net, Axel"]);
    const [, written] = (await program.mailWith("axe@example.net")).match(/^Message-ID: *(<\S+>)/im);
    const letter = ["From: Axel <axe@example.net>", "To: ada@example.org", "Subject: On paper", "Message-ID: <1@axe.example>", `In-Reply-To: ${written}`, "", "May I answer on paper?", ""];
    const arrived = await fetch(`${program.address}/inbound/mail?from=axe@example.net&to=ada@example.org`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "message/rfc822" },
      body: letter.join("\r\n"),
    });
    ok(arrived.ok, await arrived.text());
    await admin.goto(`${home}/invitations`);
    await press("Choose whom, in your words, and when");
    await admin.waitForURL(/\/campaigns\//);
    await admin.goto("/desk/contacts/import");
    await admin.getByLabel("One person a line").fill("bo@example.net, 王小明");
    await press("Look at the list");
    await admin.waitForURL(/\/contacts\/import\/./);
    made.push(here());
    await admin.goto(`${home}/webhooks`);
    await admin.getByLabel("Address", { exact: true }).fill("https://hooks.example.org/colloquy");
    await admin.locator("[name=event]").first().check();
    await press("Add the webhook");
    await admin.waitForURL(/\/webhooks\/./);
    await admin.goto(`${home}/article/newer`);
    await admin.locator("#text").fill(`${tools.source}\n\n## Questions\n\n- What would you keep, and until when?\n`);
    await press("Compare");
    await admin.waitForURL(/\/newer\/./);
    made.push(here());
    await admin.goto(`${home}/people`);
    await admin.getByLabel("Mail address").fill("colleague@example.net");
    await press("Send the invitation");
    await admin.getByText("Invited, and not here yet").waitFor();
  });

  await step("axe-core finds nothing on any page of the desk", async () => {
    // Every address of the table that is a page of the desk, and whatever its pages lead to.
    const table = readFileSync(`${root}src/web/routes.rs`, "utf8");
    const patterns = [...table.matchAll(/get "(\/desk[^"]*)"/g)].map(([, pattern]) => pattern);
    const file = /\.(svg|csv|json|xlsx|zip|md|pdf|ics|html)$/;
    const pages = patterns.filter((pattern) => !file.test(pattern) && !/\/(live|look|images)\b|\{(name|file)\}/.test(pattern));
    const waiting = pages.filter((pattern) => !pattern.replace("{slug}", "").includes("{")).map((pattern) => pattern.replace("/desk/q/{slug}", home));
    waiting.unshift(...made);
    const matches = (address, pattern) => new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/]+").replace(/\./g, "\\.")}$`).test(address);
    const seen = new Set();
    const found = [];
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      const pattern = pages.find((one) => one === address) || pages.find((one) => matches(address, one));
      if (!pattern || seen.has(pattern) || file.test(address)) continue;
      seen.add(pattern);
      const answer = await admin.goto(address);
      if (!(answer.headers()["content-type"] || "").includes("text/html")) continue;
      if (!answer.ok()) found.push(`${address}: ${answer.status()}`);
      for (const colorScheme of ["light", "dark"]) {
        await admin.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        found.push(...(await violations(admin, colorScheme)).map((each) => `${address} ${colorScheme}: ${each}`));
      }
      await admin.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      const links = await admin.locator("a[href^='/desk']").evaluateAll((all) => all.map((each) => each.getAttribute("href").split(/[?#]/)[0]));
      waiting.push(...links);
    }
    console.log(`      editor: ${seen.size} of ${pages.length} pages of the desk looked at`);
    same(pages.filter((pattern) => !seen.has(pattern)), [], "pages that were not looked at");
    same(found, []);
  });
}
