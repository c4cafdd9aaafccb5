// The organizer's side, for tests that need a questionnaire of their own.

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Signs in with the link that the program printed. */
export async function organizer({ person, program }) {
  const page = await person();
  await page.goto(program.link);
  await button(page, "Sign in").click();
  await page.getByRole("heading", { level: 1, name: "Questionnaires" }).waitFor();
  await page.goto("/desk/account");
  await page.getByLabel("Name").fill("Ada Organizer");
  await page.getByLabel("Mail address").fill("ada@example.org");
  await button(page, "Save").click();
  await page.getByRole("heading", { level: 1, name: "Questionnaires" }).waitFor();
  return page;
}

/** Brings an article and makes its first questions; the path of the questionnaire's desk. */
export async function bring(page, article) {
  await page.goto("/desk/new");
  await page.locator("#text").fill(article);
  await button(page, "Find the questions").click();
  await page.waitForURL(/\/article$/);
  const desk = new URL(page.url()).pathname.replace(/\/article$/, "");
  await button(page, "Make the questionnaire").click();
  await page.waitForURL(/\/questionnaire/);
  return desk;
}

/** Waits until the editor has kept what was typed. */
export function kept(page) {
  return page.locator("[data-saved]", { hasText: /^Saved$/ }).waitFor();
}

/** Puts on the form what was changed since it was published. */
async function putOnForm(page, desk) {
  await page.goto(`${desk}/changes`);
  const put = button(page, "Put them on the form");
  if (await put.count()) await put.click();
  await page.waitForURL(/\/history$/);
}

/** Takes questions off the form, by their places from 0. */
export async function remove(page, desk, places) {
  await page.goto(`${desk}/questionnaire`);
  for (const place of [...places].sort((one, two) => two - one)) {
    const before = await page.locator("[data-question]").count();
    await button(page, `Take question ${place + 1} off`).click();
    await page.locator("[data-question]").nth(before - 1).waitFor({ state: "detached" });
  }
  await putOnForm(page, desk);
}

/** Says a question in other words. */
export async function reword(page, desk, place, prompt) {
  await page.goto(`${desk}/questionnaire`);
  await page.getByLabel(`Question ${place + 1}`, { exact: true }).fill(prompt);
  await kept(page);
  await putOnForm(page, desk);
}

/**
 * Adds a question at the end: its kind as the editor calls it, then what is filled in: its words as
 * `Question`, its options or statements as `lines`, everything else by label or placeholder; `true`
 * and `false` are ticks.
 */
export async function add(page, kind, { Question, lines, ...fields }) {
  const before = await page.locator("[data-question]").count();
  const fold = page.locator(".add").last();
  if (!(await fold.evaluate((each) => each.open))) await fold.locator("summary").click();
  await fold.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
  const question = page.locator("[data-question]").nth(before);
  await question.locator(".ask:not(.beside)").fill(Question);
  if (lines) await question.locator("textarea[name$='.line']").first().fill(lines);
  for (const [name, value] of Object.entries(fields)) {
    const field = question.getByLabel(name, { exact: true }).or(question.getByPlaceholder(name, { exact: true })).first();
    if (typeof value === "boolean") await field.setChecked(value);
    else await field.fill(value);
  }
  await kept(page);
}

/** Publishes what stands in the editor, and tells the path of the form. */
export async function publish(page, desk) {
  await button(page, "Preview and check").click();
  await page.waitForURL(/\/preview$/);
  await button(page, "Publish it").click();
  await page.waitForURL((url) => url.pathname === desk);
  const link = await page.getByRole("link", { name: /\/q\// }).first().getAttribute("href");
  return new URL(link, page.url()).pathname;
}

/** Closes it. */
export async function close(page, desk) {
  await page.goto(`${desk}/questionnaire`);
  await button(page, "Close it").click();
  await page.waitForURL((url) => url.pathname === desk);
}

/** One invites after the other: the button invites everybody who has not been invited yet. */
let inviting = Promise.resolve();

/** Invites these, each a line as the desk takes it; the path of each one's own link. */
export function invite(page, desk, program, lines) {
  const invited = inviting.then(() => inviteNow(page, desk, program, lines));
  inviting = invited.catch(() => {});
  return invited;
}

/** Says why a list may be imported that is looked at, and imports it. */
export async function importList(page) {
  await page.getByLabel("they agreed to hear from me").check();
  await page.getByLabel("Where the addresses come from").fill("the reading circle");
  await page.getByLabel("When they agreed").fill("2026-08-12");
  await page.getByRole("button", { name: /^Import / }).click();
}

async function inviteNow(page, desk, program, lines) {
  await page.goto(`${desk}/invitations`);
  await page.getByLabel("One person a line").fill(lines.join("\n"));
  await button(page, "Look at the list").click();
  await importList(page);
  await page.goto(`${desk}/invitations`);
  await page.getByRole("button", { name: /^Invite / }).click();
  const links = [];
  for (const line of lines) {
    const mail = await program.mailWith(line.match(/[\w.-]+@[\w.-]+/)[0]);
    links.push(mail.match(/https?:\/\/\S+?(\/i\/[\w-]{20,})/)[1]);
  }
  return links;
}
