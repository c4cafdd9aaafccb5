// What people do, in order, found by what they read on the page.
import { strictEqual as equal, ok } from "node:assert";
import { importList } from "./desk.mjs";

const READERS = [
  "Where will the next Aha moment of intelligent breakthrough appear?",
  "in what direction will you invest",
];

export async function tell({ person, look, step, program, article }) {
  const organizer = await person();
  const says = (page, name) => page.getByRole("heading", { level: 1, name }).first().waitFor();
  const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
  const follow = (page, name) => page.getByRole("link", { name, exact: true }).first().click();
  let desk;
  let form;
  let example;

  await step("a stranger finds the front page, the door and what is not there", async () => {
    const stranger = await person();
    for (const [path, name] of [["/", "front"], ["/?lang=zh", "front-zh"], ["/sign-in", "sign-in"], ["/nowhere", "not-found"]]) {
      await stranger.goto(path);
      await look(stranger, name);
    }
    await stranger.goto("/desk");
    ok(stranger.url().includes("/sign-in"));
  });

  await step("the printed link signs the organizer in, once", async () => {
    await organizer.goto(program.link);
    await look(organizer, "sign-in-link");
    await press(organizer, "Sign in");
    await says(organizer, "Questionnaires");
    await look(organizer, "desk-empty");
    const other = await person();
    await other.goto(program.link);
    await look(other, "sign-in-used");
    equal(await other.getByRole("button", { name: "Sign in" }).count(), 0);
  });

  await step("the organizer says who they are", async () => {
    await organizer.goto("/desk/account");
    await organizer.getByLabel("Name").fill("Ada Organizer");
    await organizer.getByLabel("Mail address").fill("ada@example.org");
    await look(organizer, "account");
    await press(organizer, "Save");
    await says(organizer, "Questionnaires");
  });

  await step("an article becomes a questionnaire", async () => {
    await organizer.goto("/desk/new");
    await look(organizer, "bring");
    await organizer.getByLabel("A file").setInputFiles(article);
    await press(organizer, "Find the questions");
    desk = new URL(organizer.url()).pathname.replace(/\/article$/, "");
    for (const question of READERS) {
      const found = organizer.getByRole("checkbox", { name: question }).first();
      ok(await found.isChecked(), `“${question}” was not found`);
    }
    await look(organizer, "article");
    await press(organizer, "Make the questionnaire");
    await look(organizer, "questionnaire");
    for (const question of READERS) {
      ok((await organizer.content()).includes(question), `“${question}” did not arrive`);
    }
  });

  await step("it is tried in the preview, then published", async () => {
    await press(organizer, "Preview and check");
    await says(organizer, "Preview and check");
    await look(organizer, "preview");
    await press(organizer, "Publish it");
    await organizer.getByText("It is published at").or(organizer.getByText("Readers answer at this address")).first().waitFor();
    await organizer.goto(desk);
    await look(organizer, "overview");
    form = new URL(await organizer.getByRole("link", { name: /\/q\// }).first().getAttribute("href")).pathname;
    await organizer.goto(`${desk}/responses`);
    await look(organizer, "responses-empty");
    for (const page of ["insight", "brief", "discussion", "invitations", "echo"]) {
      await organizer.goto(`${desk}/${page}`);
      await look(organizer, `${page}-empty`);
    }
  });

  await step("a reader without scripts answers and changes the answer", async () => {
    const reader = await person({ javaScriptEnabled: false });
    await reader.goto(form);
    const first = reader.getByRole("textbox", { name: READERS[0] });
    await first.fill("In verification, I think.\n\nNot in size.");
    await press(reader, "Send my answers");
    await says(reader, "Your answers have arrived");
    const receipt = reader.url();
    ok(/\/r\/[\w-]{20,}$/.test(receipt), receipt);
    ok((await reader.content()).includes("In verification, I think."));
    await follow(reader, "Change my answers");
    equal(await first.inputValue(), "In verification, I think.\n\nNot in size.");
    await first.fill("In data, on reflection.");
    await press(reader, "Keep the changes");
    await reader.waitForURL(receipt);
    await reader.getByText("In data, on reflection.").first().waitFor();
    await reader.goBack();
    const again = await person();
    await again.goto(receipt);
    await look(again, "receipt-changed");
    await again.goto(`${form}/article`);
    await look(again, "article-reader");
    await again.goto("/r/none");
    await look(again, "receipt-unknown");
  });

  await step("a reader answers in Chinese", async () => {
    const reader = await person({ locale: "zh-CN" });
    await reader.goto(form);
    equal(await reader.locator("html").getAttribute("lang"), "zh");
    await look(reader, "form-zh");
    await reader.getByRole("textbox", { name: READERS[0] }).fill("我认为在合成数据。👩‍👩‍👧 مرحبا");
    await press(reader, "发送我的回答");
    await says(reader, "您的回答已经送达");
    ok((await reader.content()).includes("我认为在合成数据。👩‍👩‍👧 مرحبا"));
    await look(reader, "receipt-zh");
  });

  await step("a reader on a phone gets the draft back, corrects a mistake, and sends", async () => {
    const reader = await person({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    await reader.goto(form);
    await look(reader, "form");
    const first = reader.getByRole("textbox", { name: READERS[0] });
    await first.fill("Twenty minutes of thought, on the train.");
    await reader.waitForTimeout(900);
    await reader.reload();
    equal(await first.inputValue(), "");
    await reader.getByRole("button", { name: "Use it" }).waitFor();
    await look(reader, "form-draft");
    await press(reader, "Use it");
    equal(await first.inputValue(), "Twenty minutes of thought, on the train.");
    const join = reader.getByLabel("I want to join the discussion");
    if (await join.count()) {
      await join.check();
      await press(reader, "Send my answers");
      await reader.getByRole("alert").waitFor();
      ok((await reader.title()).startsWith("Error"), await reader.title());
      equal(await first.inputValue(), "Twenty minutes of thought, on the train.");
      await look(reader, "form-mistake");
      await reader.getByLabel("Mail address", { exact: true }).fill("rea@example.org");
    }
    await press(reader, "Send my answers");
    await says(reader, "Your answers have arrived");
    await look(reader, "receipt");
    await reader.goto(form);
    await reader.waitForTimeout(300);
    equal(await reader.getByRole("button", { name: "Use it" }).count(), 0, "the draft was not let go of");
  });

  await step("the organizer reads, searches and opens the answers", async () => {
    await organizer.goto(`${desk}/responses`);
    await says(organizer, "3 responses");
    await look(organizer, "responses");
    await organizer.getByRole("searchbox").fill("合成数据");
    await organizer.keyboard.press("Enter");
    await organizer.waitForURL(/\?q=/);
    await organizer.getByText("合成数据").first().waitFor();
    await look(organizer, "responses-found");
    for (const page of ["insight", "brief"]) {
      await organizer.goto(`${desk}/${page}`);
      await look(organizer, `${page}-few`);
    }
    await organizer.goto("/desk");
    await look(organizer, "desk");
  });

  await step("the example is filled, and shows themes, groups and a brief", async () => {
    const said = program.run("demo");
    example = new URL(said.match(/desk is at\s+(\S+)/)[1]).pathname;
    await organizer.goto(`${example}/responses`);
    await says(organizer, "60 responses");
    await look(organizer, "example-responses");
    await organizer.goto(`${example}/insight`);
    ok((await organizer.locator("blockquote").count()) > 5, "there are no quotes");
    await look(organizer, "example-insight");
    await organizer.locator("blockquote").getByRole("link").first().click();
    await look(organizer, "example-response");
    await organizer.goto(`${example}/brief`);
    await look(organizer, "example-brief");
    await organizer.emulateMedia({ media: "print" });
    ok(await organizer.getByRole("heading", { level: 1 }).first().isVisible());
    await organizer.emulateMedia({ media: "screen" });
  });

  await step("themes are worked on, and the answers taken along as files", async () => {
    await organizer.goto(`${example}/insight`);
    await organizer.getByRole("link", { name: "Work on these themes" }).first().click();
    await look(organizer, "themes");
    const themes = new URL(organizer.url()).pathname;
    await organizer.goto(`${themes}?show=outside`);
    await look(organizer, "themes-outside");
    await organizer.goto(`${example}/exports`);
    await look(organizer, "exports");
    await organizer.goto("/desk/new/polis");
    await look(organizer, "polis");
  });

  await step("the brief is edited, signed, published, and read by everybody", async () => {
    await organizer.goto(`${example}/brief/edit`);
    await look(organizer, "brief-edit");
    await organizer.goto(`${example}/brief/publish`);
    await look(organizer, "brief-publish");
    await press(organizer, "Publish version 1");
    await look(organizer, "brief-published");
    const published = `/q/${example.split("/").at(-1)}/brief`;
    const reader = await person();
    await reader.goto(published);
    ok((await reader.locator("blockquote").count()) > 1, "there are no quotes");
    await look(reader, "brief-public");
    for (const file of ["brief.pdf", "brief.md", "brief.html", "brief.json"]) {
      const answer = await reader.request.get(`${published}/1/${file}`);
      equal(answer.status(), 200, file);
    }
  });

  await step("groups are made, each with a guide, and appointments are sent", async () => {
    await organizer.goto(`${example}/discussion`);
    await look(organizer, "discussion-before");
    await organizer.getByRole("textbox", { name: "Where" }).fill("https://meet.example.org/colloquy");
    await press(organizer, "Make the groups");
    await organizer.getByRole("heading", { name: /^Group 1/ }).waitFor();
    await organizer.getByText("Why this seat").first().click();
    await look(organizer, "discussion");
    await organizer.getByRole("link", { name: "Guide", exact: true }).first().click();
    await says(organizer, "Guide");
    await look(organizer, "guide");
    await organizer.goto(`${example}/discussion`);
    await follow(organizer, "All guides, to print");
    await look(organizer, "guides");
    await organizer.goto(`${example}/discussion`);
    await organizer.getByRole("button", { name: /^Send \d+ appointments?$/ }).click();
    const mails = await program.mails(2);
    const seat = mails.map((mail) => mail.match(/https?:\/\/\S+?(\/g\/[\w-]{20,})/)).find(Boolean);
    ok(seat, "no mail leads to a seat");
    ok(mails.some((mail) => mail.includes("BEGIN:VCALENDAR")), "no mail has an appointment");
    const participant = await person();
    await participant.goto(seat[1]);
    await look(participant, "seat");
    await participant.goto("/g/none");
    await look(participant, "seat-unknown");
    await participant.goto(seat[1]);
    await press(participant, "I cannot come");
    await look(participant, "seat-given-back");
    await organizer.goto(`${example}/discussion`);
    await look(organizer, "discussion-sent");
  });

  await step("contacts are invited, each with a link of their own", async () => {
    await organizer.goto(`${desk}/invitations`);
    await organizer.getByLabel("One person a line").fill("Grace Hopper <grace@example.org>\n李雷 <lilei@example.org>, Chinese\nnot an address");
    await press(organizer, "Look at the list");
    await look(organizer, "contacts-looked-at");
    await importList(organizer);
    await look(organizer, "contacts-left");
    await organizer.goto(`${desk}/invitations`);
    await look(organizer, "invitations");
    await organizer.getByRole("button", { name: /^Invite / }).click();
    await look(organizer, "invitations-sent");
    // Mails to those who have a seat may still be on their way before these.
    const mine = await program.mailWith("grace@example.org");
    const invitation = mine.match(/https?:\/\/\S+?(\/i\/[\w-]{20,})/)[1];
    const guest = await person();
    for (let visit = 0; visit < 2; visit += 1) {
      await guest.goto(invitation);
      ok((await guest.content()).includes("Hello Grace Hopper"));
    }
    await look(guest, "form-invited");
    await guest.getByRole("textbox", { name: READERS[0] }).fill("Where mathematics meets craft.");
    await press(guest, "Send my answers");
    await says(guest, "Your answers have arrived");
    const theirs = await program.mailWith("lilei@example.org");
    const stop = theirs.match(/List-Unsubscribe: <https?:\/\/[^/]+(\/[^>]+)>/i)[1];
    const other = await person({ locale: "zh-CN" });
    await other.goto(stop);
    await look(other, "stop");
    await press(other, "不再给我写信");
    await look(other, "stopped");
  });

  await step("the outbox shows every mail as it went out", async () => {
    await organizer.goto("/desk/outbox");
    await look(organizer, "outbox");
    await organizer.getByRole("main").getByRole("link", { name: /\S/ }).first().click();
    await look(organizer, "outbox-mail");
  });

  await step("the questionnaire is closed, and what was answered is kept", async () => {
    await organizer.goto(`${desk}/questionnaire`);
    await look(organizer, "questionnaire-published");
    await press(organizer, "Close it");
    const late = await person();
    await late.goto(form);
    await look(late, "form-closed");
    equal(await late.getByRole("textbox").count(), 0);
    await organizer.goto(`${desk}/responses`);
    await says(organizer, "4 responses");
  });

  await step("who signs out is out", async () => {
    await organizer.goto("/desk/account");
    await press(organizer, "Sign out");
    await organizer.waitForURL(/\/$/);
    await organizer.goto("/desk");
    ok(organizer.url().includes("/sign-in"));
  });
}
