/* Copies the text beside a button. Pages do without it: the buttons appear only where this runs. */
"use strict";

async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = Object.assign(document.createElement("textarea"), { value: text });  // a site without https
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await copied(from.value ?? from.textContent);
    const words = button.textContent;
    button.textContent = button.dataset.done;
    button.classList.add("done");
    setTimeout(() => { button.textContent = words; button.classList.remove("done"); }, 4000);
  });
}
