/* Opens the browser's print dialogue. Pages do without it: the button appears only where this runs. */
"use strict";
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
