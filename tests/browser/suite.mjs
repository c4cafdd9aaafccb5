// What every part of the browser tests needs: people with browsers of their own, steps that are
// told and counted, and a look at each page.
import axe from "axe-core";

/** With `SLOW`, every request waits so many milliseconds: steps that do not wait for what they look at fail. */
const SLOW = Number(process.env.SLOW ?? 0);

/** Steps of one part, on one program. What is counted goes to `tally`, pages to `collect`. */
export function suite(around) {
  const { name, browser, program, tally, collect = () => {}, screenshots } = around;
  const complaints = [];

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
      // A page that answers with an error status, or not at all, is reported by the browser itself.
      const expected = /Failed to load resource/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !expected) {
        complaints.push(`console: ${message.text()} at ${message.location().url}`);
      }
    });
    context.on("weberror", (error) => complaints.push(`script: ${error.error()}`));
    context.on("request", (request) => {
      const url = request.url();
      const ours = /^http:\/\/(127\.0\.0\.1|localhost):/.test(url) || /^(data|chrome|chrome-error):/.test(url);
      if (!ours) complaints.push(`another host was asked: ${url}`);
    });
    context.on("response", (response) => collect(response));
    if (SLOW) await context.route("**", (route) => setTimeout(() => route.fallback().catch(() => {}), SLOW));
    return context.newPage();
  }

  /** Looks at the page as it stands: on these widths, in light and in dark. */
  async function look(page, what, widths = [390, 1280]) {
    const before = page.viewportSize();
    const found = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const where = `${what} ${width} ${colorScheme}`;
        found.push(...(await violations(page, colorScheme)).map((each) => `${where}: ${each}`));
        const wide = await tooWide(page);
        if (wide) found.push(`${where}: ${wide}`);
        if (screenshots) {
          await page.screenshot({ path: `${screenshots}/${what}-${width}-${colorScheme}.png`, fullPage: true });
        }
      }
    }
    await page.setViewportSize(before);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    if (found.length) throw new Error(found.join("\n"));
  }

  /** One step; what fails is told, and the part goes on as far as it can. */
  async function step(what, act) {
    const began = Date.now();
    complaints.length = 0;
    const took = () => `${name}: ${what} (${Date.now() - began} ms)`;
    try {
      await within(120_000, act());
      if (complaints.length) throw new Error(complaints.join("\n"));
      tally.passed += 1;
      console.log(`ok    ${took()}`);
      return null;
    } catch (error) {
      tally.failed += 1;
      console.log(`FAILED ${took()}\n${String(error.message).replace(/^/gm, "      ")}`);
      return error;
    }
  }

  /** The same once more, for steps that go on at the same time. */
  const another = () => suite(around);

  return { person, look, step, program, another };
}

/** A promise that is given up after so many milliseconds. */
async function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not over after ${milliseconds / 1000} seconds`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The rules of axe-core that look at colours: in the dark, nothing else is different. */
const OF_COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

/** What axe-core finds, a line each. */
export async function violations(page, colorScheme) {
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe.source);
  const options = { resultTypes: ["violations"], ...(colorScheme === "dark" && OF_COLOURS) };
  const results = await page.evaluate((options) => globalThis.axe.run(options), options);
  return results.violations.map(({ id, help, nodes }) => {
    const where = nodes.map((node) => node.html.slice(0, 160)).slice(0, 3);
    return `${id}: ${help}: ${where.join(" | ")}`;
  });
}

/** What makes the page wider than the screen; nothing if it is not. */
export function tooWide(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return "";
    const over = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth} pixels wide: ${over.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ")}`;
  });
}
