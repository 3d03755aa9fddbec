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

document.documentElement.classList.add("hr-scripted");
