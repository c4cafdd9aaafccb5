// Every page works without this file: it keeps drafts, counts, tells the reader's own time and
// spares a few clicks. All words come from data-words-* attributes.
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const on = (target, type, act) => target.addEventListener(type, act);
const words = (element, name, values = {}) => {
  const key = `data-words-${name}`;
  const holder = element.closest(`[${key}]`) || one(`[${key}]`);
  const text = holder ? holder.getAttribute(key) : "";
  return text.replace(/\{(\w+)\}/g, (whole, word) => values[word] ?? whole);
};
const make = (tag, className = "", text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text });
// The page's language in the reader's own manner: British hours for a British reader of English.
const language = document.documentElement.lang || undefined;
const near = (tag) => tag.split("-")[0] === String(language).split("-")[0];
const locale = navigator.languages.find(near) || language;
const tell = (style, at) => new Intl.DateTimeFormat(locale, style).format(at);
const clock = (at) => {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return tell({ dateStyle: today ? undefined : "medium", timeStyle: "short" }, at);
};
const lines = (text) => text.replace(/\r\n?/g, "\n");

// Storage may be forbidden or full: then there is no draft, and no harm.
const attempt = (work, otherwise) => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};
const PREFIX = "colloquy:draft:";
const SENT = "colloquy:sent";
const MONTH = 30 * 24 * 3600 * 1000;

