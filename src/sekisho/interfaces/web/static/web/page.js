/* What every page does where scripts run: says when the line is down, closes the menu, shows that a form is on its way. */
"use strict";

const offline = document.getElementById("offline");
const line = () => { offline.hidden = navigator.onLine; };
window.addEventListener("online", line);
window.addEventListener("offline", line);
line();

const menu = document.querySelector("details.menu");
document.addEventListener("click", (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A download leaves the page where it is, so the sign goes away by itself. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || event.target.method !== "post" || !button || button.classList.contains("plain")) return;
  setTimeout(() => button.setAttribute("aria-busy", "true"), 300);
  setTimeout(() => button.removeAttribute("aria-busy"), 8000);
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});
