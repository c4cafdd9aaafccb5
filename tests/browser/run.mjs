// The whole way in a headless browser, on the real program and an empty folder: bring the
// article, publish it, answer as three readers, read what was said, seat, invite, stop.
//
//   node tests/browser/run.mjs                  the program in target/debug
//   SCREENSHOTS=folder node tests/browser/run.mjs    and a picture of every page
//
// Every page is looked at on a phone and on a desk, in light and in dark: no finding of
// axe-core, nothing wider than the screen, no message on the console, no other host.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { start } from "./program.mjs";
import * as story from "./story.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const screenshots = process.env.SCREENSHOTS;
const LONGEST = 8 * 60 * 1000;

const program = await start(root);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const complaints = [];
let passed = 0;
let failed = 0;

/** A person with a browser of their own. */
async function person(options = {}) {
  const context = await browser.newContext({
    baseURL: program.address,
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  context.on("console", (message) => {
    // A page that answers with an error status is reported by the browser itself.
    const expected = /status of (404|410|422)/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected) {
      complaints.push(`console: ${message.text()} at ${message.location().url}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`script: ${error.error()}`));
  context.on("request", (request) => {
    const url = request.url();
    const ours = url.startsWith(program.address) || url.startsWith("data:");
    if (!ours) complaints.push(`another host was asked: ${url}`);
  });
  return context.newPage();
}

/** Looks at the page as it stands, on a phone and on a desk, in light and in dark. */
async function look(page, name) {
  const before = page.viewportSize();
  const found = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const where = `${name} ${width} ${colorScheme}`;
      await page.evaluate(axe.source);
      const results = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
      for (const { id, help, nodes } of results.violations) {
        found.push(`${where}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
      }
      const wide = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return "";
        const over = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > clientWidth + 1);
        return `${scrollWidth} pixels wide: ${over.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ")}`;
      });
      if (wide) found.push(`${where}: ${wide}`);
      if (screenshots) {
        await page.screenshot({ path: `${screenshots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  if (found.length) throw new Error(found.join("\n"));
}

/** One step of the story; what fails is told, and the story goes on as far as it can. */
async function step(name, act) {
  const began = Date.now();
  complaints.length = 0;
  try {
    await act();
    if (complaints.length) throw new Error(complaints.join("\n"));
    passed += 1;
    console.log(`ok    ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name} (${Date.now() - began} ms)\n${error.message.replace(/^/gm, "      ")}`);
  }
}

const late = setTimeout(() => {
  console.log(`FAILED: not over after ${LONGEST / 60_000} minutes`);
  console.log(`TOTAL ${passed} passed, ${failed + 1} failed`);
  program.kill();
  process.exit(1);
}, LONGEST);

const article = `${root}examples/article.md`;
await story.tell({ person, look, step, program, article, source: readFileSync(article, "utf8") });
await step("nothing was logged as an error", async () => {
  const errors = program.log().split("\n").filter((line) => / ERROR | WARN /.test(line));
  if (errors.length) throw new Error(errors.slice(0, 5).join("\n"));
});

clearTimeout(late);
await browser.close();
await program.stop();
console.log(`TOTAL ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
