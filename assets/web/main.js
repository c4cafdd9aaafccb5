// Colloquy in the browser. Every page works without this file; it keeps drafts, counts, tells the
// reader's own time and spares a few clicks. All words come from data- attributes.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const words = (element, name, values = {}) => {
    const holder = element.closest(`[data-words-${name}]`) || one(`[data-words-${name}]`);
    const text = (holder && holder.getAttribute(`data-words-${name}`)) || "";
    return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  };
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const locale = () => document.documentElement.lang || undefined;
  const clock = (at) => {
    const today = new Date().toDateString() === new Date(at).toDateString();
    const style = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    return new Intl.DateTimeFormat(locale(), style).format(at);
  };

  // Storage may be forbidden or full: then there is no draft, and nothing else breaks.
  const attempt = (work, otherwise = null) => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  const PREFIX = "colloquy:draft:";
  const SENT = "colloquy:sent";
  const MONTH = 30 * 24 * 3600 * 1000;

  // --- what is typed, as plain data: name -> list of values ------------------------------------
  const SKIPPED = ["hidden", "submit", "button", "reset", "file", "password", "image"];
  const fields = (form) =>
    [...form.elements].filter((field) => {
      return field.name && "value" in field && !SKIPPED.includes(field.type) && field.tagName !== "BUTTON" &&
        field.tagName !== "OUTPUT" && !field.closest("[data-no-draft]");
    });
  const ticked = (field) => field.type === "radio" || field.type === "checkbox";
  const typed = (form) => {
    const values = {};
    for (const field of fields(form)) {
      const list = (values[field.name] ||= []);
      if (!ticked(field)) list.push(field.value.replace(/\r\n?/g, "\n"));
      else if (field.checked) list.push(field.value);
    }
    return values;
  };
  const fill = (form, values) => {
    const taken = {};
    for (const field of fields(form)) {
      const list = values[field.name];
      if (!list) continue;
      if (ticked(field)) field.checked = list.includes(field.value);
      else {
        const nth = (taken[field.name] = (taken[field.name] ?? -1) + 1);
        if (nth < list.length) field.value = list[nth];
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  // Only what the draft would change counts: a draft equal to the page needs no banner.
  const differs = (form, values) => {
    const now = typed(form);
    return Object.keys(values).some((name) => name in now && JSON.stringify(now[name]) !== JSON.stringify(values[name]));
  };

  // --- drafts: one record per opened page, so that two tabs never overwrite each other ----------
  const drafts = (base) =>
    attempt(() => Object.keys(localStorage), [])
      .filter((key) => key.startsWith(base))
      .map((key) => ({ key, ...attempt(() => JSON.parse(localStorage.getItem(key)), {}) }))
      .filter((draft) => draft.values)
      .sort((left, right) => right.at - left.at);
  const forget = (key) => attempt(() => localStorage.removeItem(key));

  function keepDraft(form) {
    const path = new URL(form.action, location.href).pathname;
    const base = `${PREFIX}${form.dataset.draft}|${path}|${form.id}|`;
    const own = base + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    const state = one(".draft-state", form) || make("p", "draft-state");
    if (!state.isConnected) (one(".actions", form) || form).after(state);
    let dirty = false;
    let timer = 0;
    const save = () => {
      clearTimeout(timer);
      if (!dirty) return;
      dirty = false;
      const at = Date.now();
      const kept = attempt(() => localStorage.setItem(own, JSON.stringify({ at, values: typed(form) })) === undefined);
      state.textContent = kept ? words(form, "saved", { time: clock(at) }) : "";
    };
    form.addEventListener("input", () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, 300);
    });
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());

    const adopt = (draft) => {
      forget(draft.key);
      dirty = true;
      save();
    };
    const offer = () => {
      for (const draft of drafts(base)) {
        if (draft.key === own) continue;
        if (Date.now() - draft.at > MONTH) forget(draft.key);
        else if (!differs(form, draft.values)) adopt(draft);
        else return ask(draft);
      }
    };
    const ask = (draft) => {
      const banner = make("div", "kept");
      const text = make("p");
      text.setAttribute("role", "status");
      const row = make("div", "row");
      const done = (choice) => {
        choice();
        banner.remove();
        form.tabIndex = -1;
        form.focus({ preventScroll: true });
        offer();
      };
      const use = make("button", "primary", words(form, "use"));
      const discard = make("button", "", words(form, "discard"));
      use.type = discard.type = "button";
      use.addEventListener("click", () => done(() => {
        // What stands in the form now is kept too: choosing one text never destroys the other.
        save();
        const before = { at: Date.now() - 1, values: typed(form) };
        if (attempt(() => localStorage.getItem(own))) attempt(() => localStorage.setItem(`${own}-before`, JSON.stringify(before)));
        fill(form, draft.values);
        adopt(draft);
      }));
      discard.addEventListener("click", () => done(() => forget(draft.key)));
      row.append(use, discard);
      banner.append(text, row);
      form.prepend(banner);
      // The live region must exist before its text, or it is not read out.
      setTimeout(() => { text.textContent = words(form, "kept", { time: clock(draft.at) }); }, 50);
    };
    offer();
    return {
      save: () => {
        dirty = true;
        save();
      },
      // The receipt page clears exactly the draft that was sent, and nothing typed after it.
      sent: () => attempt(() => sessionStorage.setItem(SENT, JSON.stringify({ key: own, at: Date.now() }))),
    };
  }

  function clearDraft() {
    const name = document.body.dataset.clearsDraft;
    const sent = attempt(() => JSON.parse(sessionStorage.getItem(SENT)));
    if (!name || !sent || !sent.key.startsWith(`${PREFIX}${name}|`)) return;
    for (const draft of drafts(sent.key)) if (draft.at <= sent.at) forget(draft.key);
    attempt(() => sessionStorage.removeItem(SENT));
  }

  // --- sending: once, and never into a browser's error page -------------------------------------
  async function reachable(address) {
    if (navigator.onLine === false) return false;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 5000);
    try {
      const answer = await fetch(address, { method: "HEAD", cache: "no-store", signal: stop.signal });
      return ![502, 503, 504].includes(answer.status);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  function sendSafely(form, draft) {
    const status = one(".status", form) || make("p", "status");
    status.setAttribute("role", "status");
    if (!status.isConnected) (one(".actions", form) || form.lastElementChild).before(status);
    let sending = false;
    let waiting = 0;
    let wait = 2000;
    let touched = 0;
    let submitter = null;
    const buttons = () => all("button:not([type=button]), input[type=submit]", form);
    const busy = (on) => {
      sending = on;
      for (const button of buttons()) {
        if (on) button.setAttribute("aria-disabled", "true");
        else button.removeAttribute("aria-disabled");
      }
    };
    const post = () => {
      draft.save();
      draft.sent();
      if (submitter && submitter.name) {
        const hidden = make("input");
        hidden.type = "hidden";
        hidden.name = submitter.name;
        hidden.value = submitter.value;
        form.append(hidden);
      }
      if (submitter && submitter.hasAttribute("formaction")) form.action = submitter.formAction;
      HTMLFormElement.prototype.submit.call(form);
    };
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(go, wait);
      wait = Math.min(wait * 2, 60000);
    };
    const go = async () => {
      clearTimeout(waiting);
      waiting = 0;
      if (sending) return;
      busy(true);
      draft.save();
      if (await reachable(form.dataset.health || "/health")) {
        // Nobody is torn out of a sentence: sending by itself waits for a pause.
        if (Date.now() - touched > 5000) return post();
      } else status.textContent = words(form, "offline");
      busy(false);
      later();
    };
    form.addEventListener("input", () => { touched = Date.now(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (sending) return;
      submitter = event.submitter || submitter;
      touched = 0;
      wait = 2000;
      go();
    });
    addEventListener("online", () => waiting && go());
    addEventListener("pageshow", (event) => event.persisted && busy(false));
  }

  // Other forms only need to be guarded against the second click.
  function sendOnce(form) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sending) event.preventDefault();
      else form.dataset.sending = "1";
      setTimeout(() => delete form.dataset.sending, 5000);
    });
  }

  // --- small helps while answering --------------------------------------------------------------
  function grow(area) {
    if (window.CSS && CSS.supports("field-sizing", "content")) return;
    const fit = () => {
      while (area.scrollHeight > area.clientHeight && area.rows < 40) area.rows += 2;
    };
    area.addEventListener("input", fit);
    fit();
  }

  function count(counter) {
    const area = document.getElementById(counter.dataset.for);
    const max = Number(counter.dataset.max || (area && area.dataset.max));
    if (!area || !max) return;
    let timer = 0;
    counter.setAttribute("aria-live", "polite");
    const show = () => {
      // Code points with one mark per line end, as the server counts them.
      const left = max - [...area.value.replace(/\r\n?/g, "\n")].length;
      counter.classList.toggle("over", left < 0);
      counter.textContent = left < 0 ? words(counter, "over", { n: -left }) : left <= max / 4 ? words(counter, "left", { n: left }) : "";
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, 400);
    });
    show();
  }

  function allocate(box) {
    const total = Number(box.dataset.total) || 100;
    const output = one(".left", box);
    const read = (input) => {
      const value = Number.parseFloat(input.value.replace(",", "."));
      return Number.isFinite(value) && value > 0 ? value : 0;
    };
    const show = () => {
      let sum = 0;
      for (const bet of all(".bet", box)) {
        const input = one("input[type=number]", bet);
        const bar = one(".bar", bet);
        if (!input) continue;
        const value = read(input);
        sum += value;
        if (!bar) continue;
        let part = one(".fill", bar);
        if (!part) bar.append((part = make("span", "fill")));
        part.className = `fill w${Math.min(100, Math.max(0, Math.round((value / total) * 100)))}`;
      }
      const left = Math.round((total - sum) * 100) / 100;
      if (!output) return;
      output.classList.toggle("over", left < 0);
      const text = words(box, left < 0 ? "over" : "left", { n: Math.abs(left) });
      if (text && output.textContent !== text) output.textContent = text;
    };
    box.addEventListener("input", show);
    show();
  }

  // Writing into "something else" chooses it.
  function chooseOther(choice) {
    const tick = one("input[type=radio], input[type=checkbox]", choice);
    const text = one("input[type=text]", choice);
    if (tick && text) text.addEventListener("input", () => { if (text.value.trim()) tick.checked = true; });
  }

  // A time with an offset other than the reader's gets the reader's own beside it.
  function ownTime(time) {
    const written = time.getAttribute("datetime");
    const offset = /T.*?(Z|[+-]\d\d:?\d\d)$/.exec(written);
    const at = new Date(written);
    if (!offset || Number.isNaN(at.getTime()) || time.dataset.own === "no") return;
    const digits = /([+-])(\d\d):?(\d\d)/.exec(offset[1]);
    const theirs = digits ? Number(`${digits[1]}1`) * (Number(digits[2]) * 60 + Number(digits[3])) : 0;
    if (theirs === -at.getTimezoneOffset()) return;
    const text = new Intl.DateTimeFormat(locale(), {
      weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short",
    }).format(at);
    time.after(" ", make("span", "own-time", words(time, "own", { time: text }) || text));
  }

  function leadToProblems(box) {
    box.focus();
    for (const link of all("a[href^='#']", box)) {
      link.addEventListener("click", () => {
        const part = document.getElementById(link.hash.slice(1));
        const control = part && one("textarea, input:not([type=hidden]), select", part);
        if (control) setTimeout(() => control.focus());
      });
    }
  }

  // --- the desk ---------------------------------------------------------------------------------
  // The order is that of the rows' hidden fields; without this, the buttons post name=move.
  function order(list) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-move]");
      const row = button && button.closest("li");
      if (!row) return;
      event.preventDefault();
      const up = button.dataset.move === "up";
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (up) other.before(row);
      else other.after(row);
      button.focus();
      all("[data-position]", list).forEach((field, index) => { field.value = index + 1; });
      list.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function selectAll(box) {
    const scope = box.closest("form") || document;
    const boxes = () => all(box.dataset.all, scope).filter((each) => each !== box && !each.closest("[hidden]"));
    const show = () => {
      const on = boxes().filter((each) => each.checked).length;
      box.checked = on > 0 && on === boxes().length;
      box.indeterminate = on > 0 && !box.checked;
    };
    box.addEventListener("change", () => {
      for (const each of boxes()) each.checked = box.checked;
      show();
    });
    scope.addEventListener("change", (event) => event.target !== box && show());
    show();
  }

  function copy(button) {
    button.addEventListener("click", async () => {
      const from = button.dataset.copy.startsWith("#") && one(button.dataset.copy);
      const text = from ? from.value || from.href || from.textContent.trim() : button.dataset.copy;
      let done = navigator.clipboard && (await navigator.clipboard.writeText(text).then(() => true, () => false));
      if (!done) {
        const area = make("textarea", "vh");
        area.value = text;
        button.after(area);
        area.select();
        done = document.execCommand("copy");
        area.remove();
        button.focus();
      }
      if (!done) return;
      const before = button.textContent;
      button.setAttribute("aria-live", "polite");
      button.textContent = words(button, "copied") || before;
      setTimeout(() => { button.textContent = before; }, 2500);
    });
  }

  function filter(input) {
    const list = one(input.dataset.filter);
    if (!list) return;
    const rows = list.tagName === "TABLE" ? [...list.tBodies].flatMap((body) => [...body.rows]) : [...list.children];
    const output = input.dataset.count && one(input.dataset.count);
    const show = () => {
      const sought = input.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let seen = 0;
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !sought.every((word) => text.includes(word));
        if (!row.hidden) seen += 1;
      }
      if (output) output.textContent = words(output, "count", { n: seen, all: rows.length });
    };
    input.addEventListener("input", show);
    input.addEventListener("search", show);
    show();
  }

  // --- begin ------------------------------------------------------------------------------------
  for (const element of all("[data-js][hidden]")) element.hidden = false;
  clearDraft();
  all("textarea").forEach(grow);
  all(".counter[data-for]").forEach(count);
  all(".allocation").forEach(allocate);
  all(".choice.other").forEach(chooseOther);
  all("time[datetime]").forEach(ownTime);
  all(".problems").slice(0, 1).forEach(leadToProblems);
  for (const form of all("form")) {
    if (form.matches(".questionnaire[data-draft]")) sendSafely(form, keepDraft(form));
    else if (form.method === "post") sendOnce(form);
  }
  all("[data-order]").forEach(order);
  all("input[data-all]").forEach(selectAll);
  all("button[data-copy]").forEach(copy);
  all("input[data-filter]").forEach(filter);
  for (const button of all("button[data-print]")) button.addEventListener("click", () => print());
})();
