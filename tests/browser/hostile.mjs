// Words that try to become code (tests/data/xss), in every field that keeps words and in every
// format that an article comes in; then every page and every mail is looked at, once with the
// policy of the pages switched off, so that whatever got through would run, and once with it on,
// where nothing may be stopped by it.
import { ok, deepStrictEqual as same } from "node:assert";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { organizer as signIn } from "./desk.mjs";

/** After each payload: whatever it left open is closed again. */
const CLOSED = `'"-->]]></textarea></title></style></script></noscript></template></select></option></svg></math></xmp></table></a>`;
/** Columns and fields that hold words even where what is there now looks like a name. */
const WORDS = /^(name|title|place|source|subject|tag|said|detail|last_reply|note|signed|wish|paused_why|text|summary|introduction|prompt|help|label|other|quote|low|high|thanks|browser|line|off_because|comment)$/;
/** Values that programs read: keys, states, days, addresses, prints. */
const MACHINE = /^[\w.:+@/=-]*$|^\d{4}-\d\d-\d\d/;
const TABLES_LEFT_ALONE = /^(seaql_migrations|setting|session|sign_in_link|spool|mail_pace|mail_day|mailbox|idempotent|api_token)$/;
const FILES = /\.(csv|xlsx|json|jsonl|pdf|zip|md|txt|ics|docx|typ|js|css)$|\/(download|live|stream)/;

