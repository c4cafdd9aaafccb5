// The discussion at the desk: set up, groups made, looked at, changed by keyboard, by dragging and
// without a script; forty people on a phone, and five hundred.
import { ok, strictEqual as equal } from "node:assert";
import * as desk from "./desk.mjs";

export const settings = { COLLOQUY_LIMITS__FORM_SECONDS: "0" };

const NAMES = ["王小明（清华大学人工智能研究院副教授）", "Wolfeschlegelsteinhausenbergerdorff-Oberbergermeister Karl-Theodor", "李雷", "Bo"];

export async function tell(tools) {
  const { person, look, step, program } = tools;
  let admin;
  let path;
  const groups = (page) => page.locator(".table-card").count();

  await step("a discussion is set up and its groups made with the keyboard alone", async () => {
    admin = await desk.organizer(tools);
    const said = program.run("demo");
    path = `${new URL(said.match(/desk is at\s+(\S+)/)[1]).pathname}/discussion`;
    await admin.goto(path);
    await look(admin, "tables-before");
    for (const fold of await admin.locator("main details > summary").all()) await fold.click();
    await look(admin, "tables-before-open");
    await admin.goto(path);
    await tabTo(admin, "Make the groups");
    await admin.keyboard.press("Enter");
    await admin.getByRole("heading", { name: "Group 1", exact: true }).waitFor();
    ok((await groups(admin)) > 1, "there are no groups");
    await look(admin, "tables-made");
    await admin.getByText("How good is this plan?").click();
    await admin.locator(".mirror > summary").first().click();
    await look(admin, "tables-score");
  });

  await step("somebody is moved, and moved back, with the keyboard alone", async () => {
    await admin.goto(path);
    const before = await plan(admin);
    await tabTo(admin, /^Move /);
    await admin.keyboard.press("Enter");
    await admin.getByRole("heading", { name: "Elsewhere" }).waitFor();
    await look(admin, "tables-seat");
    await tabTo(admin, /^(Move to|Change places|Only move)/);
    await admin.keyboard.press("Enter");
    await admin.getByRole("status").filter({ hasText: /moved from group/ }).waitFor();
    ok(/The mix (loses|gains|stays)/.test(await admin.locator(".last-change").innerText()), "nothing is said of the cost");
    ok((await plan(admin)) !== before, "nobody moved");
    await look(admin, "tables-moved");
    await tabTo(admin, "Undo");
    await admin.keyboard.press("Enter");
    await admin.getByRole("button", { name: "Redo" }).waitFor();
    equal(await plan(admin), before);
    await tabTo(admin, "Redo");
    await admin.keyboard.press("Enter");
    await admin.getByRole("button", { name: "Undo" }).waitFor();
    ok((await plan(admin)) !== before, "it was not done again");
    await tabTo(admin, /^Lock the seat/);
    await admin.keyboard.press("Enter");
    await admin.getByText("locked", { exact: true }).first().waitFor();
  });

  await step("a seat is dragged into another group, which says what it would cost", async () => {
    await admin.goto(path);
    const seat = admin.locator(".table-card .seat").first();
    const id = await seat.getAttribute("data-participant");
    const to = admin.locator(".table-card").nth(1);
    const from = await seat.locator(".who").boundingBox();
    await admin.mouse.move(from.x + 20, from.y + 8);
    await admin.mouse.down();
    await admin.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
    await admin.locator(".table-card .cost:not([hidden])").first().waitFor();
    const header = await to.locator("header").boundingBox();
    await admin.mouse.move(header.x + 60, header.y + 30, { steps: 8 });
    await admin.mouse.up();
    await admin.getByRole("status").filter({ hasText: /moved from group/ }).waitFor();
    equal(await admin.locator(".table-card").nth(1).locator(`[data-participant="${id}"]`).count(), 1);
    await look(admin, "tables-dragged");
  });

  await step("without a script everything can be done with links and buttons", async () => {
    const plain = await person({ javaScriptEnabled: false, storageState: await admin.context().storageState() });
    await plain.goto(path);
    const before = await plan(plain);
    await plain.getByRole("link", { name: /^Move / }).nth(3).click();
    await plain.locator(".choices-of-seat button").first().click();
    await plain.getByRole("button", { name: "Undo" }).waitFor();
    ok((await plan(plain)) !== before, "nobody moved");
    await plain.getByRole("button", { name: "Undo" }).click();
    await plain.getByRole("button", { name: "Redo" }).waitFor();
    equal(await plan(plain), before);
  });

  await step("people are added by hand, and those who never said are asked", async () => {
    await admin.goto(`${path}/people`);
    await look(admin, "tables-people");
    for (const name of NAMES) {
      await admin.goto(`${path}/people`);
      const form = admin.locator("form").filter({ has: admin.getByRole("button", { name: "Add", exact: true }) });
      await form.getByLabel("Name").fill(name);
      await form.getByLabel("Mail address").fill(`p${NAMES.indexOf(name)}@example.org`);
      await form.getByLabel(/^Speaks/).fill("zh, en");
      await form.getByRole("button", { name: "Add", exact: true }).click();
    }
    await admin.getByRole("button", { name: "Ask 4 people by mail" }).click();
    const mail = await program.mailWith("/times");
    await admin.goto(`${path}/people`);
    await look(admin, "tables-people-asked");
    const one = await person();
    await one.goto(mail.match(/https?:\/\/[^/\s]+(\/g\/[\w-]{20,}\/times)/)[1]);
    await look(one, "tables-times");
    await one.locator(".slot.yes").first().click();
    await one.locator("main form button").click();
    await one.locator("#kept").waitFor();
    await look(one, "tables-times-kept");
    await one.goto(`${new URL(one.url()).pathname}?lang=zh`);
    await look(one, "tables-times-zh");
  });

  await step("forty people fit a phone", async () => {
    await add(admin, path, 36);
    await admin.goto(path);
    await admin.getByRole("button", { name: "Mend the plan" }).click({ timeout: 60_000 });
    await admin.waitForURL(/discussion$/);
    const seated = await admin.locator(".table-card .seat").count();
    ok(seated >= 40, `only ${seated} sit`);
    await look(admin, "tables-forty");
  });

  await step("several rounds have a tab each", async () => {
    await admin.goto(`${path}/setup`);
    await admin.getByText("Several rounds", { exact: false }).click();
    await look(admin, "tables-setup");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.getByRole("button", { name: "Make the groups anew" }).click({ timeout: 60_000 });
    await admin.getByRole("link", { name: "Round 2" }).click();
    ok((await admin.locator(".table-card .seat").count()) > 10, "nobody sits in the second round");
    await look(admin, "tables-round-2");
  });

  await step("five hundred people come", () => add(admin, path, 460, 40));
  await step("a search for five hundred people can be stopped", async () => {
    await admin.goto(`${path}/setup`);
    await admin.getByLabel(/^One round/).check();
    for (const rooms of await admin.getByLabel("Groups at once").all()) await rooms.fill("60");
    await admin.locator("summary").filter({ hasText: "What is mixed" }).click();
    await admin.getByLabel(/^Search twenty times/).check();
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.getByRole("button", { name: "Make the groups anew" }).click({ timeout: 60_000 });
    await admin.getByRole("progressbar").waitFor();
    await look(admin, "tables-searching", [390]);
    await admin.getByRole("button", { name: /^Stop/ }).click();
  });
  await step("five hundred people are one page still", async () => {
    // The page looks by itself as well, which may get in between.
    const again = () => admin.goto(path).catch((error) => ok(/ERR_ABORTED/.test(error.message), error.message));
    for (let tries = 0; tries < 60 && (await again(), await admin.getByRole("progressbar").count()); tries += 1) {
      await admin.waitForTimeout(500);
    }
    equal(await admin.locator(".warning").allInnerTexts().then((all) => all.join(" ")), "");
    const seated = await admin.locator(".table-card .seat").count();
    ok(seated > 400, `only ${seated} sit`);
    await look(admin, "tables-five-hundred", [390]);
  });
}

/** Who sits where, as one text. */
function plan(page) {
  return page.evaluate(() => [...document.querySelectorAll(".table-card")].map((card) => `${card.id}:${[...card.querySelectorAll(".seat")].map((seat) => seat.id).sort()}`).join("|"));
}

/** Presses the tabulator until what has the focus is called so. */
async function tabTo(page, name) {
  const called = (text) => (name instanceof RegExp ? name.test(text) : text === name);
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => document.activeElement?.textContent.trim().replace(/\s+/g, " ") ?? "");
    if (called(text)) return;
  }
  throw new Error(`the tabulator does not lead to ${name}`);
}

/** Adds people by hand who can come at every time. */
async function add(admin, path, count, from = 0) {
  await admin.goto(`${path}/people`);
  const times = await admin.locator("section form input[name=can]").evaluateAll((all) => all.map((each) => each.value));
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  for (let at = from; at < from + count; at += 1) {
    const form = new URLSearchParams([["what", "add"], ["name", `Guest ${at + 1}`], ["language", "en"], ...times.map((time) => ["can", time])]);
    const answer = await admin.request.post(`${path}/people`, { headers, data: form.toString(), maxRedirects: 0 });
    equal(answer.status(), 303);
  }
}
