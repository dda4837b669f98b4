// Keeps the open page up to date. Each message holds elements as HTML; an element takes the place of the one with its
// id, or its place in the list that it names. Opened definitions and the focus stay. Without this script the page
// shows the figures of the moment it was loaded.
(() => {
  "use strict";
  const STALE_AFTER_MS = 12000; // the server says something every 5 seconds
  const GRACE_MS = 3000; // a stream that ends is usually back at once
  const RETRY_MS = 5000;
  const NEWS_AFTER_MS = 1500;
  const url = document.body.dataset.live;
  let source, lastId, watchdog, newsTimer;
  let staleAt = Infinity;

  function listen() {
    source = new EventSource(lastId ? `${url.split("?")[0]}?after=${encodeURIComponent(lastId)}` : url);
    source.onmessage = (message) => {
      lastId = message.lastEventId || lastId;
      expect(STALE_AFTER_MS);
      show(message.data);
    };
    source.onerror = () => {
      if (Date.now() + GRACE_MS < staleAt) expect(GRACE_MS); // every failed try calls this: the grace starts once
      // a browser gives up when the answer is an error, e.g. while a proxy has no server behind it
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MS);
    };
  }

  function expect(withinMs) {
    clearTimeout(watchdog);
    staleAt = Date.now() + withinMs;
    watchdog = setTimeout(() => {
      const standing = document.getElementById("standing");
      say(standing, standing.dataset.stale);
      standing.className = "standing standing-stale";
      standing.querySelector(".standing-mark").textContent = "⚠";
    }, withinMs);
  }

  function say(standing, text) {
    const place = standing.querySelector(".standing-text");
    if (place.textContent !== text) place.textContent = text; // a screen reader reads what changes, not what is repeated
  }

  function show(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const element of template.content.querySelectorAll("#standing, #data-time, [data-order], [data-gone], [data-present]")) {
      if (element.dataset.gone !== undefined) remove((id) => element.dataset.gone.split(" ").includes(id));
      else if (element.dataset.present !== undefined) remove((id) => !element.dataset.present.split(" ").includes(id));
      else if (element.id === "standing") stand(element);
      else if (element.dataset.order !== undefined) place(element);
      else document.getElementById(element.id)?.replaceWith(element);
    }
  }

  function remove(unwanted) {
    for (const element of document.querySelectorAll("[data-order]")) if (unwanted(element.id)) element.remove();
  }

  function stand(now) {
    const standing = document.getElementById("standing");
    standing.className = now.className;
    standing.dataset.stale = now.dataset.stale;
    standing.querySelector(".standing-mark").textContent = now.querySelector(".standing-mark").textContent;
    say(standing, now.querySelector(".standing-text").textContent);
  }

  function place(element) {
    const list = document.getElementById(element.dataset.list);
    if (!list) return location.reload(); // the first figures of another municipality: its part of the page is new
    const old = document.getElementById(element.id);
    const focused = old ? inFocus(old) : -1;
    if (old) keepState(old, element);
    if (old && old.dataset.order === element.dataset.order) old.replaceWith(element);
    else {
      old?.remove();
      const next = [...list.children].find((other) => !(other.dataset.order < element.dataset.order));
      list.insertBefore(element, next ?? null);
    }
    if (focused >= 0) focusable(element)[focused]?.focus({ preventScroll: true });
    if (old && element.dataset.news) announce(element.dataset.news);
  }

  const focusable = (element) => [...element.querySelectorAll("a, summary, [tabindex]")];
  const inFocus = (element) => focusable(element).indexOf(document.activeElement);

  function keepState(old, element) {
    for (const details of old.querySelectorAll("details[open]"))
      element.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`)?.setAttribute("open", "");
    const before = old.querySelectorAll("td, strong");
    const now = element.querySelectorAll("td, strong");
    if (before.length === now.length)
      now.forEach((figure, i) => figure.classList.toggle("moved", figure.textContent !== before[i].textContent));
  }

  function announce(text) {
    clearTimeout(newsTimer); // many changes at once are told as one
    newsTimer = setTimeout(() => (document.getElementById("news").textContent = text), NEWS_AFTER_MS);
  }

  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  expect(STALE_AFTER_MS);
  listen();
})();
