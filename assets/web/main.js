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
const VIEW = "colloquy:view";
const WEEK = 7 * 24 * 3600 * 1000;

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
// The form's key: what was perhaps sent is sent again with the same one, and kept once.
const keyed = (form) => ["form_key", "form_drawn"].map((name) => one(`[name=${name}]`, form)).filter(Boolean);

// --- drafts: one record for each opened page, so two tabs never overwrite each other
const forget = (store, key) => attempt(() => store.removeItem(key));
const keep = (store, key, record) => attempt(() => (store.setItem(key, JSON.stringify(record)), true), false);
const drafts = (store, base) =>
  attempt(() => Object.keys(store), [])
    .filter((key) => key.startsWith(base))
    .map((key) => ({ ...attempt(() => JSON.parse(store.getItem(key)), {}), key }))
    .filter((draft) => draft.values)
    .sort((left, right) => right.at - left.at);
const stores = () => ["localStorage", "sessionStorage"].map((name) => attempt(() => window[name])).filter(Boolean);
const TAB = "colloquy-tab|";
const cameBack = attempt(() => performance.getEntriesByType("navigation")[0].type === "back_forward");
const button = (className, text, act) => {
  const made = Object.assign(make("button", className, text), { type: "button" });
  on(made, "click", act);
  return made;
};

