/* The check page, made quicker: paste, drop, judging while typing, sharing. Without it the page does all but these.
   Kept in this browser alone: the site that was chosen and whether to judge while typing. Never a text. */
"use strict";
const form = document.querySelector("form.check");
const remembered = {
  get(name) { try { return localStorage.getItem("check-" + name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem("check-" + name, value); } catch { /* private window */ } },
};

function prepare() {
  const text = form.elements.text, picture = form.elements.picture, pack = form.elements.pack;
  const said = document.getElementById("picture-said");

  function take(file) {
    if (!picture) return;
    const files = new DataTransfer();
    files.items.add(file);
    picture.files = files.files;
    picture.dispatchEvent(new Event("change"));
  }
  if (picture) picture.addEventListener("change", () => {
    const file = picture.files[0], large = file && file.size > form.dataset.most * 1e6;
    said.textContent = large ? said.dataset.large : "";
    if (large) picture.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); take(event.dataTransfer.files[0]); } });
  form.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); take(event.clipboardData.files[0]); } });

  const paste = document.getElementById("paste");
  if (!(navigator.clipboard && navigator.clipboard.readText)) {
    paste.hidden = true;
  } else {
    paste.hidden = text.value !== "";
    text.addEventListener("input", () => { paste.hidden = text.value !== ""; });
    paste.addEventListener("click", async () => {
      try { text.value = await navigator.clipboard.readText(); } catch { /* not allowed: paste by hand */ }
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // Stages that the chosen site does not know are put away.
  function stages() {
    const known = pack.selectedOptions[0].dataset.stages.split(" ");
    for (const radio of form.querySelectorAll("[name=stage]")) {
      radio.parentElement.classList.toggle("away", !known.includes(radio.value));
      if (radio.checked && !known.includes(radio.value)) form.querySelector("[name=stage][value=pre_contract]").checked = true;
    }
  }
  if (!text.value && [...pack.options].some((one) => one.value === remembered.get("pack"))) pack.value = remembered.get("pack");
  pack.addEventListener("change", () => { remembered.set("pack", pack.value); stages(); });
  stages();

  const go = form.querySelector("button.go"), words = go.textContent;
  form.addEventListener("submit", () => { go.textContent = go.dataset.busy; go.setAttribute("aria-busy", "true"); });
  addEventListener("pageshow", () => { go.textContent = words; go.removeAttribute("aria-busy"); });

  live(text);
}

function live(text) {
  const box = document.getElementById("live"), out = document.getElementById("live-said");
  let waiting = 0, asked = null;
  box.checked = remembered.get("live") === "yes";
  box.addEventListener("change", () => { remembered.set("live", box.checked ? "yes" : "no"); later(); });
  form.addEventListener("input", later);

  function later() {
    clearTimeout(waiting);
    if (asked) asked.abort();
    const kind = form.querySelector("[name=kind]:checked").value;
    if (!box.checked || kind === "thread" || text.value.trim().length < 4) { out.replaceChildren(); return; }
    waiting = setTimeout(ask, 700);
  }
  async function ask() {
    const sent = new FormData(form);
    sent.delete("picture");
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body: sent, signal: asked.signal, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.status < 500) out.replaceChildren(...page.body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") out.textContent = out.dataset.offline;
    }
  }
}

function print_button() {
  const button = document.getElementById("print"), draft = document.getElementById("draft");
  if (!button) return;
  button.addEventListener("click", () => window.print());
  addEventListener("beforeprint", () => { document.getElementById("draft-print").textContent = draft.value; });
}

function share_button() {
  const button = document.getElementById("share"), card = document.getElementById("card");
  if (!button) return;
  button.addEventListener("click", async () => {
    const picture = new Image();
    picture.src = card.src;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 630 });
    canvas.getContext("2d").drawImage(picture, 0, 0, 1200, 630);
    const file = await new Promise((done) => canvas.toBlob((blob) => done(new File([blob], "sekisho.png", { type: "image/png" })), "image/png"));
    if (navigator.canShare && navigator.canShare({ files: [file] })) {
      try { await navigator.share({ files: [file] }); return; } catch { return; /* she thought better of it */ }
    }
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}

if (form) prepare();
print_button();
share_button();
