// What needs a script appears only with one; a passkey that fails says so instead of staying silent.
for (const element of document.querySelectorAll("[data-needs-script]")) {
  element.hidden = !window.PublicKeyCredential;
}

document.addEventListener("allauth.error", (event) => {
  const status = document.querySelector("[data-passkey-status]");
  if (status) {
    event.preventDefault();
    status.textContent = status.dataset.passkeyStatus;
  }
});
