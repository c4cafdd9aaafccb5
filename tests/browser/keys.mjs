// Signing in with what is no mailed link: a passkey of the browser's own authenticator, and an
// account at a provider of OpenID Connect that others wrote.
import { strictEqual as equal, ok } from "node:assert";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import * as desk from "./desk.mjs";

const free = () =>
  new Promise((then) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => then(port));
    });
  });
const [port, elsewhere] = [await free(), await free()];
const issuer = `http://127.0.0.1:${elsewhere}`;

// Browsers know passkeys only at a name.
export const settings = {
  COLLOQUY_SERVER__PORT: String(port),
  COLLOQUY_SERVER__PUBLIC_URL: `http://localhost:${port}`,
  COLLOQUY_OPENID__ISSUER: issuer,
  COLLOQUY_OPENID__CLIENT_ID: "colloquy",
  COLLOQUY_OPENID__CLIENT_SECRET: "between us",
  COLLOQUY_OPENID__NAME: "Elsewhere",
};

/** An authenticator as a phone has it: it keeps keys and knows its person. */
async function device(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    keys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    refuse: () => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false }),
  };
}

async function provider(root) {
  const users = [
    { sub: "ada", email: "ada@example.org", email_verified: true },
    { sub: "eve", email: "eve@example.org", email_verified: true },
    // Says that she is Ada; nobody has checked it.
    { sub: "mallory", email: "ada@example.org", email_verified: false },
  ];
  const claims = users.flatMap((user) => ["--user-claims", JSON.stringify(user)]);
  const child = spawn(`${root}target/judges/bin/oidc-provider-mock`, ["--port", String(elsewhere), "--require-nonce", "true", ...claims], { stdio: "ignore" });
  process.on("exit", () => child.kill("SIGKILL"));
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(`${issuer}/.well-known/openid-configuration`).then((answer) => answer.ok, () => false)) return child;
    await new Promise((then) => setTimeout(then, 100));
  }
  throw new Error("the provider did not start");
}

export async function tell(tools) {
  const { person, look, step, root } = tools;
  const me = await desk.organizer(tools);
  const keeps = await device(me);

  const out = async () => {
    await me.goto("/desk/account");
    await me.getByRole("button", { name: "Sign out" }).click();
    await me.goto("/sign-in");
  };

  await step("a passkey is made, and signs in without a name", async () => {
    await me.goto("/desk/account");
    await me.getByLabel("Name").fill("Ada");
    await me.getByLabel("Mail address").fill("ada@example.org");
    await me.getByRole("button", { name: "Save" }).click();
    await me.goto("/desk/account/keys");
    await look(me, "keys-none");
    await me.getByLabel("What you call it").fill("my phone");
    await me.getByRole("button", { name: "Make a passkey" }).click();
    await me.getByRole("rowheader", { name: "my phone" }).waitFor();
    equal((await keeps.keys()).length, 1);
    await look(me, "keys-one");
    await out();
    await look(me, "sign-in");
    await me.getByRole("button", { name: "Sign in with a passkey" }).click();
    await me.waitForURL(/\/desk$/);
    await me.goto("/desk/account/keys");
    ok(!(await me.locator("main").innerText()).includes("not yet"), "it says when it was used");
  });

  await step("a device has one passkey for one organizer, and says when it makes no other", async () => {
    await me.getByRole("button", { name: "Make a passkey" }).click();
    await me.getByText("No passkey was made").waitFor();
    equal((await keeps.keys()).length, 1);
  });

  await step("a passkey that was removed signs nobody in", async () => {
    await me.getByRole("button", { name: "Remove my phone" }).click();
    await me.getByText("You have none yet.").waitFor();
    await out();
    await me.getByRole("button", { name: "Sign in with a passkey" }).click();
    await me.getByText("This passkey did not sign you in").waitFor();
    equal(new URL(me.url()).pathname, "/sign-in/passkey");
  });

  await step("a device that does not know its person signs nobody in", async () => {
    await keeps.refuse();
    await me.goto("/sign-in");
    await me.getByRole("button", { name: "Sign in with a passkey" }).click();
    await me.getByText("No passkey was used").waitFor();
  });

  const child = await provider(root);
  // The provider's own page asks the open internet for a style sheet: its form is sent without it.
  const through = async (page, sub) => {
    await page.goto("/sign-in");
    const link = await page.getByRole("link", { name: "Sign in with Elsewhere" }).getAttribute("href");
    const away = (await page.request.get(link, { maxRedirects: 0 })).headers().location;
    ok(away.startsWith(`${issuer}/`));
    const back = (await page.request.post(away, { form: { sub }, maxRedirects: 0 })).headers().location;
    await page.goto(back);
  };

  await step("an account elsewhere signs in whom it knows, and nobody else", async () => {
    const there = await person();
    await through(there, "ada");
    equal(new URL(there.url()).pathname, "/desk");
    await there.goto("/desk/account/keys");
    await there.getByText(issuer).first().waitFor();
    await look(there, "keys-elsewhere");
    for (const sub of ["eve", "mallory"]) {
      const stranger = await person();
      await through(stranger, sub);
      await stranger.getByText("That account is not an organizer’s here").waitFor();
      equal((await stranger.context().cookies()).filter(({ name }) => name === "colloquy").length, 0);
      await look(stranger, "sign-in-stranger");
    }
  });
  child.kill("SIGKILL");
}
