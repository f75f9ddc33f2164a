/* What script makes faster: search by keyboard, a ghost of what a row would do, focus kept after a change. */

const $ = (selector, root = document) => root.querySelector(selector);
let current = null;
let byKeyboard = false;

document.documentElement.classList.add("scripted");

const rows = () => [...document.querySelectorAll(".panel .found-row")];
const field = () => $("#q");

/* The row that Enter would log: told to the screen reader, shown on the gauge. */
function choose(row) {
  current?.classList.remove("current");
  for (const link of document.querySelectorAll(".panel .amount")) link.tabIndex = -1;
  current = row || null;
  const input = field();
  if (!current) {
    input?.removeAttribute("aria-activedescendant");
    ghost(null);
    return;
  }
  current.classList.add("current");
  current.scrollIntoView({ block: "nearest" });
  $(".amount", current).tabIndex = 0;
  input.setAttribute("aria-activedescendant", `${current.id}-log`);
  ghost(current);
}

function close() {
  $("#found")?.replaceChildren();
  field()?.setAttribute("aria-expanded", "false");
  choose(null);
}

function open() {
  const input = field();
  $(".toast")?.remove();
  const found = rows();
  input.setAttribute("aria-expanded", String(found.length > 0));
  for (const button of document.querySelectorAll(".panel .found-row button")) button.tabIndex = -1;
  choose(found[0]);
  chosen = false;
  if (innerWidth < 900) $(".find").scrollIntoView({ block: "start" });
  const count = found.length;
  say(count ? `${count} found. Up and down choose, Enter logs.` : input.value ? "Nothing found." : "");
}

function say(text) {
  const place = $("#said");
  if (place) place.textContent = text;
}

/* The ghost: where the total would stand. The gauge names its band, the row its total; the U is a parabola. */
function ghost(row) {
  const [curve, bar] = [$("#ghost"), $("#ghost-bar")];
  if (!curve || !bar) return;
  const hatch = document.querySelectorAll("#gauge-hatch rect");
  const after = Number(row?.dataset.afterUg);
  const more = Number(row?.dataset.ug);
  const shown = row && more > 0;
  curve.toggleAttribute("hidden", !shown);
  bar.toggleAttribute("hidden", !shown);
  for (const part of hatch) part.setAttribute("x", (part.dataset.x ??= part.getAttribute("x")));
  if (!shown) return;

  const gauge = curve.closest(".gauge").dataset;
  const [low, high] = [Number(gauge.lowUg), Number(gauge.highUg)];
  const place = (ug) => Math.min(ug / (low + high), 1) * 100;
  const x = place(after);
  const from = place(after - more);
  const away = Math.min(Math.max(low - after, after - high, 0) / low, 1);
  const y = `${100 * (1 - away ** 2)}%`;
  const flip = x > 70;
  const set = (part, values) => Object.entries(values).forEach(([name, value]) => part.setAttribute(name, value));
  for (const line of [$("line", curve), $("line", bar)]) set(line, { x1: `${x}%`, x2: `${x}%` });
  set($("line", curve), { y1: y });
  set($("circle", curve), { cx: `${x}%`, cy: y });
  set($("rect", bar), { x: `${from}%`, width: `${x - from}%` });
  const text = $("text", curve);
  set(text, { x: `${x}%`, y, dx: flip ? -16 : 16, "text-anchor": flip ? "end" : "start" });
  $("tspan", text).textContent = Math.round(after / 1000);
  for (const part of hatch) part.setAttribute("x", `${x}%`);
  curve.classList.toggle("added", "added" in row.dataset);
  bar.classList.toggle("added", "added" in row.dataset);
}

function move(step) {
  const found = rows();
  if (!found.length) return;
  const at = found.indexOf(current) + step;
  choose(found[(at + found.length) % found.length]);
}

/* Enter on a touch keyboard is its "search" key: it shows what was found and logs nothing unseen. */
const touch = matchMedia("(hover: none) and (pointer: coarse)");
let chosen = false;

document.addEventListener("keydown", (event) => {
  byKeyboard = true;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && field()) {
    event.preventDefault();
    field().focus();
    return;
  }
  if (!event.target.closest(".panel")) return;
  if (event.key === "Escape" && rows().length + $("#found").children.length) {
    event.preventDefault();
    close();
    field().focus();
  } else if (event.target.id !== "q") {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
    chosen = true;
  } else if (event.key === "Enter" && current && !event.isComposing) {
    event.preventDefault();
    if (touch.matches && !chosen) field().blur();
    else $("form", current).requestSubmit();
  }
});

document.addEventListener("pointerdown", (event) => {
  byKeyboard = false;
  if (!event.target.closest(".panel")) close();
  if (!event.target.closest(".toast")) $(".toast.passing")?.remove();
});

document.addEventListener("pointermove", (event) => {
  const row = event.pointerType === "mouse" && event.target.closest?.(".panel .found-row");
  if (row && row !== current) choose(row);
});

function dress() {
  const input = field();
  if (!input) return;
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-haspopup": "grid",
    "aria-autocomplete": "list",
    "aria-controls": "found",
  })) {
    input.setAttribute(name, value);
  }
}

/* A signed-out answer is a page of its own; what never arrived is said, and goes when something does. */
document.addEventListener("htmx:beforeSwap", (event) => {
  $("#trouble").hidden = true;
  if (new URL(event.detail.xhr.responseURL || location.href).pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const status = event.detail.xhr?.status;
    $("#trouble").textContent =
      status === 429
        ? "That was quicker than the server keeps up with. Wait a moment, then try again."
        : status === 404
          ? "This is not there any more. Load the page again to see what is."
          : "That did not work, so nothing was changed. Try again in a moment.";
    $("#trouble").hidden = false;
  });
}

/* After htmx has settled, when the new rows are in their place. */
document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.target;
  if (place.id === "found") {
    open();
  } else if (place.id === "day") {
    current = null;
    dress();
    const said = [...document.querySelectorAll("[data-say]")].map((part) => part.textContent.trim());
    say(said.join(". ").replace(/\s+/g, " "));
    if (byKeyboard && document.activeElement === document.body) field()?.focus({ preventScroll: true });
  } else if (place.classList.contains("editing")) {
    $("input:not([type=hidden])", place).select();
  }
});

dress();
