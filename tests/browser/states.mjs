// Every page of a reader, in every state: how each is reached by somebody who reads this language.
import * as desk from "./desk.mjs";
import { lockOf } from "./kept.mjs";

/** Name and way of each; a way gets a fresh page, and may give back another one. */
export function states(world, language) {
  const { program, admin, form, words } = world;
  const say = words[language];
  const send = (page) => page.getByRole("button", { name: say["form-send"] }).click();
  const guest = (name) => `${name}-${language}@example.org${language === "zh" ? ", Chinese" : ""}`;
  const first = (page) => page.getByRole("textbox").first();

  /** Answers whatever is on the form, without knowing what it is. */
  const fill = async (page, text = "Twenty minutes of thought.\n\n长长的一段想法。") => {
    await page.goto(form);
    await page.evaluate((text) => {
      for (const field of document.querySelector("form#answers").elements) {
        if (!field.name.startsWith("a.") || !field.checkVisibility()) continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = !/consent|join|contact|quote|group/.test(field.name);
        else if (field.type === "number" || /numeric|decimal/.test(field.inputMode)) field.value = "7";
        else if (field.tagName === "SELECT") field.selectedIndex = Math.min(1, field.options.length - 1);
        else if (field.type === "email") field.value = "reader@example.org";
        else field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }, text);
  };
  const receipt = async (page) => {
    await page.goto(form);
    await first(page).fill("我认为在合成数据。\nIn synthetic data.");
    await send(page);
    await page.waitForURL(/\/r\//);
  };

  return [
    ["front", (page) => page.goto("/").then(() => {})],
    ["form empty", (page) => page.goto(form).then(() => {})],
    ["form filled", (page) => fill(page)],
    [
      "form with a draft",
      async (page) => {
        await fill(page);
        await page.reload();
        await page.getByRole("button", { name: say["form-draft-use"] }).waitFor();
      },
    ],
    [
      "form offline",
      async (page) => {
        await fill(page);
        await page.context().setOffline(true);
        await send(page);
        await page.getByText(say["form-draft-offline"].slice(0, 12)).first().waitFor();
      },
    ],
    [
      "form with mistakes",
      async (page) => {
        await fill(page);
        await page.getByLabel(say["form-consent-join"]).check();
        await page.getByLabel(say["form-address"], { exact: true }).fill("nowhere");
        await send(page);
        await page.getByRole("alert").waitFor();
      },
    ],
    [
      "form with nothing in it",
      async (page) => {
        await page.goto(form);
        await send(page);
        await page.getByRole("alert").waitFor();
      },
    ],
    ...(say["form-check"] ? reviewing(world, language, fill) : []),
    ...(say["help-link"] ? [["help", (page) => page.goto("/").then(() => page.getByRole("link", { name: say["help-link"] }).click())]] : []),
    [
      "too often 429",
      async (page) => {
        const [link] = await desk.invite(admin, world.desk, program, [guest("often")]);
        await page.goto(link);
        await first(page).fill("Again and again.");
        await page.getByLabel(say["form-consent-join"]).check();
        for (let tries = 0; tries < 8; tries += 1) {
          const [answer] = await Promise.all([page.waitForResponse((each) => each.request().method() === "POST"), send(page)]);
          await page.waitForLoadState();
          if (answer.status() === 429) return;
        }
        throw new Error("eight forms in a moment were not too many");
      },
    ],
    [
      "form invited",
      async (page) => {
        const [link] = await desk.invite(admin, world.desk, program, [guest("invited")]);
        await page.goto(link);
        await first(page).waitFor();
      },
    ],
    [
      "invitation used",
      async (page) => {
        const [link] = await desk.invite(admin, world.desk, program, [guest("used")]);
        await page.goto(link);
        await first(page).fill("Once.");
        await send(page);
        await page.waitForURL(/\/r\//);
        await page.goto(link);
      },
    ],
    [
      "mails stopped",
      async (page) => {
        const [link] = await desk.invite(admin, world.desk, program, [guest("stopped")]);
        await page.goto(`${link}/stop`);
        await page.getByRole("button").first().waitFor();
      },
    ],
    ["article", (page) => page.goto(`${form}/article`).then(() => {})],
    ["my page", (page) => receipt(page)],
    [
      "my page changed",
      async (page) => {
        await receipt(page);
        await page.getByRole("link", { name: say["receipt-change"] }).click();
        await first(page).fill("On reflection, in data.");
        await page.getByRole("button", { name: say["form-send-changed"] }).click();
        await page.waitForURL(/\/r\/[\w-]+$/);
      },
    ],
    [
      "changing",
      async (page) => {
        await receipt(page);
        await page.getByRole("link", { name: say["receipt-change"] }).click();
        await page.waitForURL(/change/);
      },
    ],
    ...(say["erase-title"] ? owning(world, language, receipt) : []),
    ...(say["later-send"] ? going(world, language) : []),
    ["my page unknown", (page) => page.goto("/r/none").then(() => {})],
    ["seat unknown", (page) => page.goto("/g/none").then(() => {})],
    ["nothing here 404", (page) => page.goto("/nowhere").then(() => {})],
    ["sign in", (page) => page.goto("/sign-in").then(() => {})],
    ["sign-in link used 410", (page) => page.goto(new URL(program.link).pathname).then(() => {})],
    [
      "too much 413",
      async (page) => {
        await page.goto(form);
        await first(page).fill("word ".repeat(world.limit / 5));
        await send(page);
        await page.waitForURL(/send/);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
      },
    ],
    [
      "from another site 403",
      async (page) => {
        // A page of the same machine by another name is another site.
        const other = `http://localhost:${new URL(program.address).port}`;
        await page.route(`${other}/elsewhere`, (route) =>
          route.fulfill({
            contentType: "text/html",
            body: `<!DOCTYPE html><html lang=en><title>Elsewhere</title><form method=post action="${program.address}${form}"><textarea name=a.q1>Words from elsewhere.</textarea><button>Send</button></form>`,
          }),
        );
        await page.goto(`${other}/elsewhere`);
        await page.getByRole("button").click();
        await page.waitForURL(`${program.address}${form}`);
      },
    ],
    [
      "database busy 503",
      async (page) => {
        await fill(page);
        const letGo = await lockOf(program.database);
        try {
          await send(page);
          await page.waitForURL(/send|\/r\//, { timeout: 30_000 });
        } finally {
          await letGo();
        }
      },
    ],
    [
      "closed 410",
      async (page) => {
        await page.goto(await closed(world));
      },
    ],
    [
      "my page, late",
      async (page) => {
        const path = await closing(world);
        await page.goto(path.form);
        await first(page).fill("A little late.");
        await desk.close(admin, path.desk);
        program.pass(25);
        await send(page);
        await page.waitForURL(/\/r\//);
      },
    ],
    [
      "my page, closed",
      async (page) => {
        const path = await closing(world);
        await page.goto(path.form);
        await first(page).fill("In time.");
        await send(page);
        await page.waitForURL(/\/r\//);
        await desk.close(admin, path.desk);
        await page.reload();
      },
    ],
  ];
}

/** Going through the questions one at a time, and looking at the answers before they are sent. */
function reviewing({ form, words }, language, fill) {
  const say = words[language];
  const check = (page) => page.getByRole("button", { name: say["form-check"] }).last().click();
  return [
    [
      "one at a time, first",
      async (page) => {
        await page.goto(form);
        await page.getByRole("radio", { name: say["form-view-one"] }).check();
      },
    ],
    [
      "one at a time, second",
      async (page) => {
        await page.goto(form);
        await page.getByRole("radio", { name: say["form-view-one"] }).check();
        await page.locator("a.on:visible").first().click();
      },
    ],
    [
      "check",
      async (page) => {
        await fill(page);
        await check(page);
        await page.getByRole("heading", { name: say["check-title"] }).waitFor();
      },
    ],
    [
      "check with a mistake",
      async (page) => {
        await fill(page);
        await page.getByLabel(say["form-consent-join"]).check();
        await page.getByLabel(say["form-address"], { exact: true }).fill("nowhere");
        await check(page);
        await page.getByRole("heading", { name: say["check-title"] }).waitFor();
      },
    ],
  ];
}

/** What a respondent does on their own page. */
function owning({ words }, language, receipt) {
  const say = words[language];
  const erase = async (page) => {
    await receipt(page);
    await page.goto(`${new URL(page.url()).pathname}/erase`);
    await page.getByRole("heading", { level: 1, name: say["erase-title"] }).waitFor();
  };
  const now = (page) => page.getByRole("button", { name: say["erase-now"] }).click();
  return [
    ["erase", erase],
    [
      "erase, not sure",
      async (page) => {
        await erase(page);
        await now(page);
        await page.getByText(say["erase-unticked"]).first().waitFor();
      },
    ],
    [
      "erased",
      async (page) => {
        await erase(page);
        await page.getByRole("checkbox", { name: say["erase-sure"] }).check();
        await now(page);
        await page.getByText(say["erase-done"]).first().waitFor();
      },
    ],
    [
      "an earlier version",
      async (page) => {
        await receipt(page);
        await page.goto(`${new URL(page.url()).pathname}/versions/1`);
      },
    ],
    [
      "a consent taken back",
      async (page) => {
        await receipt(page);
        await page.getByRole("link", { name: say["receipt-change"] }).click();
        await page.getByLabel(say["form-consent-quote"]).check();
        await page.getByRole("button", { name: say["form-send-changed"] }).click();
        await page.waitForURL(/\/r\/[\w-]+$/);
        await page.getByRole("button", { name: new RegExp(`^${say["mine-take-back"]}|${say["mine-take-back"]}`) }).first().click();
        await page.getByText(say["mine-withdrawn"]).first().waitFor();
      },
    ],
  ];
}

/** Going on with another device. */
function going({ form, words, program }, language) {
  const say = words[language];
  const ask = async (page, name) => {
    await page.goto(form);
    await page.getByRole("textbox").first().fill("Not finished yet. 还没写完。");
    const later = page.locator("details", { has: page.locator("button[name=go][value=later]") });
    await later.locator("summary").click();
    await later.getByRole("textbox").fill(name);
    await later.getByRole("button").click();
  };
  return [
    [
      "later, sent",
      async (page) => {
        await ask(page, `sent-${language}@example.org`);
        await page.getByText(say["later-sent"]).first().waitFor();
      },
    ],
    [
      "later, opened",
      async (page) => {
        await ask(page, `opened-${language}@example.org`);
        await page.getByText(say["later-sent"]).first().waitFor();
        const mail = await program.mailWith(`opened-${language}@example.org`);
        await page.goto(mail.match(/https?:\/\/\S+?(\/d\/[\w-]{20,})/)[1]);
        await page.getByRole("textbox").first().waitFor();
      },
    ],
    ["later, no address", (page) => ask(page, "nowhere").then(() => page.getByText(say["later-no-address"]).first().waitFor())],
    ["later, nothing there", (page) => page.goto("/d/none").then(() => {})],
  ];
}

/** A questionnaire that will be closed. */
async function closing({ admin }) {
  const path = await desk.bring(admin, "Soon over\n\nYou are welcome to answer:\n\n- What is left to say?\n");
  return { desk: path, form: await desk.publish(admin, path) };
}

/** One that is closed already. */
async function closed(world) {
  world.closed ??= (async () => {
    const path = await closing(world);
    await desk.close(world.admin, path.desk);
    return path.form;
  })();
  return world.closed;
}
