// A group's note is kept on the phone while there is no network, and sent by itself later. The page itself opens again
// without a line (notes-worker.js). Without this script it is a plain form. What is kept goes as soon as the site has it,
// or after two days.
const form = document.querySelector("#note-form");
const line = document.querySelector("#note-state");
const KEY = `note:${window.location.pathname}`;
const TWO_DAYS = 48 * 3600 * 1000;
const AGAIN = 20 * 1000;
const texts = [...form.querySelectorAll("textarea")];
let waits = false;

function say(words) {
  line.textContent = words;
  line.hidden = !words;
}

// Where the browser allows no storage, nothing is kept and nothing breaks.
function read() {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY));
    return kept && Date.now() - kept.since < TWO_DAYS ? kept.typed : null;
  } catch {
    return null;
  }
}

function keep() {
  const typed = Object.fromEntries(texts.map(text => [text.name, text.value]));
  try {
    window.localStorage.setItem(KEY, JSON.stringify({since: Date.now(), typed}));
    return true;
  } catch {
    return false;
  }
}

function forget() {
  try {
    window.localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

// Only what the site has taken is forgotten: it then leads to the saved page.
async function send() {
  let answer;
  try {
    answer = await fetch(form.action, {method: "POST", body: new FormData(form), credentials: "same-origin"});
  } catch {
    waits = true;
    say(form.dataset.keptHere);
    return;
  }
  waits = false;
  if (answer.ok && answer.redirected) {
    forget();
    window.location.replace(answer.url);
  } else if (answer.status >= 500 || answer.status === 429) {
    waits = true;
    say(form.dataset.keptHere);
  } else {
    keep();
    HTMLFormElement.prototype.submit.call(form); // the site's own page says why, with all that was typed
  }
}

function begin() {
  const kept = read();
  const differs = kept && texts.some(text => (kept[text.name] ?? "") !== text.value);
  if (differs && !("stay" in form.dataset)) {
    for (const text of texts) text.value = kept[text.name] ?? text.value;
    say(form.dataset.broughtBack);
  } else if (kept && !differs) {
    forget();
  }
  if ("copy" in form.dataset) {
    waits = Boolean(differs);
    say(form.dataset.noLine);
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", event => {
    if (!keep()) return; // without storage: the plain form
    event.preventDefault();
    send();
  });
  window.addEventListener("online", () => waits && send());
  setInterval(() => waits && navigator.onLine && send(), AGAIN);
}

async function stay() {
  const found = await navigator.serviceWorker?.register(form.dataset.worker);
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const worker = found && (found.active ?? found.waiting ?? found.installing);
  worker?.postMessage({ page: window.location.pathname, files });
}

begin();
window.addEventListener("load", () => stay().catch(() => {})); // the browser keeps nothing
