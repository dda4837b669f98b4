// The slider on the page of an effort: it moves the day, and the page looks again. Without it the date field does.
(() => {
  "use strict";
  const slider = document.getElementById("slider");
  if (!slider) return;
  const month = document.getElementById("month"), text = document.getElementById("month-text");
  const day = document.getElementById("dag"), form = document.getElementById("day-form");
  const stops = slider.dataset.stops.split(",");
  const said = new Intl.DateTimeFormat("da-DK", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  function say() {
    const stop = stops[month.value];
    text.textContent = said.format(new Date(`${stop}T00:00:00Z`));
    month.setAttribute("aria-valuetext", text.textContent);
    day.value = stop;
  }

  function look() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}?${asked}`);
    dispatchEvent(new Event("look-again"));
  }

  month.addEventListener("input", say);
  month.addEventListener("change", look);
  slider.hidden = false;
})();
