// News of alerts: a line that says so, and a list that stays where it is until asked.

export function watchAlerts() {
  const place = document.getElementById("live");
  if (!place) return;
  const fresh = new Set();
  const stream = new EventSource(place.dataset.stream);
  const show = document.createElement("button");
  show.type = "button";
  show.className = "button";
  show.addEventListener("click", () => location.assign(place.dataset.list));
  const hear = ({ data }) => {
    fresh.add(JSON.parse(data).alert);
    const text = fresh.size === 1 ? "1 new alert – show" : `${fresh.size} new alerts – show`;
    if (show.textContent !== text) show.textContent = text;
    place.append(show);
  };
  for (const kind of ["opened", "reopened"]) stream.addEventListener(kind, hear);
  window.addEventListener("pagehide", () => stream.close());
}
