/* The console's keys and its reminder of a break. Everything they do, links and buttons of the page do as well. */
"use strict";
const keysOn = () => localStorage.getItem("sekisho-keys") !== "off";
const dialog = document.getElementById("keys");
const rows = [...document.querySelectorAll("[data-row]")];
const typing = (node) => node.closest("input, textarea, select, [contenteditable]") !== null;
const step = (by) => {
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
};
const press = (key) => {
  const found = document.querySelector(`[data-key="${key}"]`);
  if (found) found.click();
};
const show = (id) => {
  const found = document.getElementById(id);
  if (found) { found.focus(); found.scrollIntoView({ block: "start" }); }
};
const keys = {
  j: () => step(1), k: () => step(-1), n: () => press("n"), u: () => press("u"), a: () => press("a"),
  c: () => document.querySelector('form[action$="/claim"] button')?.click(),
  d: () => show("decision"), r: () => show("evidence"), "?": () => dialog.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog.open) return;
  if (!keysOn() && event.key !== "?") return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
const opener = document.querySelector("button.keys");
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
const toggle = document.getElementById("keys-on");
toggle.checked = keysOn();
toggle.addEventListener("change", () => localStorage.setItem("sekisho-keys", toggle.checked ? "on" : "off"));

const pause = document.getElementById("break");
const began = () => Number(sessionStorage.getItem("sekisho-began") ?? 0);
const begin = () => sessionStorage.setItem("sekisho-began", String(Date.now()));
if (!began() || Date.now() - began() > 12 * 3600_000) begin();
const remind = () => { pause.hidden = Date.now() - began() < Number(pause.dataset.minutes) * 60_000; };
pause.querySelector("button").addEventListener("click", () => { begin(); remind(); });
setInterval(remind, 30_000);
remind();
