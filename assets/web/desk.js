// What the desk adds to main.js: moving rows, ticking all, finding, results that keep themselves up
// to date. Every page works without it.
"use strict";
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

// --- results that keep themselves up to date
// Makes one piece of the page like another, and changes nothing that is alike already: what is
// open stays open, what is half typed stays typed, and nobody loses their place.
const KEPT = /^(open|hidden|aria-busy)$/;
const kind = (node) => (node.id ? `#${node.id}` : node.nodeName);
function liken(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (kind(old) !== kind(fresh)) return old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) return void (old.data = fresh.data);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !KEPT.test(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (!KEPT.test(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  const ends = [];
  while (before.length && after.length && kind(before.at(-1)) === kind(after.at(-1))) ends.push([before.pop(), after.pop()]);
  let last = null;
  while (before.length && after.length && kind(before[0]) === kind(after[0])) ends.push([(last = before.shift()), after.shift()]);
  for (const node of before) node.remove();
  if (last) last.after(...after);
  else old.prepend(...after);
  for (const [left, right] of ends) liken(left, right);
}

function live(box) {
  const said = make("p", "vh");
  said.setAttribute("role", "status");
  box.before(said);
  let source, wanted, timer;
  let pause = 0;
  const renew = async () => {
    timer = 0;
    const version = wanted;
    if (version === box.dataset.version || document.hidden) return;
    const answer = await reach(location.href, {});
    const text = answer?.ok && !answer.redirected ? await answer.text() : "";
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = one("#results", page);
    // One that is away, or has to sign in again, is left alone with what is there.
    pause = fresh ? 1000 : Math.min(pause * 2 || 2000, 60000);
    if (fresh) {
      const [steps, now] = [one("nav.steps"), one("nav.steps", page)];
      if (steps && now) liken(steps, now);
      liken(box, fresh);
      said.textContent = words(box, "live");
      box.dispatchEvent(new Event("renewed", { bubbles: true }));
    }
    if (wanted !== version || !fresh) later();
  };
  const later = () => { timer ||= setTimeout(renew, pause); };
  const open = () => {
    source = new EventSource(box.dataset.live);
    on(source, "results", (event) => {
      wanted = attempt(() => JSON.parse(event.data).version, wanted);
      if (wanted !== box.dataset.version) later();
    });
    on(source, "end", () => source.close());
  };
  // A browser keeps few connections to one address: a page that nobody sees gives its own back.
  const watch = () => {
    source?.close();
    source = null;
    if (!document.hidden) open();
  };
  on(document, "visibilitychange", watch);
  on(window, "pagehide", () => source?.close());
  on(window, "pageshow", (event) => event.persisted && watch());
  watch();
}

// --- the table plan: seats are dragged; a form does the same without this script
function tables(box) {
  const data = box.dataset;
  let who = null;
  const clear = () => {
    who = null;
    box.classList.remove("dragging");
    all(".over", box).forEach((each) => each.classList.remove("over"));
    all(".cost", box).forEach((each) => { each.hidden = true; });
  };
  // What each group would cost is on the person's own page.
  const ask = async (id) => {
    const query = data.round > 0 ? `?round=${Number(data.round) + 1}` : "";
    const answer = await reach(`${data.seats}/${id}${query}`, {});
    if (!answer?.ok || who !== id) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const choice of all("[data-group]", page)) {
      const cost = one(`[data-table="${choice.dataset.group}"] .cost`, box);
      const said = one("[data-cost]", choice);
      if (!cost || !said) continue;
      const against = all("ul li", choice).map((line) => line.textContent);
      cost.textContent = [said.textContent.trim(), ...against].join(" ");
      cost.classList.toggle("no", against.length > 0);
      cost.hidden = false;
    }
  };
  const send = (moves) => {
    const form = make("form");
    form.method = "post";
    form.action = data.change;
    for (const [name, value] of [["what", "move"], ["round", data.round], ...moves.map((move) => ["move", move])]) {
      const field = make("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    form.hidden = true;
    document.body.append(form);
    form.submit();
  };
  for (const seat of all("[data-participant]", box)) seat.draggable = true;
  on(box, "dragstart", (event) => {
    const seat = event.target.closest?.("[data-participant]");
    if (!seat) return;
    who = seat.dataset.participant;
    event.dataTransfer.setData("text/plain", who);
    event.dataTransfer.effectAllowed = "move";
    box.classList.add("dragging");
    ask(who);
  });
  on(box, "dragend", clear);
  on(box, "dragover", (event) => {
    const table = event.target.closest("[data-table]");
    if (!who || !table) return;
    event.preventDefault();
    all(".over", box).forEach((each) => each !== table && each.classList.remove("over"));
    table.classList.add("over");
  });
  on(box, "drop", (event) => {
    const table = event.target.closest("[data-table]");
    if (!who || !table) return;
    event.preventDefault();
    const from = one(`[data-participant="${who}"]`, box)?.closest("[data-table]");
    if (from !== table) send([`${who}:${table.dataset.table}`]);
    clear();
  });
}

// --- a search that runs: only its bar moves; when it is over the page comes anew
function searching(box) {
  const look = async () => {
    const answer = await reach(location.href, {});
    const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
    const fresh = one("[data-searching]", page);
    if (fresh) liken(box, fresh);
    else if (answer?.ok) return location.replace(location.pathname);
    setTimeout(look, 700);
  };
  setTimeout(look, 700);
}

// --- a form that shows what would come of it while it is typed; a button does the same
function preview(form) {
  let timer, asked = 0;
  const show = async () => {
    const mine = ++asked;
    const answer = await reach(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of all("[data-shown]", page)) {
      const old = document.getElementById(part.id);
      if (old && !old.contains(document.activeElement)) liken(old, part);
    }
  };
  on(form, "input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
}

// What is copied from a page or a document comes with its headings, lists and links: they go along
// as long as the words are those that were pasted.
function rich(area) {
  const kept = one(area.dataset.rich), said = document.getElementById("rich");
  const keep = (html) => {
    kept.value = html;
    said.hidden = !html;
  };
  on(area, "paste", (event) => {
    const html = event.clipboardData?.getData("text/html") || "";
    const whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    setTimeout(() => keep(whole && /<(h\d|p|li|a|strong|b|table)\b/i.test(html) ? html : ""));
  });
  on(area, "input", (event) => { if (event.inputType !== "insertFromPaste") keep(""); });
}

all("[data-order]").forEach(order);
all("[data-rich]").forEach(rich);
all("[data-preview]").forEach(preview);
all("input[data-all]").forEach(selectAll);
all("input[data-filter]").forEach(filter);
if (window.EventSource) all("[data-live]").forEach(live);
all("[data-tables]").forEach(tables);
all("[data-searching]").forEach(searching);
