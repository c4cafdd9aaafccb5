// Passkeys: what the server asks goes to the browser, and what the browser answers back, as a form.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  // Binary parts travel as base64url, by the names that they have in the standard.
  const read = (asked) => {
    const known = (list) => list && list.map((each) => ({ ...each, id: bytes(each.id) }));
    const read = { ...asked, challenge: bytes(asked.challenge) };
    if (asked.user) read.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.excludeCredentials) read.excludeCredentials = known(asked.excludeCredentials);
    if (asked.allowCredentials) read.allowCredentials = known(asked.allowCredentials);
    return read;
  };
  const written = (key) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    if (key.response.getTransports) response.transports = key.response.getTransports();
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, extensions: {} });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    const problem = form.querySelector("[role=alert]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        const begun = await fetch(form.dataset.passkey, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "" });
        if (!begun.ok) throw new Error(begun.status);
        const said = await begun.json();
        const publicKey = read(said.publicKey);
        const key = publicKey.user ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
        form.elements.begun.value = said.begun;
        form.elements.answer.value = written(key);
        form.submit();
      } catch {
        problem.textContent = form.dataset.failed;
        problem.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
  }
})();
