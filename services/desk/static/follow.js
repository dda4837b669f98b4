// Keeps an open page of the desk up to date: when the server says that something has changed, the page is fetched again
// and every part (data-part) that differs takes the place of the old one. What somebody is typing into is left alone
// until she leaves it. Without this script the page shows the moment it was loaded.
(() => {
  "use strict";
  const url = document.body.dataset.changes;
  if (!url) return;
  const SILENT_MS = 9000; // the server says something every 3 seconds
  const RETRY_MS = 2000;
  const PRESSED_MS = 200;
  const notice = document.getElementById("following");
  let source, watchdog, latest, busy = false, again = false, lost = false;

  function listen() {
    source = new EventSource(url);
    source.addEventListener("beat", heard);
    source.addEventListener("changed", (message) => {
      heard(message);
      refresh();
    });
    source.onerror = () => {
      say("lost");
      lost = true;
      // a browser gives up when the answer is an error: the session may be over, which a fresh page says best
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MS);
    };
  }

  function heard(message) {
    say(message.data);
    clearTimeout(watchdog);
    watchdog = setTimeout(() => say("lost"), SILENT_MS);
    if (message.data !== "live") lost = true;
    else if (lost) {
      lost = false;
      refresh(); // whatever happened meanwhile
    }
  }

  function say(state) {
    const text = notice.dataset[state] || "";
    notice.classList.toggle("following-lost", state !== "live");
    if (notice.textContent !== text) notice.textContent = text;
  }

  async function refresh(asked) {
    if (busy) return void (again = true);
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (answer.type === "opaqueredirect") return location.reload(); // signed out
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      else if (asked) location.reload(); // what is shown does not belong to the address
    } catch {
      lost = true; // tried again when the stream is back
    } finally {
      busy = false;
      if (again) {
        again = false;
        refresh();
      }
    }
  }

  function show(fresh) {
    latest = fresh;
    // what is pressed must still be there when it is let go, or nothing comes of the press
    if (document.querySelector("[data-part]:active"))
      return void setTimeout(() => fresh === latest && show(fresh), PRESSED_MS);
    for (const now of fresh.querySelectorAll("[data-part]")) {
      const old = document.querySelector(`[data-part="${CSS.escape(now.dataset.part)}"]`);
      if (old && !beingEdited(old) && text(old) !== text(now)) replace(old, now);
    }
  }

  // tokens of forms are new in every page: they are no change
  const text = (part) => part.innerHTML.replace(/<input type="hidden"[^>]*>/g, "").replace(/ open=""/g, "");
  const typed = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
        : field.value !== field.defaultValue;
  const beingEdited = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
    || [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].some(typed);

  function replace(old, now) {
    const focusable = "a, button, summary, [tabindex]";
    const place = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
    for (const details of old.querySelectorAll("details[open][data-key]"))
      now.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`)?.setAttribute("open", "");
    old.replaceWith(now);
    if (place >= 0) now.querySelectorAll(focusable)[place]?.focus({ preventScroll: true });
    if (now.dataset.news) document.getElementById("news").textContent = now.dataset.news;
  }

  addEventListener("look-again", refresh); // a script of the page has changed its address
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
