/* The curators' desk by keyboard. A page says what a key does; nothing here knows a page.

   data-rows        on a table or list: its rows can be walked with j and k
   data-row="Name"  on a row; the name is what is said of it
   data-key="x"     on a control: the key presses it, in the current row first, else anywhere on the page
   data-all         on a tick box: it ticks all boxes of its data-rows
   data-dialog      the dialog of the page; what htmx puts into it is shown, Escape closes it
   data-max-mb      on a file field: larger files are named at once
   u undoes the last switch of the page, if no control of the page has that key. */

const undo = [];
let current = null;

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const dialog = () => document.querySelector("[data-dialog]");
const rows = () => all("[data-rows] [data-row]").filter((row) => row.offsetParent !== null);
const typing = (place) =>
  place.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])");

function say(text) {
  const place = document.querySelector("[data-said]");
  if (place) place.textContent = text;
}

function choose(row) {
  if (!row || row === current) return;
  current?.classList.remove("current");
  current = row;
  row.classList.add("current");
}

function move(step) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(document.activeElement.closest?.("[data-row]") ?? current);
  const next = list[Math.min(Math.max(at < 0 ? 0 : at + step, 0), list.length - 1)];
  choose(next);
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/* What a key presses: all switches of the current row that have it, or one link or button. */
function controls(key) {
  const here = `[data-key="${CSS.escape(key)}"]`;
  const found = current?.isConnected ? all(here, current) : [];
  if (!found.length) found.push(...all(here).filter((part) => !part.closest("[data-row]")));
  return found[0]?.type === "radio" ? found : found.slice(0, 1);
}

/* What a switch was before, so that u can put it back: ticks and radio buttons. */
function stateOf(box) {
  if (box.type === "checkbox") return { box, checked: !box.checked };
  const before = box.form ?? document;
  const group = all(`input[type=radio][name="${CSS.escape(box.name)}"]`, before === document ? document : undefined);
  return { box: group.find((one) => one.dataset.was === "true") ?? box, checked: true };
}

function remember(box) {
  undo.push(stateOf(box));
  mark();
}

function mark() {
  for (const radio of all("[data-row] input[type=radio]")) radio.dataset.was = radio.checked;
}

function takeBack() {
  const last = undo.pop();
  if (!last?.box.isConnected) return say("There is nothing to undo on this page.");
  last.box.checked = last.checked;
  choose(last.box.closest("[data-row]"));
  mark();
  last.box.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { undone: true } }));
  say(`${current.dataset.row}: as it was`);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
  if (dialog()?.open) return;
  if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else {
    const found = controls(event.key).filter((part) => !part.disabled);
    for (const part of found) part.click();
    if (!found.length && event.key !== "u") return;
    if (!found.length) takeBack();
  }
  event.preventDefault();
});

document.addEventListener("focusin", (event) => choose(event.target.closest("[data-row]")));

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("[data-all]")) {
    for (const one of all("[data-row] input[type=checkbox]:not(:disabled)", box.closest("[data-rows]")))
      if (one.checked !== box.checked) one.click();
  } else if (box.matches("[data-max-mb]")) {
    tooLarge(box);
  } else if (box.closest("[data-row]") && !event.detail?.undone) {
    remember(box);
    say(`${box.closest("[data-row]").dataset.row}: ${saidOf(box)}`);
  }
});

const saidOf = (box) =>
  box.type === "checkbox" ? (box.checked ? box.dataset.on : box.dataset.off) : box.labels[0].dataset.choice;

function tooLarge(field) {
  const file = field.files[0];
  const over = file && file.size > Number(field.dataset.maxMb) * 1048576;
  field.setCustomValidity(over ? field.dataset.tooLarge : "");
  field.reportValidity();
}

/* Answers of the server -------------------------------------------------------------------------- */

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === dialog() && !event.target.open) event.target.showModal();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]") && dialog()?.open) {
    event.preventDefault();
    dialog().close();
  }
});

document.addEventListener("htmx:beforeRequest", () => trouble(""));
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (event.target.matches?.("[data-quiet]")) return; // asked again in a moment
    trouble("That was not saved. Load the page again to see what is, then try once more.");
  });
}

function trouble(text) {
  const place = document.querySelector("[data-trouble]");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

for (const part of all("[data-with-script]")) part.hidden = false;
for (const part of all("[data-without-script]")) part.hidden = true;
mark();