function keepDraft(form) {
  // Of anonymous answers nothing stays on a device that others may use.
  const inTab = "draftSession" in form.dataset;
  const store = attempt(() => (inTab ? sessionStorage : localStorage));
  const path = new URL(form.getAttribute("action") || "", location).pathname;
  const base = `${PREFIX}${form.dataset.draft}|${path}|${form.id}|`;
  const own = base + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
  const state = make("div", "draft-state");
  const said = make("span");
  said.setAttribute("role", "status");
  const remove = button("quiet small", words(form, "delete"), () => {
    for (const draft of drafts(store, base)) forget(store, draft.key);
    stopped = true;
    remove.hidden = true;
    said.textContent = words(form, "deleted");
  });
  remove.hidden = true;
  state.append(said, " ", remove);
  form.append(state);
  const initial = typed(form);
  let dirty = false;
  let stopped = false;
  let tried;
  let timer;
  const save = () => {
    clearTimeout(timer);
    if (!dirty || stopped) return;
    const at = Date.now();
    dirty = !keep(store, own, { at, values: typed(form), tried });
    attempt(() => sessionStorage.setItem(TAB + base, own));
    said.textContent = dirty ? "" : words(form, inTab ? "tab" : "saved", { time: clock(at) });
    remove.hidden = dirty;
  };
  on(form, "input", (event) => {
    if (event.target.closest("[data-no-draft]")) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  on(window, "pagehide", save);
  on(document, "visibilitychange", () => document.hidden && save());

  const adopt = (draft) => {
    dirty = true;
    if (draft.tried) for (const field of keyed(form)) field.value = draft.tried[field.name] || field.value;
    save();
    // The old record goes only when its text is safe under the new one.
    if (!dirty) forget(store, draft.key);
  };
  const use = (draft) => {
    // What stands in the form is kept too: choosing one text never destroys the other.
    if (differs(form, initial) || all("textarea", form).some((area) => area.value)) keep(store, `${own}-before`, { at: Date.now() - 1, values: typed(form) });
    fill(form, draft.values);
    adopt(draft);
  };
  const ask = (draft) => {
    const banner = make("div", "kept");
    const text = make("p");
    text.setAttribute("role", "status");
    const row = make("div", "row");
    const choice = (name, className, act) =>
      row.append(
        button(className, words(form, name), () => {
          act();
          banner.remove();
          form.tabIndex = -1;
          form.focus({ preventScroll: true });
          if (name !== "now") offer();
        }),
      );
    if (draft.tried) choice("now", "primary", () => (use(draft), form.requestSubmit(one(".send", form))));
    choice("use", draft.tried ? "" : "primary", () => use(draft));
    choice("discard", "", () => forget(store, draft.key));
    banner.append(text, row);
    form.prepend(banner);
    // A live region must stand there before its text, or it is not read out.
    setTimeout(() => { text.textContent = words(form, draft.tried ? "unsent" : "kept", { time: clock(draft.at) }); }, 50);
  };
  const offer = () => {
    for (const draft of drafts(store, base)) {
      if (draft.key === own) continue;
      if (Date.now() - draft.at > WEEK) forget(store, draft.key);
      else if (!differs(form, draft.values)) adopt(draft);
      else if (draft.key === left && !differs(form, initial)) fill(form, draft.values), adopt(draft);
      else return ask(draft);
    }
  };
  // Back shows a page as it was left, also where the browser does not put its texts back.
  const left = cameBack && attempt(() => sessionStorage.getItem(TAB + base));
  offer();
  return {
    // Called when the form goes out: a tab closed before the answer can still send it.
    out() {
      dirty = true;
      tried = Object.fromEntries(keyed(form).map(({ name, value }) => [name, value]));
      save();
    },
    // The receipt page then clears this record and nothing else.
    sent: (at) => attempt(() => sessionStorage.setItem(SENT, JSON.stringify({ key: own, at }))),
  };
}

function clearDraft() {
  const name = document.body.dataset.clearsDraft;
  const sent = attempt(() => JSON.parse(sessionStorage.getItem(SENT)));
  if (!name || !sent || !sent.key.startsWith(`${PREFIX}${name}|`)) return;
  for (const store of stores()) {
    for (const draft of drafts(store, sent.key)) if (draft.at <= sent.at) forget(store, draft.key);
  }
  attempt(() => sessionStorage.removeItem(SENT));
}

// --- sending: once, and never into a browser's error page
const AWAY = [429, 502, 503, 504];
// The answer; null where there is none.
async function reach(address, options) {
  if (navigator.onLine === false) return null;
  const stop = new AbortController();
  setTimeout(() => stop.abort(), options.method === "HEAD" ? 5000 : 30000);
  try {
    return await fetch(address, { cache: "no-store", signal: stop.signal, ...options });
  } catch {
    return null;
  }
}
async function healthy(form) {
  const answer = await reach(form.dataset.health || "/health", { method: "HEAD" });
  return answer !== null && !AWAY.includes(answer.status);
}

function sendSafely(form, draft) {
  const status = one(".status", form) || make("p", "status");
  status.setAttribute("role", "status");
  if (!status.isConnected) (one(".actions", form) || form.lastElementChild).before(status);
  let sending = false;
  let waiting, submitter;
  let pause = 2000;
  let touched = 0;
  const busy = (now) => {
    sending = now;
    for (const each of all("button:not([type=button])", form)) each.setAttribute("aria-disabled", now);
  };
  const part = () => (submitter?.name ? [[submitter.name, submitter.value]] : []);
  // As a browser does it without this script: whatever the answer is, its page is shown.
  const post = () => {
    draft.sent(Date.now());
    const added = part().map(([name, value]) => Object.assign(make("input"), { type: "hidden", name, value }));
    form.append(...added);
    HTMLFormElement.prototype.submit.call(form);
    // The browser may come back to this page, and must not find them.
    for (const each of added) each.remove();
    // A server silent from here on must not lock the form.
    setTimeout(() => busy(false), 15000);
  };
  const later = (why, seconds = 0) => {
    status.textContent = words(form, why);
    busy(false);
    waiting = setTimeout(go, Math.max(pause, seconds * 1000));
    pause = Math.min(pause * 2, 60000);
  };
  const check = async () => {
    if (await healthy(form)) return post();
    status.textContent = words(form, "away");
    busy(false);
  };
  const go = async () => {
    clearTimeout(waiting);
    waiting = 0;
    if (sending) return;
    // Nobody is torn out of a sentence: this waits for a pause in typing.
    if (Date.now() - touched < 5000) return void (waiting = setTimeout(go, 5000));
    busy(true);
    if (/^(check|later)$/.test(submitter?.value)) return check();
    draft.out();
    const at = Date.now();
    const body = new URLSearchParams([...new FormData(form), ...part()]);
    const slow = setTimeout(() => { status.textContent = words(form, "slow"); }, 5000);
    const answer = await reach(form.action, { method: "POST", body });
    clearTimeout(slow);
    // Where only scripts are kept from sending, the form still can.
    if (!answer) return (await healthy(form)) ? post() : later("offline");
    if (AWAY.includes(answer.status)) return later("busy", Number(answer.headers.get("retry-after")) || 0);
    status.textContent = "";
    // A page to correct is the same again, and nothing is kept twice.
    if (!answer.redirected || !answer.ok) return post();
    draft.sent(at);
    location.assign(answer.url);
    setTimeout(() => busy(false), 15000);
  };
  on(form, "input", () => { touched = Date.now(); });
  on(form, "submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending) return;
    submitter = event.submitter;
    touched = 0;
    pause = 2000;
    go();
  });
  on(window, "online", () => waiting && go());
  on(window, "pageshow", (event) => {
    if (!event.persisted) return;
    busy(false);
    status.textContent = "";
  });
}

// Other forms are only guarded against the second click.
function sendOnce(form) {
  let last = 0;
  on(form, "submit", (event) => {
    if (Date.now() - last < 3000) event.preventDefault();
    else last = Date.now();
  });
}

// --- one question at a time, or all on one page: the style sheet does it, this remembers it
function pace(form) {
  const views = all("[name=form_view][type=radio]", form);
  const single = () => form.classList.contains("checking") || views.some((view) => view.checked && view.value === "one");
  const kept = attempt(() => localStorage.getItem(VIEW));
  if (!/[?&](view=|send)/.test(location.search)) {
    for (const view of views) view.checked = view.value === (kept || "all");
  }
  for (const view of views) {
    on(view, "change", () => {
      attempt(() => localStorage.setItem(VIEW, view.value));
      const seen = all(".question", form).find((each) => each.getBoundingClientRect().bottom > 120);
      if (view.value === "all") document.getElementById(location.hash.slice(1))?.scrollIntoView();
      else if (seen && seen.getBoundingClientRect().top < 0) location.replace(`#${seen.id}`);
    });
  }
  const arrive = () => {
    const part = single() && location.hash && document.getElementById(location.hash.slice(1));
    const heading = part && form.contains(part) && one("h2", part);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  on(window, "hashchange", () => setTimeout(arrive));
  // Enter goes on, as the link does.
  on(form, "keydown", (event) => {
    const next = event.target.matches("input:not([type=radio], [type=checkbox])") && one(".turn .on", event.target.closest(".question") || form);
    if (event.key !== "Enter" || event.isComposing || !next || !single() || form.classList.contains("checking")) return;
    event.preventDefault();
    next.click();
  });
}

// Questions that hang on an answer come and go with it; what was typed into them stays. The
// server judges for itself in the end.
function follow(form) {
  const hanging = all(".question[data-if]", form);
  if (!hanging.length) return;
  const link = (from, selector, to) => {
    const found = from && one(selector, from);
    if (found) found.hash = to;
  };
  const show = () => {
    const given = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim());
    for (const section of hanging) {
      section.hidden = !section.dataset.if.split(" ").some((wanted) => {
        const [name, ...value] = wanted.split("=");
        const fits = given.filter(([of, is]) => (value.length ? of === name && is === value.join("=") : of === name || of.startsWith(`${name}.`)));
        return fits.some(([of]) => !one(`[name="${CSS.escape(of)}"]`, form)?.closest("[data-if][hidden]"));
      });
      section.classList.add("followed");
    }
    const shown = all(".question", form).filter((each) => !each.hidden);
    const said = (n) => words(form, "number", { n, all: shown.length });
    shown.forEach((each, place) => {
      if (said(1)) one(".number", each).textContent = said(place + 1);
      link(each, ".turn .on", shown[place + 1]?.id || "send");
      link(each, ".turn .back", shown[place - 1]?.id || "answers");
    });
    link(one("section.end", form), ".back", shown.at(-1)?.id || "answers");
  };
  on(form, "input", show);
  show();
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
      const field = one("input[inputmode=numeric], input[type=number]", bet);
      // “30 %”, “３０” and “12,5” are numbers too.
      const value = Math.max(0, Number.parseFloat((field?.value || "").normalize("NFKC").replace(",", ".")) || 0);
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

// Places follow the order of the list; a place that is typed moves its row on leaving the field.
function rank(list) {
  const place = (row) => one("input", row);
  const ranked = () => [...list.children].filter((row) => place(row).value.trim());
  const said = make("p", "vh");
  said.setAttribute("role", "status");
  list.after(said);
  const settle = (row) => {
    ranked().forEach((each, at) => { place(each).value = at + 1; });
    list.dispatchEvent(new Event("input", { bubbles: true }));
    const values = { n: place(row).value, all: list.children.length };
    said.textContent = `${one("label", row).textContent}: ${words(list, "place", values)}`;
  };
  on(list, "click", (event) => {
    const pressed = event.target.closest("[data-rank]");
    if (!pressed) return;
    const row = pressed.closest("li");
    const rows = ranked();
    const at = rows.indexOf(row);
    const up = pressed.dataset.rank === "up";
    if (at < 0) {
      // What had no place gets the next one.
      place(row).value = rows.length + 1;
      if (rows.length) rows.at(-1).after(row);
      else list.prepend(row);
    } else if (up) rows[at - 1]?.before(row);
    else rows[at + 1]?.after(row);
    settle(row);
    pressed.focus();
  });
  // Dragging comes on top: the list takes the pointer, since a row that moves would let go of it.
  let held;
  on(list, "pointerdown", (event) => {
    if (!event.target.closest(".grip")) return;
    event.preventDefault();
    held = event.target.closest("li");
    list.setPointerCapture(event.pointerId);
  });
  on(list, "pointermove", (event) => {
    const over = held && [...list.children].find((row) => event.clientY < row.getBoundingClientRect().bottom);
    if (!over || over === held) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(held);
    else over.after(held);
  });
  on(list, "lostpointercapture", () => {
    if (!held) return;
    place(held).value ||= 1;
    list.append(...[...list.children].filter((row) => !place(row).value.trim()));
    settle(held);
    held = null;
  });
  on(list, "change", (event) => {
    const worth = (row) => Number.parseInt(place(row).value.normalize("NFKC"), 10) || 999;
    const focused = document.activeElement;
    list.append(...[...list.children].sort((left, right) => worth(left) - worth(right)));
    if (list.contains(focused)) focused.focus();
    else if (focused === document.body) event.target.focus();
  });
}

// One statement at a time; each stays in the form, and what was not seen is not answered.
function oneByOne(list) {
  const items = [...list.children];
  if (items.length < 2 || !words(list, "continue")) return;
  let at = Math.max(0, items.findIndex((item) => !one(":checked", item)));
  const place = make("p", "quiet");
  place.setAttribute("role", "status");
  const show = (next) => {
    at = Math.min(Math.max(next, 0), items.length - 1);
    items.forEach((item, nth) => { item.hidden = nth !== at; });
    place.textContent = words(list, "place", { n: at + 1, all: items.length });
    forth.hidden = at === items.length - 1;
    back.hidden = !at;
  };
  const step = (by) => {
    show(at + by);
    const heading = one("legend", items[at]);
    heading.tabIndex = -1;
    heading.focus();
  };
  const forth = button("", words(list, "continue"), () => step(1));
  const back = button("quiet", words(list, "back"), () => step(-1));
  const row = make("div", "stepper");
  row.append(place, forth, back);
  list.after(row);
  // Pressing an answer goes on; arrow keys, which press too, only choose.
  on(list, "click", (event) => {
    if (event.detail && event.target.type === "radio" && at < items.length - 1) setTimeout(() => step(1), 250);
  });
  show(at);
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
    const field = part && (one("[aria-invalid=true]:not(fieldset)", part) || one(TYPED, part));
    if (field) setTimeout(() => field.focus());
  });
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

// On a wide page there is room for the passage beside its question.
const wide = matchMedia("(min-width: 78rem)");
const unfold = () => { for (const each of all("details.passage")) each.open = wide.matches; };

// --- begin
for (const element of all("[data-js][hidden]")) element.hidden = false;
clearDraft();
all("textarea").forEach(grow);
all(".counter[data-for]").forEach(count);
all(".allocation").forEach(allocate);
all(".choice.other").forEach(chooseOther);
all("ol.ranking").forEach(rank);
all("ol[data-one-by-one]").forEach(oneByOne);
all("time[datetime]").forEach(ownTime);
all("form.questionnaire").forEach(pace);
all("form.questionnaire").forEach(follow);
all(".problems").slice(0, 1).forEach(leadToProblems);
if (wide.matches) unfold();
on(wide, "change", unfold);
for (const form of all("form[method=post]")) {
  if (form.dataset.draft) sendSafely(form, keepDraft(form));
  else sendOnce(form);
}
for (const form of all("[data-begun]")) {
  on(form, "input", (event) => {
    const { begun } = form.dataset;
    form.dataset.begun = event.isTrusted ? "" : begun;
    if (begun && event.isTrusted) navigator.sendBeacon(begun);
  });
}
all("[data-copy]").forEach(copy);
for (const each of all("[data-print]")) on(each, "click", () => print());
