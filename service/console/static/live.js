// News of alerts: a line that says so, and a list that stays where it is until asked.

const place = document.getElementById("live");
const shown = new Set([...document.querySelectorAll("[data-alert]")].map((row) => row.dataset.alert));
const fresh = new Set();
const button = document.createElement("button");
let stream = null;

function tell(alert, kind) {
  if (kind !== "reopened" && shown.has(alert)) return;
  fresh.add(alert);
  const text = fresh.size === 1 ? "1 new alert – show" : `${fresh.size} new alerts – show`;
  if (button.textContent !== text) button.textContent = text;
  if (!button.isConnected) place.append(button);
}

function listen() {
  stream = new EventSource(place.dataset.stream);
  for (const kind of ["opened", "reopened"]) {
    stream.addEventListener(kind, ({ data }) => tell(JSON.parse(data).alert, kind));
  }
}

// What happened while nobody looked: alerts of the list as it is now that are younger than this page.
async function catchUp() {
  const answer = await fetch(place.dataset.list);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const row of page.querySelectorAll("[data-alert]")) {
    if (row.querySelector("time").dateTime > place.dataset.since) tell(row.dataset.alert, "opened");
  }
}

// A browser has few connections to a server: a page nobody looks at lets go of its own.
function rest() {
  stream?.close();
  stream = null;
}

export function watchAlerts() {
  if (!place?.dataset.stream) return;
  button.type = "button";
  button.className = "button";
  button.addEventListener("click", () => location.assign(place.dataset.list));
  document.addEventListener("visibilitychange", () => {
    rest();
    if (document.hidden) return;
    listen();
    catchUp();
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", () => stream ?? listen());
}
