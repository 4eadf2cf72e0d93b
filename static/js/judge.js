// The page of a judge while there is no line: what is given is kept in this browser, and sent once the line is back, with
// the moment at which it was given. Without script each button sends the page, which loses nothing either.
(() => {
  const WAITS = [3, 6, 15, 30]; // seconds until the next try while there is no line
  const SOON = 1500; // ms after the last press: a judge who goes on is not sent mark by mark
  const PATIENCE = 20_000;
  const form = document.querySelector("form[data-judging]");
  const key = `judging:${window.location.pathname.split("/").slice(-2)[0]}`; // the same in both languages
  let waiting = read(); // by the name of the card: {at, values}
  let tries = 0;
  let timer;
  let isBusy = false;

  function read() {
    try {
      return JSON.parse(window.localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  // Where the browser allows no storage the page itself keeps it.
  function store() {
    try {
      if (Object.keys(waiting).length) window.localStorage.setItem(key, JSON.stringify(waiting));
      else window.localStorage.removeItem(key);
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

  function valuesOf(card) {
    const given = fieldsOf(card).filter(field => !isMark(field) || field.checked);
    return Object.fromEntries(given.map(field => [field.name, field.value]));
  }

  function bringBack(name) {
    const card = cardOf(name);
    if (!card) return;
    for (const field of fieldsOf(card)) {
      const value = waiting[name].values[field.name];
      if (isMark(field)) field.checked = value === field.value;
      else if (value !== undefined) field.value = value;
    }
    showState(card);
  }

  function showState(card) {
    const all = [...card.querySelectorAll("fieldset")];
    const isComplete = all.every(one => one.querySelector(":checked"));
    card.querySelector("[data-state]").textContent = isComplete ? form.dataset.stateGiven : form.dataset.stateSome;
  }

  function note(card) {
    waiting[card.dataset.card] = { at: Date.now(), values: valuesOf(card) };
    store();
    showState(card);
    say(tries ? "lost" : "waiting");
    if (!tries) again(SOON);
  }

  function again(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function body() {
    const data = new URLSearchParams({ sent_at: Date.now() });
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, { at, values }] of Object.entries(waiting)) {
      data.set(`${name}-had`, "");
      data.set(`${name}-at`, at);
      for (const [field, value] of Object.entries(values)) data.set(field, value);
    }
    return data;
  }

  async function send() {
    if (isBusy || !Object.keys(waiting).length) return;
    isBusy = true;
    const sent = { ...waiting };
    let answer;
    try {
      const headers = { Accept: "application/json" };
      const options = { method: "POST", body: body(), headers, signal: AbortSignal.timeout(PATIENCE) };
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
    if (!Object.keys(waiting).length) return say("sent");
    again(SOON);
  }

  // What was pressed since it was sent goes on waiting. A team that was not taken is one that the judge does not judge.
  function arrived(sent, { had }) {
    for (const [name, { at }] of Object.entries(sent)) {
      if (waiting[name].at === at) delete waiting[name];
      const field = form.querySelector(`[name="${name}-had"]`);
      if (field && had[name]) field.value = had[name];
    }
    store();
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
  window.addEventListener("online", () => send());

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

  Object.keys(waiting).forEach(bringBack);
  send();
})();
