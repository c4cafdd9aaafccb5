// What the desk adds to main.js: results that keep themselves up to date, tables, the editor. Every
// page works without it.
"use strict";
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

// --- the editor: what is typed is kept by itself. What changes the form's shape is sent like any
// form, and its page is put in the place of this one: without this script the browser does the same.
function editor() {
  const form = () => one("form[data-editor]");
  const PAUSE = 800;
  let timer, turn = Promise.resolve(), dirty = false, wait = PAUSE;
  const say = (name) => {
    const place = one("[data-saved]");
    if (place) place.textContent = name ? words(form(), name) : "";
  };
  const ready = (root) => {
    for (const each of all("[data-js][hidden]", root)) each.hidden = false;
    all("textarea", root).forEach(grow);
  };
  const send = async (then) => {
    const body = new URLSearchParams(new FormData(form()));
    body.set("then", then);
    const answer = await reach(form().action, { method: "POST", body });
    const text = answer ? await answer.text() : "";
    const page = new DOMParser().parseFromString(text, "text/html");
    return one("form[data-editor]", page) ? page : null;
  };
  // Puts the page's form in the place of this one, and leads on to where the work was.
  const swap = (page, ...focus) => {
    const top = scrollY;
    const fresh = one("form[data-editor]", page);
    const beside = one("#beside").checked;
    const [old, now] = [one("#told"), one("#told", page)];
    if (old && now) old.replaceWith(now);
    form().replaceWith(fresh);
    one("#beside").checked = beside;
    ready(fresh);
    const aim = focus.map((selector) => selector && one(selector, fresh)).find(Boolean);
    scrollTo({ top, behavior: "instant" });
    aim?.focus({ preventScroll: true });
    aim?.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  // The lines that are sent, so that each learns the key that it is given.
  const lists = () =>
    all("[data-question]", form()).map((question) => ({
      key: question.dataset.question,
      shown: one("[name$='.shown']", question),
      keys: all("li.line", question).filter((row) => one("textarea", row)?.value.trim()).map((row) => one("[name$='.line-key']", row)),
    }));
  const learn = (page, sent) => {
    const fresh = one("form[data-editor]", page);
    one("[name=based_on]").value = one("[name=based_on]", fresh).value;
    for (const { key, shown, keys } of sent) {
      const question = one(`[data-question="${key}"]`, fresh);
      const given = question ? all("[name$='.line-key']", question).filter((each) => each.value) : [];
      if (!shown || given.length !== keys.length) continue;
      keys.forEach((each, place) => { each.value = given[place].value; });
      shown.value = one("[name$='.shown']", question).value;
    }
    for (const part of ["#told", ".strip .steps-of", ".strip .next-of"]) {
      const [old, now] = [one(part), one(part, page)];
      if (old && now && !old.contains(document.activeElement)) liken(old, now);
    }
  };
  const save = async () => {
    clearTimeout(timer);
    if (!dirty || one("[data-crossed]")) return;
    dirty = false;
    const sent = lists();
    say("saving");
    const page = await send("auto");
    if (!page) {
      dirty = true;
      say("away");
      timer = setTimeout(keep, (wait = Math.min(wait * 2, 30000)));
      return;
    }
    wait = PAUSE;
    if (one("[data-crossed]", page)) {
      swap(page, "[data-crossed]");
      return say("crossed");
    }
    // What others have changed is put in as soon as nobody is typing.
    if (one("[data-news]", page)) {
      if (dirty) return later();
      const { name } = document.activeElement;
      swap(page, name && `[name="${name}"]`);
    } else learn(page, sent);
    say("saved");
  };
  const keep = () => { turn = turn.then(save); };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  const touched = () => {
    dirty = true;
    say("");
    later();
  };
  // One of the buttons that change the form's shape.
  const act = (then, ...focus) => {
    turn = turn.then(async () => {
      clearTimeout(timer);
      const page = await send(then);
      if (!page) return say("away");
      dirty = false;
      swap(page, ...focus);
      say(one("[data-crossed]", page) ? "crossed" : "saved");
    });
  };
  const press = (button) => {
    const [word, key] = button.value.split(":");
    const again = `button[value="${button.value}"]`;
    if (word === "add") act(button.value, "[autofocus]");
    else if (word === "copy") act(button.value, `[data-question="${key}"] + [data-question] .ask`);
    else if (word === "off") {
      const question = button.closest("[data-question]");
      const near = question.nextElementSibling || question.previousElementSibling;
      act(button.value, near && `[data-question="${near.dataset.question}"] .ask`, ".add > summary");
    } else act(button.value, again);
  };

  // To another page, once what is on its way has arrived.
  const leave = (then) => {
    turn = turn.then(() => {
      clearTimeout(timer);
      dirty = false;
      const field = make("input");
      Object.assign(field, { type: "hidden", name: "then", value: then });
      form().append(field);
      form().submit();
    });
  };

  // --- lines: moved, added and taken off here, and kept like anything that is typed
  const relabel = (list) => {
    all("textarea[name$='.line']", list).forEach((field, place) => {
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, place + 1));
    });
    touched();
  };
  const tools = (row) => {
    if (one(".moves", row)) return;
    const moves = make("span", "moves");
    const grip = make("span", "grip", "⠿");
    Object.assign(grip, { draggable: true, ariaHidden: "true", title: "Drag to another place" });
    moves.append(grip);
    for (const [word, sign, what] of [["line-up", "↑", "Move up"], ["line-down", "↓", "Move down"], ["line-off", "✕", "Take off"]]) {
      const tool = button("tool", sign, () => moveLine(row, word));
      tool.setAttribute("aria-label", what);
      moves.append(tool);
    }
    one(".own", row).append(moves);
  };
  const empty = (row) => {
    const blank = row.cloneNode(true);
    for (const field of all("input, textarea", blank)) field.value = field.textContent = "";
    all(".moves, .ghosts, .ghost", blank).forEach((each) => each.remove());
    blank.classList.add("fresh");
    return blank;
  };
  const begin = (row) => {
    if (!row.classList.contains("fresh")) return;
    row.after(empty(row));
    row.classList.remove("fresh");
    if (one("textarea", row)) tools(row);
  };
  const moveLine = (row, word) => {
    const list = row.parentElement;
    const near = word === "line-up" ? row.previousElementSibling : row.nextElementSibling;
    if (word === "line-off") {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      one("textarea", next)?.focus();
    } else if (near && !near.classList.contains("fresh")) {
      const field = document.activeElement;
      if (word === "line-up") near.before(row);
      else near.after(row);
      field.focus();
    }
    relabel(list);
  };
  // What is pasted as several lines is several.
  const split = (field) => {
    const [first, ...rest] = lines(field.value).split("\n").map((each) => each.trim()).filter(Boolean);
    field.value = first ?? "";
    let row = field.closest("li.line");
    for (const text of rest) {
      const next = empty(row);
      row.after(next);
      next.classList.remove("fresh");
      tools(next);
      one("textarea", next).value = text;
      row = next;
    }
    if (rest.length) {
      one("textarea", row).focus();
      all("textarea", row.parentElement).forEach(grow);
      relabel(row.parentElement);
    }
  };

  on(document, "input", (event) => {
    const field = event.target;
    if (field.form !== form() || field.id === "beside" || field.name === "theirs") return;
    const row = field.closest("li.line");
    if (row && field.value) begin(row);
    if (/\.line$/.test(field.name) && field.value.includes("\n")) split(field);
    touched();
    if (field.matches("select[data-now]")) act("save", `[name="${field.name}"]`);
  });
  on(document, "click", (event) => {
    const pressed = event.target.closest("form[data-editor] button[name=then]");
    if (!pressed) return;
    if (pressed.getAttribute("aria-disabled")) return event.preventDefault();
    if (pressed.value.startsWith("line-")) {
      event.preventDefault();
      return moveLine(pressed.closest("li.line"), pressed.value.split(":")[0]);
    }
    event.preventDefault();
    if (/^(add|up|down|copy|off|undo|redo)\b/.test(pressed.value)) press(pressed);
    else leave(pressed.value);
  });
  on(document, "keydown", (event) => {
    const field = event.target;
    if (event.isComposing || !form()) return;
    const typing = field.matches("textarea, input:not([type=checkbox], [type=radio])");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      const back = one(`.strip [value=${event.shiftKey ? "redo" : "undo"}]`);
      event.preventDefault();
      if (!back.getAttribute("aria-disabled")) back.click();
    }
    if (field.form !== form()) return;
    const row = field.closest("li.line");
    if (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) {
      const way = event.key === "ArrowUp" ? "up" : "down";
      const question = field.closest("[data-question]");
      event.preventDefault();
      if (row) moveLine(row, `line-${way}`);
      else if (question && !one(`[value="${way}:${question.dataset.question}"]`).getAttribute("aria-disabled")) {
        act(`${way}:${question.dataset.question}`, field.name.endsWith(".prompt") && `[data-question="${question.dataset.question}"] .ask`, `[value="${way}:${question.dataset.question}"]`);
      }
    } else if (event.key === "Enter" && row && field.matches("textarea")) {
      event.preventDefault();
      const next = row.nextElementSibling;
      if (next) one("textarea", next).focus();
    } else if (event.key === "Enter" && (field.matches("input:not([type=checkbox])") || field.matches(".ask, .hint, .title"))) {
      // A question is one line: the next field, not the next line.
      event.preventDefault();
    } else if (event.key === "Backspace" && row && !field.value && !row.classList.contains("fresh")) {
      event.preventDefault();
      moveLine(row, "line-off");
    }
  });

  // --- dragged by the grip: a question to another place on the form, a line within its list
  let held;
  const clear = () => {
    held = null;
    all(".over").forEach((each) => each.classList.remove("over", "after"));
  };
  const LINE = "li.line:not(.fresh)";
  const of = (at) => at.closest(LINE) || at.closest("form[data-editor] [data-question]");
  const under = (event) => {
    const over = held && event.target.closest?.(held.matches(LINE) ? LINE : "form[data-editor] [data-question]");
    return over?.parentElement === held?.parentElement ? over : null;
  };
  const isAfter = (row) => Boolean(held.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
  on(document, "dragstart", (event) => {
    const grip = event.target.closest?.("form[data-editor] .grip");
    held = grip && of(grip);
    if (!held) return;
    // Nothing that a field would take for words.
    event.dataTransfer.setData("text/x-moved", "");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(held, 16, 16);
  });
  on(document, "dragover", (event) => {
    const over = under(event);
    if (!over) return;
    event.preventDefault();
    all(".over").forEach((each) => each !== over && each.classList.remove("over", "after"));
    over.classList.add("over");
    over.classList.toggle("after", held.matches(LINE) && isAfter(over));
  });
  on(document, "drop", (event) => {
    const over = under(event);
    if (over) event.preventDefault();
    if (over && over !== held) {
      if (held.matches(LINE)) {
        if (isAfter(over)) over.after(held);
        else over.before(held);
        relabel(held.parentElement);
      } else {
        const place = [...over.parentElement.children].indexOf(over);
        act(`move:${held.dataset.question}:${place}`, `[data-question="${held.dataset.question}"] .ask`);
      }
    }
    clear();
  });
  on(document, "dragend", clear);

  on(document, "visibilitychange", () => document.hidden && keep());
  on(window, "beforeunload", (event) => dirty && event.preventDefault());
  ready(form());
}

if (one("form[data-editor]")) editor();
all("[data-rich]").forEach(rich);
all("[data-preview]").forEach(preview);
if (window.EventSource) all("[data-live]").forEach(live);
all("[data-tables]").forEach(tables);
all("[data-searching]").forEach(searching);
