// The button is there wherever there are scripts; the text can always be selected by hand.
for (const block of document.querySelectorAll("[data-copy]")) {
  const button = block.querySelector("[data-copy-button]");
  const status = block.querySelector("[data-copy-status]");
  const text = block.querySelector("textarea");

  // On a page without https there is no clipboard, but the older command.
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      return true;
    } catch {
      text.select();
      return document.execCommand("copy");
    }
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = (await copy()) ? button.dataset.copied : "";
  });
}
