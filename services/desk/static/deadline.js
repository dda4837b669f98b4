// Counts down to deadlines while a page is open: every element with data-due says how long is left, in the words of
// services/desk/companies/deadline.py. Time runs from the moment at which the server made the page, so a clock that
// goes wrong on this machine does no harm. Without this script the page says what was left when it was made.
(() => {
  "use strict";
  const made = document.getElementById("counted-at");
  if (!made) return;
  const MINUTE = 60_000, SOON = 4 * 60 * MINUTE;
  const MARKS = { open: "", soon: "Haster", overdue: "For sent" };
  const behind = Date.parse(made.dataset.now) - Date.now();

  const counted = (count, one, many) => (count ? [`${count}\u00a0${count === 1 ? one : many}`] : []);
  function length(milliseconds) {
    const minutes = Math.floor(milliseconds / MINUTE), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    if (days >= 2) return [...counted(days, "dag", "dage"), ...counted(hours % 24, "time", "timer")].join(" og ");
    if (!minutes) return "under\u00a01\u00a0minut";
    return [...counted(hours, "time", "timer"), ...counted(minutes % 60, "minut", "minutter")].join(" og ");
  }

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function count() {
    const now = Date.now() + behind;
    for (const deadline of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(deadline.dataset.due) - now;
      const state = left < 0 ? "overdue" : left <= SOON ? "soon" : "open";
      if (deadline.dataset.state !== state) deadline.dataset.state = state;
      const mark = deadline.querySelector(".deadline-mark");
      mark.hidden = !MARKS[state];
      put(mark, MARKS[state]);
      const words = length(Math.abs(left));
      put(deadline.querySelector(".deadline-left"), left < 0 ? `Fristen er overskredet med ${words}` : `${words} tilbage`);
    }
  }

  count();
  setInterval(count, 1000);
})();
