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
  await page.getByRole("textbox").first().fill(article);
  await button(page, "Find the questions").click();
  await page.waitForURL(/\/article$/);
  const desk = new URL(page.url()).pathname.replace(/\/article$/, "");
  await button(page, "Make the questionnaire").click();
  await page.waitForURL(/\/questionnaire/);
  return desk;
}

/** Opens the editor of one question, by its place from 0. */
async function edit(page, place) {
  const question = page.locator("[data-question]").nth(place);
  const details = question.locator("details").first();
  if (!(await details.evaluate((fold) => fold.open))) await details.locator("summary").first().click();
  return question;
}

/** Takes questions off the form, by their places from 0. */
export async function remove(page, desk, places) {
  await page.goto(`${desk}/questionnaire`);
  for (const place of places) {
    const question = await edit(page, place);
    await question.getByRole("checkbox", { name: "Take this question off the form" }).check();
  }
  await button(page, "Save").click();
  await page.waitForLoadState();
}

/** Says a question in other words. */
export async function reword(page, desk, place, prompt) {
  await page.goto(`${desk}/questionnaire`);
  const question = await edit(page, place);
  await question.getByLabel("Question", { exact: true }).fill(prompt);
  await button(page, "Save").click();
  await page.waitForLoadState();
}

/**
 * Adds a question: its kind as the menu calls it, then the fields of its editor by their labels;
 * `true` and `false` are ticks, text is text.
 */
export async function add(page, kind, fields) {
  const before = await page.locator("[data-question]").count();
  await page.getByLabel("Add a question").selectOption({ label: kind });
  await button(page, "Save and add it").click();
  await page.locator("[data-question]").nth(before).waitFor();
  const question = await edit(page, before);
  for (const [label, value] of Object.entries(fields)) {
    const field = question.getByLabel(label, { exact: true }).first();
    if (typeof value === "boolean") await field.setChecked(value);
    else if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption({ label: value });
    else await field.fill(value);
  }
}

/** Saves, publishes, and tells the path of the form. */
export async function publish(page, desk) {
  await button(page, "Save and publish").click();
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