export async function tell({ person, step, program, root }) {
  const corpus = JSON.parse(readFileSync(join(root, "tests/data/xss/payloads.json"), "utf8")).map((each) => each.payload);
  const all = (between) => corpus.map((payload) => payload + CLOSED).join(between);
  const sqlite = (sql, ...flags) => execFileSync("sqlite3", [...flags, "-cmd", ".timeout 8000", program.database], { input: sql, encoding: "utf8", maxBuffer: 1 << 28 });
  const organizer = await signIn({ person, program });
  const starts = new Set(["/", "/help", "/desk", "/desk/account", "/desk/new", "/desk/contacts", "/desk/contacts/lists", "/desk/contacts/import", "/desk/outbox", "/desk/inbox", "/desk/new/polis"]);
  let example;
  let form;

  await step("something of everything is there", async () => {
    example = new URL(program.run("demo").match(/desk is at\s+(\S+)/)[1]).pathname;
    form = example.replace("/desk", "");
    starts.add(example).add(form).add(`${form}/article`);
    const press = (name) => organizer.getByRole("button", { name }).first().click();
    await organizer.goto(`${example}/discussion`);
    await press("Make the groups");
    await organizer.getByRole("heading", { name: "Group 1", exact: true }).waitFor();
    await press(/^Send \d+ appointments?$/);
    await program.mails(3);
    await organizer.goto(`${example}/brief/publish`);
    await organizer.locator("main form button").first().click();
    await organizer.goto(`${example}/invitations`);
    await organizer.getByLabel("One person a line").fill("Ann <ann@example.org>\nBob <bob@example.org>\nno address at all");
    await press("Look at the list");
    const list = organizer.url();
    await organizer.getByLabel("they agreed to hear from me").check();
    await organizer.getByLabel("Where the addresses come from").fill("a circle");
    await organizer.getByLabel("When they agreed").fill("2026-08-12");
    await press(/^Import /);
    starts.add(new URL(list).pathname);
  });

  await step("every word in the database tries to become code", async () => {
    let turn = 0;
    const next = () => corpus[(turn += 1) % corpus.length] + CLOSED;
    // The first rows hold all of it, the others one each.
    const hostile = (row) => (row < 1 ? all(" ") : next());
    const poison = (value, row, name) => {
      if (typeof value === "string") return MACHINE.test(value) && !(WORDS.test(name) && value) ? value : hostile(row);
      if (Array.isArray(value)) return value.map((each) => poison(each, row + 1, name));
      if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poison(each, row + 1, key)]));
      return value;
    };
    const tables = JSON.parse(sqlite("select name from sqlite_master where type = 'table'", "-json")).map((each) => each.name);
    const changes = [];
    for (const table of tables.filter((name) => !TABLES_LEFT_ALONE.test(name))) {
      const columns = JSON.parse(sqlite(`pragma table_info("${table}")`, "-json") || "[]");
      const keys = columns.filter((column) => column.pk).map((column) => column.name);
      const texts = columns.filter((column) => /^text/i.test(column.type) && !column.pk && !/_hash$|_folded$|^(body|template)$/.test(column.name)).map((column) => column.name);
      if (!texts.length || !keys.length) continue;
      const names = [...texts.map((name) => `"${name}"`), ...keys.map((name) => `quote("${name}") as "key ${name}"`)];
      const rows = JSON.parse(sqlite(`select ${names} from "${table}"`, "-json") || "[]");
      for (const [row, of] of rows.entries()) {
        const set = [];
        for (const column of texts) {
          const value = of[column];
          if (typeof value !== "string" || !value) continue;
          let changed;
          try {
            const read = JSON.parse(value);
            changed = typeof read === "object" ? JSON.stringify(poison(read, row, column)) : value;
          } catch {
            changed = poison(value, row, column);
          }
          if (changed !== value) set.push(`"${column}" = cast(x'${Buffer.from(changed.replaceAll("\0", "")).toString("hex")}' as text)`);
        }
        const where = keys.map((key) => `"${key}" = ${of[`key ${key}`]}`);
        if (set.length) changes.push(`update "${table}" set ${set} where ${where.join(" and ")};`);
      }
    }
    await program.crash();
    sqlite(`begin;\n${changes.join("\n")}\ncommit;`);
    await program.again();
    ok(changes.length > 300, `only ${changes.length} rows were changed`);
  });

  await step("articles of every format, a list of people, answers and mails are brought as well", async () => {
    const blocks = all("\n\n");
    const lines = corpus.map((payload) => payload.replace(/\s+/g, " "));
    const yaml = JSON.stringify(`${lines.join(" ")}`);
    const markdown = `---\ntitle: ${yaml}\nauthor: ${yaml}\nsummary: ${yaml}\nlink: ${JSON.stringify(`https://x.example/"><script>__x(1)</script>`)}\n---\n\nQuestions for you:\n\n`;
    const places = lines.map((each) => `- [x](${each}) ![${each}](${each}) [${each}]\n# ${each}\n`).join("\n");
    const pasted = `<h2>Tea</h2>${blocks}<p>Where would you go?</p>`;
    const brought = [
      ["a.md", markdown + places + blocks],
      ["a.html", `<html><head><title>${all(" ")}</title></head><body><article><p>${"Words, and more words, so that it is an article. ".repeat(20)}</p>${blocks}</article></body></html>`],
      ["a.txt", blocks],
      ["b.md", blocks],
      ["c.html", blocks],
    ];
    const send = async (multipart) => {
      const answer = await organizer.request.post("/desk/new", { multipart, maxRedirects: 0 });
      ok(answer.status() === 303, `${answer.status()} for ${JSON.stringify(multipart).slice(0, 80)}`);
      const desk = new URL(answer.headers().location, program.address).pathname;
      starts.add(desk).add(desk.replace(/\/article$/, "/questionnaire"));
    };
    for (const [name, text] of brought) await send({ file: { name, mimeType: "text/plain", buffer: Buffer.from(text) } });
    await send({ html: pasted, text: "Tea" });
    await send({ text: blocks });
    const csv = lines.map((each, at) => `"${each.replaceAll('"', '""')}",p${at}@example.org,"${each.replaceAll('"', '""')}"`).join("\n");
    const import_ = await organizer.request.post("/desk/contacts/import", { multipart: { file: { name: `${lines[0]}.csv`, mimeType: "text/csv", buffer: Buffer.from(`Name,Mail,${lines[20]}\n${csv}\nx,no address,${lines[3]}\n`) } }, maxRedirects: 0 });
    if (import_.status() === 303) starts.add(new URL(import_.headers().location, program.address).pathname);
    const reader = await person();
    await reader.goto(form);
    for (const field of await reader.locator("form#answers textarea, form#answers input[type=text]").all()) await field.evaluate((element, text) => { element.value = text; }, all(" ").slice(0, 5000));
    await reader.locator("form#answers").evaluate((element) => { element.noValidate = true; HTMLFormElement.prototype.submit.call(element); });
    await reader.waitForLoadState();
    starts.add(new URL(reader.url()).pathname);
    await organizer.goto(`${example}/invitations`);
    const invite = organizer.getByRole("button", { name: /^Invite / });
    if (await invite.count()) await invite.first().click();
    await program.mailWith("ann@example.org");
    for (const mail of await program.mails(1)) for (const [, path] of mail.matchAll(/https?:\/\/[^/\s]+(\/[gihr]\/[\w-]{20,})/g)) starts.add(path);
  });

  const seen = new Map();
  const ran = [];
  const watch = async (page, where) => {
    const told = (what) => ran.push(`${where()}: ${what}`);
    await page.exposeFunction("__told", told);
    await page.addInitScript(() => {
      window.__x = (what) => window.__told(`it ran: ${what}`);
      for (const name of ["alert", "confirm", "prompt"]) window[name] = (what) => window.__told(`${name}: ${what}`);
      document.addEventListener("securitypolicyviolation", (event) => window.__told(`against the policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    page.on("dialog", (dialog) => (told("a dialog"), dialog.dismiss()));
    page.on("request", (request) => {
      if (!/^(data|about|blob):/.test(request.url()) && !request.url().startsWith(program.address)) told(`another host was asked: ${request.url()}`);
    });
  };
  /** What stands in a page that no page of ours has. */
  const strange = () => {
    const found = [];
    for (const each of document.querySelectorAll("*")) {
      for (const { name, value } of each.attributes) {
        if (/^on/i.test(name)) found.push(`${each.localName} ${name}`);
        if (/^(href|src|action|formaction|srcdoc|xlink:href|data)$/i.test(name) && /^[\s\x00-\x20]*(javascript|vbscript|data|blob):/i.test(value) && each.localName !== "link") found.push(`${each.localName} ${name}=${value.slice(0, 60)}`);
      }
      // Our own preview is in frames.
      const own = each.localName === "iframe" && /^\/desk\/q\/[^/]+\/preview\/form/.test(each.getAttribute("src")) && !each.hasAttribute("srcdoc");
      if (!own && /^(iframe|object|embed|base|marquee|xss|frame|applet|plaintext|xmp)$/.test(each.localName)) found.push(each.localName);
      if (/^(script|style)$/.test(each.localName) && each.textContent.includes("__x")) found.push(each.localName);
    }
    return { found: found.slice(0, 5), shows: (document.body?.textContent ?? document.documentElement.textContent).includes("__x(1)") };
  };
  /** Addresses of the same kind are visited twice at most. */
  const kind = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{22,}|\d+/g, "*").replace(/q\/[^/]+/, "q/*");

  const visit = async (bypassCSP) => {
    const cookies = await organizer.context().cookies();
    const queue = [...starts];
    const kinds = new Map();
    const known = new Set(queue);
    let busy = 0;
    const worker = async () => {
      const page = await person({ bypassCSP });
      await page.context().addCookies(cookies);
      await watch(page, () => page.url().replace(program.address, ""));
      for (;;) {
        const path = queue.shift();
        if (!path) {
          if (!busy) break;
          await new Promise((then) => setTimeout(then, 50));
          continue;
        }
        busy += 1;
        try {
          const answer = await page.goto(path, { waitUntil: "load" });
          const { found, shows } = await page.evaluate(strange);
          if (found.length) ran.push(`${path}: ${found}`);
          if (answer.status() >= 500) ran.push(`${path}: status ${answer.status()}`);
          seen.set(path, shows);
          const links = await page.evaluate(() => [...document.querySelectorAll("a[href], img[src]")].map((each) => each.href || each.src));
          for (const link of links) {
            if (!link.startsWith(`${program.address}/`)) continue;
            const { pathname, search } = new URL(link);
            const to = pathname + search;
            if (known.has(to) || FILES.test(pathname) || /^\/(assets|sign-out)/.test(pathname)) continue;
            known.add(to);
            const times = kinds.get(kind(to)) ?? 0;
            kinds.set(kind(to), times + 1);
            if (times < (bypassCSP ? 2 : 1)) queue.push(to);
          }
        } catch (error) {
          if (!/Download is starting/.test(error.message)) ran.push(`${path}: ${error.message.split("\n")[0]}`);
        }
        busy -= 1;
      }
      await page.context().close();
    };
    await Promise.all([worker(), worker(), worker()]);
  };

  await step("with the policy off, nothing runs on any page", async () => {
    await visit(true);
    same(ran.splice(0).slice(0, 20), []);
    const showing = [...seen.values()].filter(Boolean).length;
    console.log(`      ${corpus.length} payloads, ${seen.size} pages, ${showing} of them show some`);
    ok(showing > 40, `only ${showing} of ${seen.size} pages show what was put in`);
  });

  await step("with the policy on, there is nothing for it to stop", async () => {
    await visit(false);
    same(ran.splice(0).slice(0, 20), []);
  });

  await step("nothing runs in any mail", async () => {
    const page = await person({ bypassCSP: true });
    let name;
    await watch(page, () => name);
    let shown = 0;
    for (name of readdirSync(join(program.data, "outbox")).filter((each) => each.endsWith(".eml"))) {
      for (const html of htmlOf(readFileSync(join(program.data, "outbox", name), "latin1"))) {
        await page.goto("about:blank");
        await page.setContent(html, { waitUntil: "load" });
        const { found, shows } = await page.evaluate(strange);
        if (found.length) ran.push(`${name}: ${found}`);
        shown += shows;
      }
    }
    same(ran.splice(0).slice(0, 20), []);
    ok(shown > 1, `only ${shown} mails show what was put in`);
    console.log(`      ${shown} mails show some`);
  });
}

/** The HTML in a mail, its transfer encoding undone. */
function htmlOf(mail) {
  const found = [];
  for (const [, head, body] of mail.matchAll(/((?:^[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)+)\r?\n([^]*?)(?=\r?\n--|$(?![^]))/gm)) {
    if (!/content-type: text\/html/i.test(head)) continue;
    if (/base64/i.test(head)) found.push(Buffer.from(body, "base64").toString("utf8"));
    else {
      const bytes = body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      found.push(Buffer.from(/quoted-printable/i.test(head) ? bytes : body, "latin1").toString("utf8"));
    }
  }
  return found;
}
