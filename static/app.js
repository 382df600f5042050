// Small comforts. Every page works without this file, and nothing typed is kept in the browser.
(() => {
  "use strict";

  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  // "/" goes to the lookup, unless the person switched it off in Settings or is typing.
  const lookup = document.querySelector(".lookup input");
  const typing = (place) => place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName);
  if (lookup && "shortcuts" in document.body.dataset) {
    document.addEventListener("keydown", (press) => {
      if (press.key !== "/" || press.ctrlKey || press.metaKey || press.altKey || typing(press.target)) return;
      press.preventDefault();
      lookup.focus();
      lookup.select();
    });
  }

  // Warn before leaving a form with unsaved words in it; never hold up the form itself.
  const posts = [...document.querySelectorAll('main form[method="post"]')];
  let unsaved = Boolean(summary && document.querySelector("main textarea"));
  for (const form of posts) {
    if (form.querySelector("textarea")) form.addEventListener("input", () => { unsaved = true; });
  }
  window.addEventListener("beforeunload", (leaving) => {
    if (unsaved) leaving.preventDefault();
  });

  // A second press while the first is on its way does nothing. The words say so.
  for (const form of posts) {
    form.addEventListener("submit", (sent) => {
      if (form.dataset.sent) { sent.preventDefault(); return; }
      form.dataset.sent = "yes";
      unsaved = false;
      const pressed = sent.submitter;
      if (pressed && pressed.matches(".button-primary")) {
        pressed.dataset.text = pressed.textContent;
        setTimeout(() => { pressed.textContent = "One moment…"; }, 0);
      }
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of posts) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[data-text]")) {
      button.textContent = button.dataset.text;
      delete button.dataset.text;
    }
  });

  // Two minutes before the sign-in ends, say so. The foot of the page says when, without this file too.
  const ends = document.querySelector(".session-ends");
  if (ends) {
    const later = () => Date.now() + (Number(ends.dataset.left) - 120) * 1000;
    let due = later();
    setInterval(() => { if (Date.now() >= due) ends.hidden = false; }, 1000);
    const stay = ends.querySelector("a");
    if (stay) stay.addEventListener("click", () => { ends.hidden = true; due = later(); });
  }

  // What is typed in a long form is kept on the server every few seconds, for this person alone.
  for (const form of posts.filter((form) => form.dataset.draft)) {
    const said = form.querySelector("[data-draft-said]");
    let changed = false;
    let waiting = 0;
    const typed = () => {
      const pairs = new URLSearchParams(new FormData(form));
      pairs.set("quiet", "1");
      if (form.dataset.draftOf) pairs.set("draft", form.dataset.draftOf);
      return pairs;
    };
    const keep = async () => {
      if (form.dataset.sent) return;
      changed = false;
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed(), redirect: "manual" }).catch(() => null);
      if (answer && answer.status === 204) {
        said.textContent = "Kept as a draft.";
        unsaved = changed;
      } else {
        changed = true;
        said.textContent = "Not kept as a draft just now. Copy what you wrote before you leave.";
      }
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(waiting);
      waiting = setTimeout(keep, 3000);
    });
    window.addEventListener("pagehide", () => {
      if (changed && !form.dataset.sent) navigator.sendBeacon(form.dataset.draft, typed());
    });
  }

  // Print buttons appear only where they can work.
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
