// A page of results that keeps itself up to date, and readers who begin to answer.
import { strictEqual as equal, ok } from "node:assert";
import * as desk from "./desk.mjs";
import { query } from "./kept.mjs";

// Answers are sent as fast as they can be.
export const settings = { COLLOQUY_LIMITS__FORM_SECONDS: "0" };

const ARTICLE = `What comes next

We have listed the question that makes us most curious. You are welcome to answer it:

- Where will the next breakthrough appear?
`;

export async function tell(tools) {
  const { person, step, program } = tools;
  let admin;
  let form;

  const answer = async (text) => {
    const reader = await person();
    await reader.goto(form);
    await reader.locator("textarea").first().fill(text);
    await reader.locator("button.send").click();
    await reader.waitForURL(/\/r\//);
    await reader.context().close();
  };
  const reached = () => {
    const [[opened, begun]] = query(program.database, "SELECT coalesce(sum(opened), 0), coalesce(sum(begun), 0) FROM reach");
    return `${opened} opened, ${begun} begun`;
  };

  await step("an open page shows a new answer within two seconds, and changes nothing else", async () => {
    admin = await desk.organizer(tools);
    const path = await desk.bring(admin, ARTICLE);
    form = await desk.publish(admin, path);
    await answer("The trees of the first one.");
    await admin.goto(`${path}/insight`);
    const results = admin.locator("#results");
    await results.getByText("Made from 1 response.").waitFor();
    await admin.evaluate(() => {
      const results = document.querySelector("#results");
      results.known = true;
      for (const each of results.querySelectorAll("details")) each.open = true;
      const typed = document.querySelector("main input[type=search]") || document.querySelector("main input");
      if (typed) { typed.focus(); typed.value = "half typ"; }
      document.querySelector("main").known = typed;
      window.scrollTo(0, 200);
    });
    const before = await admin.evaluate(() => ({ open: document.querySelectorAll("#results details[open]").length, at: window.scrollY }));
    await answer("A second one, about rivers.");
    // Two seconds, and as much for a machine that has other things to do.
    await results.getByText("Made from 2 responses.").waitFor({ timeout: 4000 });
    ok((await results.textContent()).includes("A second one, about rivers."));
    const after = await admin.evaluate(() => {
      const typed = document.querySelector("main").known;
      return {
        open: document.querySelectorAll("#results details[open]").length,
        known: document.querySelector("#results").known,
        typed: !typed || (typed.isConnected && typed === document.activeElement && typed.value === "half typ"),
        at: window.scrollY,
      };
    });
    ok(after.open >= before.open, `${before.open} details were open, ${after.open} are`);
    ok(after.known && after.typed, "what was half typed is gone");
    equal(after.at, before.at);
  });

  await step("what is drawn anew is what a reload shows", async () => {
    const plain = () => admin.evaluate(() => document.querySelector("#results").textContent.replace(/\s+/g, " "));
    // How often the form was opened is written down a moment after the answer, and shown then.
    const counted = () => /Opened the form\s*2\s*Began to answer\s*2/.test(document.querySelector("#results").textContent);
    await admin.waitForFunction(counted, null, { timeout: 4000 });
    const live = await plain();
    await admin.reload();
    equal(live, await plain());
  });

  await step("whoever writes a first letter has begun, once", async () => {
    const soon = () => new Promise((then) => setTimeout(then, 2500));
    await soon();
    const [opened, begun] = reached().match(/\d+/g).map(Number);
    const reader = await person();
    await reader.goto(form);
    await soon();
    equal(reached(), `${opened + 1} opened, ${begun} begun`);
    await reader.locator("textarea").first().pressSequentially("Well");
    await soon();
    equal(reached(), `${opened + 1} opened, ${begun + 1} begun`);
    // Sent by the script: it had begun before.
    await reader.locator("button.send").click();
    await reader.waitForURL(/\/r\//);
    await soon();
    equal(reached(), `${opened + 1} opened, ${begun + 1} begun`);
  });
}
