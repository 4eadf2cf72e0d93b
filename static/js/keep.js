// Keeps what is typed into the fields marked data-keep, until the form is sent or a day has passed, in this tab alone.
// The list of these fields is the server's: nothing sensitive is marked.
const DAY = 24 * 3600 * 1000;
const PREFIX = "kept:";
const form = document.querySelector("form[data-kept]");

// Where the browser allows no storage, nothing is kept and nothing breaks.
function store() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function forget() {
  const kept = store();
  if (kept) Object.keys(kept).filter(key => key.startsWith(PREFIX)).forEach(key => kept.removeItem(key));
}

function read(key) {
  try {
    const found = JSON.parse(store().getItem(key));
    return found && Date.now() - found.since < DAY ? found : null;
  } catch {
    return null;
  }
}

const isTick = field => field.matches("[type=checkbox], [type=radio]");
const nameOf = field => isTick(field) ? `${field.name}=${field.value}` : field.name;
const valueOf = field => isTick(field) ? field.checked : field.value;
const rowsOf = form => [...form.querySelectorAll("[name=person]")].map(row => row.value).join();

function keep(key, line) {
  const fields = [...form.querySelectorAll("[data-keep]")];
  const since = read(key)?.since ?? Date.now();
  const typed = Object.fromEntries(fields.map(field => [nameOf(field), valueOf(field)]));
  try {
    store().setItem(key, JSON.stringify({since, rows: rowsOf(form), typed}));
    line.hidden = false;
  } catch {
    line.hidden = true;
  }
}

function bringBack(typed) {
  for (const field of form.querySelectorAll("[data-keep]")) {
    const value = typed[nameOf(field)];
    if (value === undefined) continue;
    if (isTick(field)) field.checked = value;
    else field.value = value;
    if (value && field.type !== "hidden") field.closest("details")?.setAttribute("open", "");
  }
}

// The address names the form by its token, so that the browser's Back leads to it and not to an empty form.
function nameInAddress() {
  const address = new URL(form.action);
  if (!address.searchParams.has("form")) return;
  address.searchParams.set("form", form.querySelector("[name=form_token]").value);
  form.action = address;
  window.history.replaceState(null, "", address);
}

// What is kept is of another form than the one that the server has brought back.
function isOfAnother(typed) {
  return "begun" in form.dataset && typed.form_token !== form.querySelector("[name=form_token]").value;
}

// A fresh page of the form for several people has one person: ask for the page with as many as before.
function goToRows(rows) {
  const wanted = "?" + rows.split(",").map(row => `person=${row}`).join("&");
  if (rows === rowsOf(form) || window.location.search === wanted) return false;
  window.location.replace(wanted);
  return true;
}

function begin() {
  const key = PREFIX + form.dataset.kept;
  const line = document.querySelector("#kept");
  let found = read(key);
  if (found && isOfAnother(found.typed)) found = null;
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const isFresh = "fresh" in form.dataset;
  if (found && isFresh && goToRows(found.rows)) return;
  // An answer to what was sent has everything typed, unless it is looked at again later.
  if (found && (isFresh || came !== "navigate")) bringBack(found.typed);
  if (isFresh) nameInAddress();
  if (found || !isFresh) keep(key, line);
  else store()?.removeItem(key);
  form.addEventListener("input", () => keep(key, line));
  form.addEventListener("change", () => keep(key, line));
  line.querySelector("button").addEventListener("click", event => {
    forget();
    // The server forgets too, where it has kept something.
    if (event.currentTarget.type === "button") window.location.replace(window.location.pathname);
  });
  setTimeout(() => { forget(); line.hidden = true; }, DAY);
}

const end = document.querySelector("#forget-kept");
if (end) forget();
else if (form) begin();
if (end && "ticket" in end.dataset) window.caches?.delete("ticket");
