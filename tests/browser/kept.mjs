// What the database holds, word for word, whatever the pages say about it.
import { execFileSync, spawn } from "node:child_process";

/** Runs a query; a list of rows, each a list of texts. */
export function query(database, sql) {
  const out = execFileSync("sqlite3", ["-cmd", ".timeout 5000", "-separator", "|", database, sql], { encoding: "utf8", maxBuffer: 1 << 28 });
  return out.split("\n").filter(Boolean).map((line) => line.split("|"));
}

/** Every text that was kept and begins with this mark: with its response, revision and standing. */
export function keptWith(database, mark) {
  const rows = query(
    database,
    `SELECT hex(a.response_id), a.revision, r.revision, r.standing, hex(a.value)
       FROM answer a JOIN response r ON r.id = a.response_id
      WHERE instr(a.value, '${mark}') > 0 ORDER BY a.response_id, a.revision`,
  );
  return rows.map(([response, revision, counts, standing, hex]) => ({
    response,
    revision: Number(revision),
    counts: revision === counts,
    standing,
    texts: textsIn(JSON.parse(Buffer.from(hex, "hex").toString("utf8"))),
  }));
}

/** Every text in an answer, whatever its shape. */
function textsIn(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

/** Another process that keeps the database's write lock until it is let go. */
export async function lockOf(database) {
  const holder = spawn("sqlite3", [database], { stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  holder.stdout.on("data", (text) => (said += text));
  holder.stdin.write(".timeout 10000\nBEGIN IMMEDIATE;\nSELECT 'held';\n");
  for (let tries = 0; !said.includes("held"); tries += 1) {
    if (tries > 150) throw new Error("the lock was not to be had");
    await new Promise((soon) => setTimeout(soon, 100));
  }
  return () =>
    new Promise((then) => {
      holder.once("exit", then);
      holder.stdin.end("ROLLBACK;\n.quit\n");
    });
}

/** The database refuses every response from now on, as a full disk does, until it is let go. */
export function refusalOf(database) {
  for (const table of ["response", "revision", "answer"]) {
    query(database, `CREATE TRIGGER refuse_${table} BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
  }
  return () => {
    for (const table of ["response", "revision", "answer"]) query(database, `DROP TRIGGER refuse_${table}`);
  };
}
