// Every page as it was served, through the Nu HTML checker.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const CHECKER = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

/** Pages are collected while others test, and checked together: starting Java takes longest. */
export function collection() {
  const seen = new Map();
  const arriving = new Set();

  const take = async (response) => {
    const html = await response.text();
    // Two receipts are one page to the checker, whatever their links are.
    const shape = html.replace(/[\w-]{20,}|\d+/g, "");
    const name = createHash("sha256").update(shape).digest("hex").slice(0, 12);
    if (!seen.has(name)) seen.set(name, { html, of: `${response.request().method()} ${new URL(response.url()).pathname} ${response.status()}` });
  };

  return {
    /** Takes a page's response as it passes; other kinds of responses are let go by. */
    collect(response) {
      const type = response.headers()["content-type"] || "";
      const isPage = response.request().isNavigationRequest() && type.startsWith("text/html");
      if (!isPage || (response.status() >= 300 && response.status() < 400)) return;
      // A page that was left at once has no body any more.
      const taken = take(response).catch(() => {});
      arriving.add(taken);
      taken.then(() => arriving.delete(taken));
    },

    async check(tally) {
      await Promise.all(arriving);
      const folder = mkdtempSync(join(tmpdir(), "colloquy-html-"));
      for (const [name, { html }] of seen) writeFileSync(join(folder, `${name}.html`), html);
      const began = Date.now();
      let messages;
      try {
        const told = await promisify(execFile)("java", ["-jar", CHECKER, "--format", "json", "--exit-zero-always", folder], {
          timeout: 180_000,
          maxBuffer: 1 << 28,
        });
        ({ messages } = JSON.parse(told.stderr));
      } catch (error) {
        messages = [{ type: "error", message: `the checker did not run: ${String(error.message).slice(0, 500)}`, url: "" }];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      if (!seen.size) messages.push({ type: "error", message: "no page was collected", url: "" });
      // A reader may write what HTML does not like; it is shown as it was written.
      const errors = messages.filter(({ type, message }) => /error/.test(type) && !message.startsWith("Forbidden code point"));
      const by = new Map();
      for (const { message, url = "", extract = "" } of errors) {
        const of = seen.get(url.match(/(\w+)\.html$/)?.[1])?.of ?? url;
        const places = by.get(message) || by.set(message, { extract, of: new Set() }).get(message);
        places.of.add(of);
      }
      const wrong = [...by].map(([message, { extract, of }]) => `      ${message}\n        ${extract.trim().replace(/\s+/g, " ").slice(0, 160)}\n        ${[...of].slice(0, 4).join(", ")} (${of.size} pages)`);
      const what = `html: the Nu HTML checker has no error on ${seen.size} different pages`;
      tally[wrong.length ? "failed" : "passed"] += 1;
      console.log(`${wrong.length ? "FAILED" : "ok   "} ${what} (${Date.now() - began} ms)${wrong.map((line) => `\n${line}`).join("")}`);
    },
  };
}
