// From the appointment to the echo: calendars as another library reads them, answers by a link, the
// host's page, and what everybody reads in the end.
import { strictEqual as equal, deepStrictEqual as same, ok } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import ICAL from "ical.js";

const HOST = "the-link-of-a-host-in-this-test";

/** The appointment in a mail, read by a library that is not ours. */
function appointment(mail) {
  const [, text] = mail.match(/(BEGIN:VCALENDAR[^]*?END:VCALENDAR\r?\n)/) ?? [];
  if (!text) return null;
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  equal(events.length, 1);
  const event = new ICAL.Event(events[0]);
  const attendees = events[0].getAllProperties("attendee").map((each) => each.getFirstValue());
  return {
    method: calendar.getFirstPropertyValue("method"),
    status: events[0].getFirstPropertyValue("status"),
    uid: event.uid,
    sequence: event.sequence,
    starts: event.startDate,
    minutes: event.duration.toSeconds() / 60,
    location: event.location,
    attendees,
  };
}

export async function tell({ person, look, step, program }) {
  const organizer = await person();
  const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
  const sqlite = (sql) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", program.database, sql], { encoding: "utf8" });
  let example;
  let seat;
  let first;


  await step("groups are made and told, each person in a calendar of their own", async () => {
    await organizer.goto(program.link);
    await press(organizer, "Sign in");
    example = new URL(program.run("demo").match(/desk is at\s+(\S+)/)[1]).pathname;
    await organizer.goto(`${example}/discussion`);
    await organizer.locator("#place").fill("Room 1; the one, with “books”");
    await press(organizer, "Make the groups");
    await organizer.getByRole("heading", { name: "Group 1", exact: true }).waitFor();
    await organizer.getByRole("button", { name: /^Send \d+ appointments?$/ }).click();
    const mails = await program.mails(3);
    for (const mail of mails) {
      const event = appointment(mail);
      same([event.method, event.status, event.sequence, event.attendees.length], ["REQUEST", "CONFIRMED", 0, 1]);
      equal(event.starts.zone.tzid, "UTC");
      equal(event.location, "Room 1; the one, with “books”");
      ok(event.minutes > 0);
    }
    seat = mails[0].match(/https?:\/\/\S+?(\/g\/[\w-]{20,})/)[1];
    first = appointment(mails[0]);
  });

  await step("an answer by the link: perhaps, yes", async () => {
    const guest = await person({ javaScriptEnabled: false });
    await guest.goto(seat);
    for (const [button, said] of [["Perhaps", "You said that perhaps you come."], ["I come", "You said that you come."]]) {
      await press(guest, button);
      await guest.getByText(said).waitFor();
    }
    const seen = await person();
    await seen.goto(seat);
    await look(seen, "seat-answered");
    await seen.goto(`${seat}/poll`);
    await look(seen, "poll-before");
    for (const agree of await seen.getByRole("radio", { name: "Agree" }).all()) await agree.check();
    await press(seen, "Keep what I said");
    await seen.getByText("What you said is kept.").waitFor();
    for (const file of ["guide.pdf", "guide-letter.pdf", "guide.html", "guide.md"]) {
      const answer = await seen.request.get(`${seat}/guide/${file}`);
      equal(answer.status(), 200, file);
    }
    const chinese = await person({ locale: "zh-CN" });
    await chinese.goto(seat);
    await look(chinese, "seat-zh");
  });

  await step("another place is an update, no is a cancellation, and yes again an appointment again", async () => {
    const group = sqlite(`SELECT lower(hex(id)) FROM discussion_group WHERE lower(hex(id)) = '${first.uid.slice(0, 32)}'`).trim();
    ok(group, "the appointment's name is not that of a group");
    await organizer.goto(`${example}/discussion/${group}/guide`);
    await look(organizer, "guide-desk");
    await organizer.getByLabel("Room or link").fill("Room 2");
    await press(organizer, "Change it and tell the group");
    const events = async (count) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const found = (await program.mails(1)).filter((mail) => mail.includes(seat)).map(appointment).filter(Boolean);
        if (found.length >= count) return found;
        await new Promise((then) => setTimeout(then, 100));
      }
      throw new Error(`there are not ${count} appointments`);
    };
    const [, update] = await events(2);
    same([update.method, update.uid, update.sequence, update.location], ["REQUEST", first.uid, 1, "Room 2"]);
    const guest = await person();
    await guest.goto(seat);
    await press(guest, "I cannot come");
    await guest.getByRole("heading", { level: 1, name: "You gave your seat back" }).waitFor();
    await look(guest, "seat-given-back");
    const ended = await program.mailWith("METHOD:CANCEL");
    const cancel = appointment(ended);
    same([cancel.method, cancel.status, cancel.uid, cancel.sequence], ["CANCEL", "CANCELLED", first.uid, 2]);
    await press(guest, "I would like to come after all");
    const page = await guest.getByRole("heading", { level: 1 }).first().textContent();
    ok(/Your seat|You have no seat yet/.test(page), page);
    await look(guest, "seat-after-all");
  });

  await step("a host has a page with people, notes and the guide", async () => {
    const hash = createHash("sha256").update(HOST).digest("hex");
    // Who leads is the organizer's to say; here it is put into the table.
    sqlite(`INSERT INTO discussion_host (id, discussion_id, questionnaire_id, name, address, languages, free, most, token_hash)
      SELECT randomblob(16), id, questionnaire_id, 'Chen', 'chen@example.org', '["en"]', '{}', 1, '${hash}' FROM discussion;
      UPDATE discussion_group SET host_id = (SELECT id FROM discussion_host) WHERE number = 1;`);
    program.pass(24 * 60);
    const host = await person();
    await host.goto(`/h/${HOST}`);
    await look(host, "host");
    await host.getByRole("checkbox").first().check();
    await press(host, "Keep who was there");
    await host.getByText("Who was there is kept.").waitFor();
    ok(await host.getByRole("checkbox").first().isChecked());
    const other = await person();
    await other.goto(`/h/${HOST}`);
    await host.getByLabel("What you see alike").fill("All want it slow.");
    await press(host, "Keep the notes");
    await host.getByText("The notes are kept.").waitFor();
    await other.getByLabel("What you see alike").fill("Nothing, so far.");
    await press(other, "Keep the notes");
    await look(other, "host-both");
    equal(await other.getByLabel("What you see alike").inputValue(), "Nothing, so far.");
    await other.goto("/h/none");
    await look(other, "host-unknown");
  });

  await step("the echo is looked through, published and read by everybody", async () => {
    await organizer.goto(`${example}/echo`);
    // Two months have passed for the program: the organizer signs in again.
    if (organizer.url().includes("/sign-in")) {
      await organizer.goto(program.run("sign-in").match(/(\/sign-in\/\S+)/)[1]);
      await press(organizer, "Sign in");
      await organizer.goto(`${example}/echo`);
    }
    await look(organizer, "echo-desk");
    await press(organizer, "Keep it and see what everybody would read");
    await look(organizer, "echo-preview");
    await press(organizer, "Publish it");
    const reader = await person();
    await reader.goto(`/q/${example.split("/").at(-1)}/echo`);
    await reader.getByText("All want it slow.").waitFor();
    await look(reader, "echo");
  });
}
