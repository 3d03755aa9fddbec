// Opens the private space with a passkey's PRF where the browser offers it. Without this script there is the phrase.
(() => {
  const place = document.querySelector("[data-passkey]");
  if (!place || !window.PublicKeyCredential) return;
  const form = place.querySelector("form");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = [...form.querySelectorAll("data[data-credential]")];

  const request = () => {
    // The answer proves itself by opening the key, so the challenge is no one's to check.
    const publicKey = { challenge: crypto.getRandomValues(new Uint8Array(32)), userVerification: "required" };
    if (place.dataset.passkey === "open") {
      publicKey.allowCredentials = known.map((one) => ({ type: "public-key", id: bytes(one.dataset.credential) }));
      const salts = known.map((one) => [one.dataset.credential, { first: bytes(one.value) }]);
      publicKey.extensions = { prf: { evalByCredential: Object.fromEntries(salts) } };
    } else {
      publicKey.extensions = { prf: { eval: { first: bytes(form.elements.salt.value) } } };
    }
    return navigator.credentials.get({ publicKey });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await request();
      const prf = answer.getClientExtensionResults().prf;
      if (prf && prf.results) {
        form.elements.credential.value = text(answer.rawId);
        form.elements.output.value = text(prf.results.first);
      }
      const device = document.querySelector("input[name=device]:checked"); // asked above, for every way of opening
      if (device && form.elements.device) form.elements.device.value = device.value;
      form.submit(); // without an answer the page says that the passkey cannot do this
    } catch {
      // Cancelled: the phrase is on the same page.
    }
  });
  place.hidden = false;
})();
