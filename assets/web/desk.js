// What the desk adds to main.js: moving rows, ticking all, finding. Every page works without it.
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

all("[data-order]").forEach(order);
all("input[data-all]").forEach(selectAll);
all("input[data-filter]").forEach(filter);
