// The program itself, on a folder of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts it and waits for its address and its link to sign in. */
export async function start(root) {
  const binary = process.env.COLLOQUY || join(root, "target/debug/colloquy");
  const data = mkdtempSync(join(tmpdir(), "colloquy-browser-"));
  const child = spawn(binary, ["--port", "0", "--data", data], { cwd: data });
  let said = "";
  let log = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (log += text));
  const kill = () => {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  };
  process.on("exit", kill);
  const began = Date.now();
  let found;
  while (!(found = said.match(/answers at (http:\S+?)\/\n[^]*?(http:\S+\/sign-in\/\S+)\n/))) {
    if (Date.now() - began > 30_000 || child.exitCode !== null) throw new Error(`it did not start: ${said}${log}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
  return {
    address: found[1],
    link: found[2],
    data,
    kill,
    log: () => log,
    /** Runs a command of the program on the same folder. */
    run: (...command) => execFileSync(binary, [...command, "--data", data], { cwd: data, timeout: 60_000, encoding: "utf8" }),
    /** The mails written so far, newest last, once there are as many. */
    mails: async (least) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const mails = await written(data);
        if (mails.length >= least) return mails;
        await new Promise((soon) => setTimeout(soon, 100));
      }
      throw new Error(`there are not ${least} mails`);
    },
    /** The first mail whose text holds this, once it is written. */
    mailWith: async (text) => {
      for (let tries = 0; tries < 300; tries += 1) {
        const found = (await written(data)).find((mail) => mail.includes(text));
        if (found) return found;
        await new Promise((soon) => setTimeout(soon, 100));
      }
      throw new Error(`there is no mail with ${text}`);
    },
    stop: () =>
      new Promise((done) => {
        child.on("exit", done);
        child.kill("SIGTERM");
        setTimeout(kill, 10_000).unref();
      }),
  };
}

/** The mails in the outbox's folder, by name. */
async function written(data) {
  try {
    const names = readdirSync(join(data, "outbox")).filter((name) => name.endsWith(".eml")).sort();
    return names.map((name) => decode(readFileSync(join(data, "outbox", name), "utf8")));
  } catch {
    // The folder is made with the first mail.
    return [];
  }
}

/** A mail's text with its transfer encodings undone, enough to find words and links in it. */
function decode(mail) {
  const parts = mail.split(/\r?\n\r?\n/);
  const plain = parts.map((part, number) => {
    const head = parts[number - 1] || "";
    if (/Content-Transfer-Encoding: base64/i.test(head)) return Buffer.from(part.replace(/--\S+$/s, ""), "base64").toString("utf8");
    if (/Content-Transfer-Encoding: quoted-printable/i.test(head)) {
      const bytes = part.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, "latin1").toString("utf8");
    }
    return part;
  });
  return plain.join("\n\n");
}
