// The program itself, on a folder of its own: started, stopped, killed, frozen, its clock moved.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const soon = (milliseconds) => new Promise((then) => setTimeout(then, milliseconds));

/** The library of Debian's `faketime` that moves a program's clock, if it is here. */
function clockLibrary() {
  const found = readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`);
  return found.find((path) => existsSync(path));
}

/** Starts it and waits for its address and its link to sign in; `settings` are set by the environment. */
export async function start(root, settings = {}) {
  const binary = process.env.COLLOQUY || join(root, "target/debug/colloquy");
  const data = mkdtempSync(join(tmpdir(), "colloquy-browser-"));
  const clock = join(data, "clock");
  const library = clockLibrary();
  // Tests answer faster than people do.
  const env = { ...process.env, COLLOQUY_LIMITS__FORM_SECONDS: "0", ...settings };
  if (library) {
    writeFileSync(clock, "+0");
    // The file is read again at each look at the clock; what measures durations is left alone.
    Object.assign(env, { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: "1" });
    Object.assign(env, { FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1" });
  }
  let ahead = 0;
  let child;
  let said = "";
  let log = "";
  const launch = (port) => {
    said = "";
    child = spawn(binary, ["--port", port, "--data", data], { cwd: data, env });
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (log += text));
  };
  const kill = () => {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  };
  const dead = (process) =>
    process.exitCode !== null || process.signalCode !== null ? Promise.resolve() : new Promise((then) => process.once("exit", then));
  process.on("exit", kill);
  launch(settings.COLLOQUY_SERVER__PORT ?? "0");
  const began = Date.now();
  let found;
  while (!(found = said.match(/answers at (http:\S+?)\/\n[^]*?(http:\S+\/sign-in\/\S+)\n/))) {
    if (Date.now() - began > 30_000 || child.exitCode !== null) throw new Error(`it did not start: ${said}${log}`);
    await soon(50);
  }
  const address = found[1];
  return {
    address,
    link: found[2],
    data,
    database: join(data, "colloquy.db"),
    kill,
    log: () => log,
    /** kill -9: nothing is tidied up. */
    crash: async () => {
      const gone = dead(child);
      child.kill("SIGKILL");
      await gone;
    },
    /** Starts it again at the same address, on the same folder. */
    again: async () => {
      launch(new URL(address).port);
      for (let tries = 0; tries < 300; tries += 1) {
        if (await fetch(`${address}/health`).then((answer) => answer.ok, () => false)) return;
        await soon(100);
      }
      throw new Error(`it did not start again: ${said}${log}`);
    },
    /** It neither answers nor hangs up. */
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    /** Lets time pass for it alone, at once; its clock never goes back. */
    pass: (hours) => {
      if (!library) throw new Error("Debian's package faketime is not installed");
      ahead += hours * 3600;
      writeFileSync(`${clock}.new`, `+${ahead}`);
      renameSync(`${clock}.new`, clock);
    },
    /** Runs a command of the program on the same folder. */
    run: (...command) => execFileSync(binary, [...command, "--data", data], { cwd: data, env, timeout: 60_000, encoding: "utf8" }),
    /** The mails written so far, newest last, once there are as many. */
    mails: async (least) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const mails = await written(data);
        if (mails.length >= least) return mails;
        await soon(100);
      }
      throw new Error(`there are not ${least} mails`);
    },
    /** The first mail whose text holds this, once it is written. */
    mailWith: async (text) => {
      for (let tries = 0; tries < 300; tries += 1) {
        const found = (await written(data)).find((mail) => mail.includes(text));
        if (found) return found;
        await soon(100);
      }
      throw new Error(`there is no mail with ${text}`);
    },
    stop: async () => {
      const gone = dead(child);
      child.kill("SIGTERM");
      const late = setTimeout(kill, 10_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** A line to a program that can swallow what comes back after a form was sent. */
export async function badLine(address) {
  const to = Number(new URL(address).port);
  let swallowing = false;
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    let silent = false;
    near.on("data", (bytes) => {
      if (swallowing && bytes.subarray(0, 5).toString() === "POST ") {
        silent = true;
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => (silent ? near.destroy() : near.write(bytes)));
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => (open.delete(one), other.destroy()));
    }
  });
  await new Promise((then) => server.listen(0, "127.0.0.1", then));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    swallow: (now) => (swallowing = now),
    close: () => {
      server.close();
      for (const each of open) each.destroy();
    },
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
