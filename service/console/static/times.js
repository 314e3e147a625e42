// Times come from the server in UTC and say so; here they move to the browser's zone.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const day = { day: "numeric", month: "short", year: "numeric" };
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
const exact = new Intl.DateTimeFormat("en-GB", { ...day, ...clock });
const near = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const far = new Intl.DateTimeFormat("en-GB", day);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function ago(then, now) {
  const passed = now - then;
  if (passed < MINUTE) return passed > -5 * MINUTE ? "just now" : far.format(then);
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return (then.getFullYear() === now.getFullYear() ? near : far).format(then);
}

function refresh() {
  const now = new Date();
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const text = ago(new Date(time.dateTime), now);
    if (time.textContent !== text) time.textContent = text;
  }
}

export function localiseTimes() {
  for (const time of document.querySelectorAll("time[data-exact]")) {
    time.textContent = exact.format(new Date(time.dateTime));
  }
  for (const time of document.querySelectorAll("time[data-ago]")) {
    time.title = exact.format(new Date(time.dateTime));
  }
  for (const name of document.querySelectorAll("[data-zone]")) name.textContent = zone;
  refresh();
  setInterval(refresh, 30_000);
}