// --- what is typed, as plain data: name -> list of values
const TYPED = "textarea, select, input:not([type=hidden], [type=submit], [type=file], [type=password])";
const fields = (form) => [...form.elements].filter((each) => each.name && each.matches(TYPED) && !each.closest("[data-no-draft]"));
const ticks = (field) => /^(radio|checkbox)$/.test(field.type);
const typed = (form) => {
  const values = {};
  for (const field of fields(form)) {
    const list = (values[field.name] ||= []);
    if (!ticks(field)) list.push(lines(field.value));
    else if (field.checked) list.push(field.value);
  }
  return values;
};
const fill = (form, values) => {
  const next = {};
  for (const field of fields(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (ticks(field)) field.checked = list.includes(field.value);
    else {
      const nth = (next[field.name] ??= 0);
      next[field.name] += 1;
      if (nth < list.length) field.value = list[nth];
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
// A draft that would change nothing on this page needs no banner.
const differs = (form, values) => {
  const now = typed(form);
  return Object.keys(values).some((name) => now[name] && JSON.stringify(now[name]) !== JSON.stringify(values[name]));
};

// --- drafts: one record for each opened page, so two tabs never overwrite each other
const forget = (key) => attempt(() => localStorage.removeItem(key));
const keep = (key, at, values) =>
  attempt(() => (localStorage.setItem(key, JSON.stringify({ at, values })), true), false);
const drafts = (base) =>
  attempt(() => Object.keys(localStorage), [])
    .filter((key) => key.startsWith(base))
    .map((key) => ({ ...attempt(() => JSON.parse(localStorage.getItem(key)), {}), key }))
    .filter((draft) => draft.values)
    .sort((left, right) => right.at - left.at);

function keepDraft(form) {
  const path = new URL(form.getAttribute("action") || "", location).pathname;
  const base = `${PREFIX}${form.dataset.draft}|${path}|${form.id}|`;
  const own = base + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
  const state = one(".draft-state", form) || make("p", "draft-state");
  if (!state.isConnected) form.append(state);
  const initial = typed(form);
  let dirty = false;
  let timer;
  const save = () => {
    clearTimeout(timer);
    if (!dirty) return;
    const at = Date.now();
    dirty = !keep(own, at, typed(form));
    state.textContent = dirty ? "" : words(form, "saved", { time: clock(at) });
  };
  on(form, "input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  on(window, "pagehide", save);
  on(document, "visibilitychange", () => document.hidden && save());

  const adopt = (draft) => {
    dirty = true;
    save();
    // The old record goes only when its text is safe under the new one.
    if (!dirty) forget(draft.key);
  };
  const ask = (draft) => {
    const banner = make("div", "kept");
    const text = make("p");
    text.setAttribute("role", "status");
    const row = make("div", "row");
    const choice = (name, className, act) => {
      const button = Object.assign(make("button", className, words(form, name)), { type: "button" });
      on(button, "click", () => {
        act();
        banner.remove();
        form.tabIndex = -1;
        form.focus({ preventScroll: true });
        offer();
      });
      row.append(button);
    };
    choice("use", "primary", () => {
      // What stands in the form is kept too: choosing one text never destroys the other.
      if (differs(form, initial) || all("textarea", form).some((area) => area.value)) keep(`${own}-before`, Date.now() - 1, typed(form));
      fill(form, draft.values);
      adopt(draft);
    });
    choice("discard", "", () => forget(draft.key));
    banner.append(text, row);
    form.prepend(banner);
    // A live region must stand there before its text, or it is not read out.
    setTimeout(() => { text.textContent = words(form, "kept", { time: clock(draft.at) }); }, 50);
  };
  const offer = () => {
    for (const draft of drafts(base)) {
      if (draft.key === own) continue;
      if (Date.now() - draft.at > MONTH) forget(draft.key);
      else if (differs(form, draft.values)) return ask(draft);
      else adopt(draft);
    }
  };
  offer();
  // Called when the form goes out: the receipt page then clears this record and nothing else.
  return () => {
    dirty = true;
    save();
    attempt(() => sessionStorage.setItem(SENT, JSON.stringify({ key: own, at: Date.now() })));
  };
}

function clearDraft() {
  const name = document.body.dataset.clearsDraft;
  const sent = attempt(() => JSON.parse(sessionStorage.getItem(SENT)));
  if (!name || !sent || !sent.key.startsWith(`${PREFIX}${name}|`)) return;
  for (const draft of drafts(sent.key)) if (draft.at <= sent.at) forget(draft.key);
  attempt(() => sessionStorage.removeItem(SENT));
}

// --- sending: once, and never into a browser's error page
async function reachable(address) {
  if (navigator.onLine === false) return false;
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 5000);
  try {
    const { status } = await fetch(address, { method: "HEAD", cache: "no-store", signal: stop.signal });
    return ![502, 503, 504].includes(status);
  } catch {
    return false;
  }
}

function sendSafely(form, goingOut) {
  const status = one(".status", form) || make("p", "status");
  status.setAttribute("role", "status");
  if (!status.isConnected) (one(".actions", form) || form.lastElementChild).before(status);
  let sending = false;
  let waiting, submitter;
  let pause = 2000;
  let touched = 0;
  const busy = (now) => {
    sending = now;
    for (const button of all("button:not([type=button])", form)) button.setAttribute("aria-disabled", now);
  };
  const post = () => {
    goingOut();
    const { name, value } = submitter || {};
    if (name) form.append(Object.assign(make("input"), { type: "hidden", name, value }));
    if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
    HTMLFormElement.prototype.submit.call(form);
    // A server silent from here on must not lock the form.
    setTimeout(() => busy(false), 15000);
  };
  const go = async () => {
    clearTimeout(waiting);
    if (sending) return;
    busy(true);
    if (await reachable(form.dataset.health || "/health")) {
      status.textContent = "";
      // Nobody is torn out of a sentence: this waits for a pause in typing.
      if (Date.now() - touched > 5000) return post();
    } else status.textContent = words(form, "offline");
    busy(false);
    waiting = setTimeout(go, pause);
    pause = Math.min(pause * 2, 60000);
  };
  on(form, "input", () => { touched = Date.now(); });
  on(form, "submit", (event) => {
    event.preventDefault();
    if (sending) return;
    submitter = event.submitter;
    touched = 0;
    pause = 2000;
    go();
  });
  on(window, "online", () => waiting && go());
  on(window, "pageshow", (event) => event.persisted && busy(false));
}

// Other forms are only guarded against the second click.
function sendOnce(form) {
  let last = 0;
  on(form, "submit", (event) => {
    if (Date.now() - last < 3000) event.preventDefault();
    else last = Date.now();
  });
}

// --- small helps while answering
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => { while (area.scrollHeight > area.clientHeight && area.rows < 40) area.rows += 2; };
  on(area, "input", fit);
  fit();
}

function count(counter) {
  const area = document.getElementById(counter.dataset.for);
  const max = Number(counter.dataset.max);
  if (!area || !max) return;
  let timer;
  counter.setAttribute("aria-live", "polite");
  const show = () => {
    // Code points, a line end as one, as on the server. It warns and never blocks.
    const n = max - [...lines(area.value)].length;
    counter.classList.toggle("over", n < 0);
    counter.textContent = n < 0 ? words(counter, "over", { n: -n }) : n <= max / 4 ? words(counter, "left", { n }) : "";
  };
  on(area, "input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
  show();
}

function allocate(box) {
  const total = Number(box.dataset.total) || 100;
  const output = one(".left", box);
  const show = () => {
    let left = total;
    for (const bet of all(".bet", box)) {
      const typed = one("input[inputmode=numeric]", bet)?.value || "";
      // Full-width digits are digits too.
      const value = Math.max(0, Number.parseFloat(typed.normalize("NFKC").replace(",", ".")) || 0);
      left -= value;
      const bar = one(".bar", bet);
      if (!bar) continue;
      if (!one(".fill", bar)) bar.append(make("span"));
      bar.firstElementChild.className = `fill w${Math.min(100, Math.round((value / total) * 100))}`;
    }
    if (!output) return;
    left = Math.round(left * 100) / 100;
    output.classList.toggle("over", left < 0);
    output.textContent = words(box, left < 0 ? "over" : "left", { n: Math.abs(left) });
  };
  on(box, "input", show);
  show();
}

// Questions that hang on an answer come and go with it; what was typed into them stays. The
// server judges for itself in the end.
function follow(form) {
  const sections = all("[data-if]", form);
  const show = () => {
    const given = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim());
    for (const section of sections) {
      section.hidden = !section.dataset.if.split(" ").some((wanted) => {
        const [name, ...value] = wanted.split("=");
        const fits = given.filter(([of, is]) => (value.length ? of === name && is === value.join("=") : of === name || of.startsWith(`${name}.`)));
        return fits.some(([of]) => !one(`[name="${CSS.escape(of)}"]`, form)?.closest("[data-if][hidden]"));
      });
      section.classList.add("followed");
    }
  };
  if (!sections.length) return;
  on(form, "input", show);
  show();
}

// Places follow the order of the list; a place that is typed moves its row on leaving the field.
function rank(list) {
  const place = (row) => one("input", row);
  const number = () => {
    let next = 1;
    for (const row of list.children) if (place(row).value.trim()) place(row).value = next++;
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  on(list, "click", (event) => {
    const button = event.target.closest("[data-rank]");
    if (!button) return;
    const row = button.closest("li");
    const rows = [...list.children];
    const ranked = rows.filter((each) => place(each).value.trim());
    const at = ranked.indexOf(row);
    if (at < 0) {
      // What had no place gets the next one.
      place(row).value = ranked.length + 1;
      (ranked.at(-1) || null) ? ranked.at(-1).after(row) : list.prepend(row);
      if (button.dataset.rank === "up" && ranked.length) ranked.at(-1).before(row);
    } else if (button.dataset.rank === "up" && at > 0) ranked[at - 1].before(row);
    else if (button.dataset.rank === "down" && at < ranked.length - 1) ranked[at + 1].after(row);
    number();
    button.focus();
  });
  on(list, "change", (event) => {
    const rows = [...list.children].sort((a, b) => (parseInt(place(a).value, 10) || 999) - (parseInt(place(b).value, 10) || 999));
    list.append(...rows);
    event.target.focus();
  });
}

// Writing into "something else" chooses it.
function chooseOther(choice) {
  const tick = one("[type=radio], [type=checkbox]", choice);
  const text = one("[type=text]", choice);
  if (tick && text) on(text, "input", () => { if (text.value.trim()) tick.checked = true; });
}

// A time whose offset is not the reader's gets the reader's own beside it.
function ownTime(time) {
  const written = time.dateTime;
  const at = new Date(written);
  const zone = /T.*(?:Z|([+-])(\d\d):?(\d\d))$/.exec(written);
  if (!zone || Number.isNaN(at.getTime()) || time.dataset.own === "no") return;
  const theirs = zone[1] ? Number(`${zone[1]}1`) * (zone[2] * 60 + Number(zone[3])) : 0;
  if (theirs === -at.getTimezoneOffset()) return;
  const text = tell({ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short" }, at);
  time.after(" ", make("span", "own-time", words(time, "own", { time: text }) || text));
}

function leadToProblems(box) {
  box.focus();
  on(box, "click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const part = link && document.getElementById(link.hash.slice(1));
    const field = part && one(`[aria-invalid=true], ${TYPED}`, part);
    if (field) setTimeout(() => field.focus());
  });
}

// --- the desk
// The order is that of the rows' fields; without this script the buttons post name=move.
function order(list) {
  on(list, "click", (event) => {
    const button = event.target.closest("[data-move]");
    const row = button && button.closest("li");
    if (!row) return;
    event.preventDefault();
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
    all("[data-position]", list).forEach((field, index) => { field.value = index + 1; });
  });
}

function selectAll(box) {
  const scope = box.form || document;
  const boxes = () => all(box.dataset.all, scope).filter((each) => !each.closest("[hidden]"));
  const show = () => {
    const some = boxes().some((each) => each.checked);
    box.checked = some && boxes().every((each) => each.checked);
    box.indeterminate = some && !box.checked;
  };
  on(scope, "change", (event) => {
    if (event.target === box) for (const each of boxes()) each.checked = box.checked;
    show();
  });
  show();
}

function copy(button) {
  // Browsers copy only on https and on this machine.
  if (!navigator.clipboard) return button.remove();
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  on(button, "click", async () => {
    const wanted = button.dataset.copy;
    const from = wanted.startsWith("#") && one(wanted);
    await navigator.clipboard.writeText(from ? from.value || from.href || from.textContent.trim() : wanted);
    button.textContent = words(button, "copied") || label;
    setTimeout(() => { button.textContent = label; }, 2500);
  });
}

function filter(input) {
  const list = one(input.dataset.filter);
  if (!list) return;
  const rows = list.tBodies ? all("tbody > tr", list) : [...list.children];
  const output = input.dataset.count && one(input.dataset.count);
  const show = () => {
    const sought = input.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !sought.every((word) => text.includes(word));
    }
    if (output) output.textContent = words(output, "count", { n: rows.filter((row) => !row.hidden).length, all: rows.length });
  };
  on(input, "input", show);
  show();
}

// --- begin
for (const element of all("[data-js][hidden]")) element.hidden = false;
clearDraft();
all("textarea").forEach(grow);
all(".counter[data-for]").forEach(count);
all(".allocation").forEach(allocate);
all(".choice.other").forEach(chooseOther);
all("ol.ranking").forEach(rank);
all("form.questionnaire").forEach(follow);
all("time[datetime]").forEach(ownTime);
all(".problems").slice(0, 1).forEach(leadToProblems);
for (const form of all("form[method=post]")) {
  if (form.dataset.draft) sendSafely(form, keepDraft(form));
  else sendOnce(form);
}
all("[data-order]").forEach(order);
all("input[data-all]").forEach(selectAll);
all("[data-copy]").forEach(copy);
all("input[data-filter]").forEach(filter);
for (const button of all("[data-print]")) on(button, "click", () => print());
