// Everything here improves a page that already works without it.
import htmx from "htmx.org";
import "./passkeys.js";

htmx.config.includeIndicatorStyles = false; // no inline styles: the content security policy refuses them
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0; // nothing private stays in the browser's storage
htmx.config.refreshOnHistoryMiss = true;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;

// A file that falls beside the box goes into it; else the browser would leave the page to open it.
function besideTheBox(event) {
  const box = event.dataTransfer.types.includes("Files") && document.querySelector(".hr-file");
  if (!box || event.target === box) return;
  event.preventDefault();
  if (event.type === "drop") {
    box.files = event.dataTransfer.files;
    box.focus();
  }
}
addEventListener("dragover", besideTheBox);
addEventListener("drop", besideTheBox);

document.documentElement.classList.add("hr-scripted");
