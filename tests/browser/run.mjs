// The tests in a headless browser, on the real program and empty folders.
//
//   node tests/browser/run.mjs                    all parts, with the program in target/debug
//   node tests/browser/run.mjs losses access      some parts: story, editor, meetings, losses, access, results, tables, live, keys, hostile, html, lighthouse
//   ONLY='^7|lock' node tests/browser/run.mjs losses    the steps whose names match
//   SLOW=700 node tests/browser/run.mjs           as on a slow line, which finds steps that do not wait for a page
//   SCREENSHOTS=folder node tests/browser/run.mjs    and a picture of every page
//
// story       the whole way: bring the article, publish it, answer, read what was said, seat, invite
// meetings    from the appointment to the echo: calendars, answers by link, the host's page, the poll
// editor      a newcomer, the keyboard, two tabs; axe-core on every page of the desk
// losses      the moments at which forms lose what was written; nothing is lost at any of them
// access      what WCAG 2.2 asks of the reader's pages, a step for each row
// results     the page of results, its filters, its cross-table and its pictures as files
// live        results that keep themselves up to date, and readers who begin
// keys        passkeys, and accounts elsewhere
// tables      the discussion at the desk: groups made, watched, changed by keyboard and by dragging
// hostile     words that try to become code, in every field and format: none does, on any page or in any mail
// html        every page that the other parts saw, as it was served, through the Nu HTML checker
// lighthouse  the form on a phone, and what it weighs
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { collection } from "./html.mjs";
import { start } from "./program.mjs";
import { suite } from "./suite.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const LONGEST = 15 * 60 * 1000;
const ALL = ["story", "editor", "meetings", "losses", "access", "results", "tables", "live", "keys", "hostile", "html", "lighthouse"];

const wanted = process.argv.slice(2);
const parts = wanted.length ? wanted : ALL;
const tally = { passed: 0, failed: 0 };
const pages = collection();
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const late = setTimeout(() => {
  console.log(`FAILED: not over after ${LONGEST / 60_000} minutes`);
  console.log(`TOTAL ${tally.passed} passed, ${tally.failed + 1} failed`);
  process.exit(1);
}, LONGEST);

/** One part on a program of its own. */
async function part(name, mayLog = () => false) {
  if (!parts.includes(name)) return;
  const began = Date.now();
  const { tell, settings = {} } = await import(`./${name}.mjs`);
  const program = await start(root, settings);
  // Pages of hostile words are looked at in their own way.
  const collect = name === "hostile" ? undefined : pages.collect;
  const tools = suite({ name, browser, program, tally, collect, screenshots: process.env.SCREENSHOTS });
  const article = `${root}examples/article.md`;
  try {
    await tell({ ...tools, root, executablePath, article, source: readFileSync(article, "utf8") });
  } catch (error) {
    await tools.step("the part was told to its end", () => Promise.reject(error));
  }
  await tools.step("nothing was logged as an error", async () => {
    // On a busy machine one may wait for a second; ten are more than that.
    const waited = (line) => line.includes(": slow statement: ") && Number(line.match(/ elapsed_secs=([\d.]+)/)?.[1]) < 10;
    const odd = (line) => / ERROR | WARN /.test(line) && !waited(line);
    const errors = program.log().split("\n").filter((line) => odd(line) && !mayLog(line));
    if (errors.length) throw new Error(errors.slice(0, 5).join("\n"));
  });
  await program.stop();
  console.log(`      ${name}: ${Math.round((Date.now() - began) / 1000)} s`);
}

// Two at a time, the longest first, so that both end together.
const queue = ["access", "losses", "story", "tables", "hostile", "editor", "results", "live", "meetings", "keys"];
/** Parts whose servers go down, or are asked too much. */
const mayLog = new Set(["access", "losses", "hostile"]);
const work = async () => {
  for (let name = queue.shift(); name; name = queue.shift()) {
    const own = mayLog.has(name);
    await part(name, () => own);
  }
};
await Promise.all([work(), work()]);
if (parts.includes("html")) await pages.check(tally);
// Alone, since it measures.
await part("lighthouse");

clearTimeout(late);
await browser.close();
console.log(`TOTAL ${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
