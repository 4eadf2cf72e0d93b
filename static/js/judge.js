// The page of a judge while there is no line: what is given is kept in this browser, and sent once the line is back, with
// the moment at which it was given. Without script each button sends the page, which loses nothing either.
(() => {
  const WAITS = [3, 6, 15, 30]; // seconds until the next try while there is no line
  const SOON = 1500; // ms after the last press: a judge who goes on is not sent mark by mark
  const PATIENCE = 20_000;
  const form = document.querySelector("form[data-judging]");
  const prefix = `judging:${window.location.pathname.split("/").slice(-2)[0]}:`; // the same in both languages
  const tab = `${Date.now()}-${Math.random()}`; // each page writes what is its own: two of them lose nothing
  const waiting = read(); // by the name of the card and the tab: {at, values, had}
  let tries = 0;
  let hasBoth = false;
  let timer;
  let isBusy = false;

  // Also what a page that was closed has left.
  function read() {
    try {
      const kept = Object.entries(window.localStorage).filter(([name]) => name.startsWith(prefix));
      return Object.fromEntries(kept.map(([name, text]) => [name.slice(prefix.length), JSON.parse(text)]));
    } catch {
      return {};
    }
  }

  // Where the browser allows no storage the page itself keeps it.
  function store(name) {
    try {
      window.localStorage.setItem(prefix + name, JSON.stringify(waiting[name]));
    } catch {
      // nothing to be done
    }
  }

  // Another page that is open may have gone on writing what this one has sent.
  function forget(name, at) {
    delete waiting[name];
    try {
      const kept = window.localStorage.getItem(prefix + name);
      if (kept && JSON.parse(kept).at === at) window.localStorage.removeItem(prefix + name);
    } catch {
      // nothing to be done
    }
  }

  function say(which) {
    for (const line of form.querySelectorAll("[data-line]")) line.hidden = line.dataset.line !== which;
  }

  const cardOf = name => form.querySelector(`[data-card="${name}"]`);
  const fieldsOf = card => [...card.querySelectorAll("input[type=radio], textarea")];
  const isMark = field => field.type === "radio";
  const cardNameOf = name => name.split(":")[0];
  const hadOf = card => card.querySelector(`[name="${card.dataset.card}-had"]`);

  function valuesOf(card) {
    const given = fieldsOf(card).filter(field => !isMark(field) || field.checked);
    return Object.fromEntries(given.map(field => [field.name, field.value]));
  }

  function fill(card, values) {
    for (const field of fieldsOf(card)) {
      const value = values[field.name];
      if (isMark(field)) field.checked = value === field.value;
      else if (value !== undefined) field.value = value;
    }
    showState(card);
  }

  function bringBack([name, { values }]) {
    const card = cardOf(cardNameOf(name));
    if (card) fill(card, values);
  }

  function showState(card) {
    const all = [...card.querySelectorAll("fieldset")];
    const isComplete = all.every(one => one.querySelector(":checked"));
    card.querySelector("[data-state]").textContent = isComplete ? form.dataset.stateGiven : form.dataset.stateSome;
  }

  function note(card) {
    const name = `${card.dataset.card}:${tab}`;
    const had = waiting[name]?.had ?? hadOf(card).value; // what stood when the judge began to change it
    waiting[name] = { at: Date.now(), values: valuesOf(card), had };
    store(name);
    showState(card);
    say(tries ? "lost" : "waiting");
    if (!tries) again(SOON);
  }

  function again(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  // Of each card what was given first: two pages of this browser may have filled in the same one.
  function batch() {
    const found = new Map();
    for (const name of inOrder()) {
      if (!found.has(cardNameOf(name))) found.set(cardNameOf(name), [name, waiting[name]]);
    }
    return [...found.values()];
  }

  const inOrder = () => Object.keys(waiting).sort((one, other) => waiting[one].at - waiting[other].at);

  function body(sent) {
    const data = new URLSearchParams({ sent_at: Date.now() });
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, { at, values, had }] of sent) {
      data.set(`${cardNameOf(name)}-had`, had);
      data.set(`${cardNameOf(name)}-at`, at);
      for (const [field, value] of Object.entries(values)) data.set(field, value);
    }
    return data;
  }

  async function send() {
    if (isBusy || !Object.keys(waiting).length) return;
    isBusy = true;
    const sent = batch();
    let answer;
    try {
      const headers = { Accept: "application/json" };
      const options = { method: "POST", body: body(sent), headers, signal: AbortSignal.timeout(PATIENCE) };
      answer = await fetch(form.action, options);
      if (answer.status === 403) await renewToken();
      if (answer.ok) arrived(sent, await answer.json());
    } catch {
      answer = null;
    }
    isBusy = false;
    if (answer && (answer.status === 404 || answer.status === 409)) return say("refused");
    if (!answer?.ok) {
      again(WAITS[Math.min(tries, WAITS.length - 1)] * 1000);
      tries += 1;
      return say("lost");
    }
    tries = 0;
    if (!Object.keys(waiting).length) return say(hasBoth ? "both" : "sent");
    again(SOON);
  }

  // What was pressed since it was sent goes on waiting. A team that was not taken is one that the judge does not judge.
  function arrived(sent, { had, both }) {
    for (const [name, { at }] of sent) {
      if (waiting[name].at === at) forget(name, at);
      stands(cardNameOf(name), had[cardNameOf(name)], both[cardNameOf(name)]);
    }
  }

  // `both`: another page gave something else meanwhile, and the site has put the two together.
  function stands(name, had, both) {
    const card = cardOf(name);
    const own = waiting[`${name}:${tab}`];
    if (both) hasBoth = true;
    if (!card || !had || (own && both)) return;
    hadOf(card).value = had;
    if (own) own.had = had;
    if (both) {
      fill(card, both);
      card.open = true;
    }
  }

  // The page may have stood open for longer than its token is good for.
  async function renewToken() {
    const page = await (await fetch(form.action)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
  }

  form.addEventListener("input", event => {
    const card = event.target.closest("[data-card]");
    if (card) note(card);
  });
  form.addEventListener("submit", event => {
    if (event.submitter?.name !== "save") return;
    event.preventDefault();
    const card = event.submitter.closest("[data-card]");
    note(card);
    send();
    next(card);
  });
  window.addEventListener("online", () => {
    tries = 0; // where a try is under way and fails, the next one comes soon
    send();
  });

  // On to the next team without all marks, as the page does without script.
  function next(card) {
    if ([...card.querySelectorAll("fieldset")].some(one => !one.querySelector(":checked"))) return;
    card.open = false;
    const left = [...form.querySelectorAll("[data-card]")].find(
      one => [...one.querySelectorAll("fieldset")].some(marks => !marks.querySelector(":checked"))
    );
    const goal = left ?? card;
    if (left) left.open = true;
    goal.querySelector("summary").focus();
    goal.scrollIntoView({ block: "start" });
  }

  inOrder().map(name => [name, waiting[name]]).forEach(bringBack);
  send();
})();
