// Single keys. They can be turned off (WCAG 2.1.4), and never act while somebody types or holds a modifier.

const SWITCH = "frontdoor-keys";
const PLACE = "frontdoor-row";
const STEPS = { e: "true_positive", f: "false_positive", b: "benign", r: "in_progress" };

const rows = [...document.querySelectorAll("[data-alert]")];
const help = document.getElementById("shortcuts");
let current = -1;

function goTo(index) {
  if (!rows[index]) return;
  rows[current]?.classList.remove("current");
  current = index;
  rows[current].classList.add("current");
  rows[current].querySelector("h2 a").focus({ preventScroll: true });
  rows[current].scrollIntoView({ block: "nearest" });
}

function review(step) {
  const form = document.getElementById("reviewing");
  const steps = form?.elements.namedItem("step");
  if (!rows[current] || !(steps instanceof HTMLSelectElement)) return;
  for (const box of form.querySelectorAll('input[name="alert"]')) box.checked = rows[current].contains(box);
  steps.value = step;
  sessionStorage.setItem(PLACE, JSON.stringify([location.href, current]));
  form.requestSubmit();
}

// The reviewed alert leaves the list; the next one has come up to where it was.
function resume() {
  const [page, index] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (page === location.href) goTo(Math.min(index, rows.length - 1));
}

function toggle() {
  rows[current]?.querySelector('input[name="alert"]').click();
}

function focusOn(selector) {
  document.querySelector(selector)?.focus();
}

const listKeys = {
  j: () => goTo(Math.min(current + 1, rows.length - 1)),
  k: () => goTo(Math.max(current - 1, 0)),
  o: () => rows[current]?.querySelector("h2 a").click(),
  x: toggle,
};

const keys = {
  "/": () => focusOn('input[type="search"]'),
  "?": () => help.showModal(),
  n: () => focusOn("#note, .bulk-note"),
};

function opens(event) {
  return event.key === "Enter" && !event.target.closest("a, button, summary");
}

function act(event) {
  const busy = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || busy || help?.open) return;
  if (localStorage.getItem(SWITCH) === "off") return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const action = named ? () => named.click() : (rows.length && listKeys[opens(event) ? "o" : event.key]) || keys[event.key];
  const step = !named && rows.length && STEPS[event.key];
  if (!action && !step) return;
  event.preventDefault();
  if (action) action();
  else if (!event.repeat) review(step);
}

function leave(event) {
  if (event.key === "Escape" && event.target.matches("input, textarea, select")) event.target.blur();
}

export function wireKeys() {
  if (!help) return;
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem(SWITCH) !== "off";
  on.addEventListener("change", () => localStorage.setItem(SWITCH, on.checked ? "on" : "off"));
  for (const link of document.querySelectorAll('[data-opens="shortcuts"]')) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      help.showModal();
    });
  }
  for (const [index, row] of rows.entries()) {
    row.addEventListener("focusin", () => {
      rows[current]?.classList.remove("current");
      current = index;
      row.classList.add("current");
    });
  }
  document.addEventListener("keydown", act);
  document.addEventListener("keydown", leave);
  resume();
}
