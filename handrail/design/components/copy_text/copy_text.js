// The button appears only where it can work; the text can always be selected by hand.
if (navigator.clipboard) {
  for (const block of document.querySelectorAll("[data-copy]")) {
    const button = block.querySelector("[data-copy-button]");
    const status = block.querySelector("[data-copy-status]");
    const text = block.querySelector("textarea");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.value);
        status.textContent = button.dataset.copied;
      } catch {
        text.select();
      }
    });
  }
}
