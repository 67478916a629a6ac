/* Passkeys: forms marked data-passkey ask the browser for one and send what it answers. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const options = () => JSON.parse(document.getElementById("js_data").textContent);
  const wish = ({ publicKey }) => ({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
  const order = ({ publicKey }) => ({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  const answer = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };
  const ways = {
    "sign-in": async (form) => {
      const told = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!told.ok) throw new Error(String(told.status));
      return navigator.credentials.get(wish((await told.json()).request_options));
    },
    confirm: () => navigator.credentials.get(wish(options().request_options)),
    add: () => navigator.credentials.create(order(options().creation_options)),
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const trouble = form.querySelector("[data-trouble]");
    form.hidden = false;
    document.querySelectorAll("[data-without-passkeys]").forEach((words) => (words.hidden = true));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(answer(await ways[form.dataset.passkey](form)));
        form.submit();
      } catch {
        trouble.hidden = false;
        trouble.focus();
        button.disabled = false;
      }
    });
  });
})();
