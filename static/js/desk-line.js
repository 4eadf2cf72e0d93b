// The line between the desk's page and the server: sends what was pressed, loads who is expected, and notices when it is
// lost and when it is back. The addresses and what they say stand in registration/desk/arrivals.py.
const deskLine = (() => {
  const WAITS = [2, 4, 8, 15, 30]; // seconds until the next try while the line is away
  const FRESH = 60_000; // after so long what was loaded is loaded again
  const AT_WORK = 30 * 60_000; // an open page that is not used asks for nothing, so that its session can end
  const RIGHT_ENOUGH = 60_000; // a clock that is so little off is taken for right, as the server does
  const PATIENCE = 20_000;
  const MOST = 100; // acts in one request
  const heard = { people() {}, answered() {}, lost() {}, found() {}, signedOut() {}, mayNot() {}, gone() {} };
  const GONE = 410; // the day is not in the published programme any more
  const gone = new Set(); // the dates of such days, until the next look
  let addresses, siteNow, token, timer;
  let tries = 0;
  let isBusy = false;
  let isAskedAgain = false;
  let isShut = false; // signed out, or not allowed: only a person can change that
  let loadedAt = -Infinity;
  let usedAt = Date.now();

  // The answer; null where there is no line, or none for this account. `on` is the date of the day: its number in the
  // address changes where another day is published before it.
  async function ask(address, on, { headers, ...options } = {}) {
    let answer;
    try {
      const whole = { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options };
      whole.headers = { ...headers, "X-Desk-Day": on ?? "" };
      answer = await fetch(address, whole);
    } catch {
      return lose();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return shut(heard.signedOut);
    if (answer.status === GONE) return noteGone(on);
    if (answer.status >= 404) return lose(); // also where a proxy answers for a server that is away
    return answer;
  }

  // There is a line: what was pressed waits in this browser until the day is published again.
  function noteGone(on) {
    tries = 0;
    gone.add(on);
    heard.found();
    heard.gone(on);
    return null;
  }

  function lose() {
    tries += 1;
    heard.lost();
    return null;
  }

  function shut(why) {
    isShut = true;
    why();
    return null;
  }

  async function read(answer) {
    try {
      const data = await answer.json();
      // An answer may still arrive when the browser has said already that the line is gone.
      if (navigator.onLine) {
        tries = 0;
        heard.found();
      }
      return data;
    } catch {
      return lose(); // the line broke in the middle, or another program answered
    }
  }

  // The page may stand open for longer than its token is good for, and one that began without a line has none.
  async function renewToken() {
    const answer = await ask(addresses.page, addresses.date);
    if (!answer) return false;
    if (answer.status !== 200) return shut(heard.mayNot);
    const page = new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
    token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    return Boolean(token) || Boolean(lose());
  }

  const post = (address, acts) =>
    ask(address, acts[0].on, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({
        // By the clock of the site: by another one, the time that the line took would change the order of two acts.
        sent_at: new Date(siteNow()).toISOString(),
        acts: acts.map(({ key, token, act, at }) => ({ key, token, act, at })),
      }),
    });

  async function sendThese(address, acts) {
    if (!token && !(await renewToken())) return false;
    let answer = await post(address, acts);
    if (answer?.status === 403 && (await renewToken())) answer = await post(address, acts);
    if (!answer) return gone.has(acts[0].on); // then the others go on
    if (answer.status === 403) return Boolean(shut(heard.mayNot));
    if (answer.status === 400 && acts.length > 1) {
      for (const act of acts) if (!(await sendThese(address, [act]))) return false;
      return true;
    }
    const data = await read(answer);
    if (!data) return false;
    heard.answered(acts, data.acts ?? [{ key: acts[0].key, outcome: "unread", since: null, words: data.error }]);
    await deskStore.dropActs(acts);
    return true;
  }

  async function sendAll() {
    for (;;) {
      const [first, ...others] = (await deskStore.acts()).filter((act) => !gone.has(act.on));
      if (!first) return true;
      const same = others.filter((act) => act.to === first.to && act.on === first.on).slice(0, MOST - 1);
      if (!(await sendThese(first.to, [first, ...same]))) return false;
    }
  }

  async function load() {
    if (!tries && Date.now() - loadedAt < FRESH) return;
    const asked = Date.now();
    const answer = await ask(addresses.people, addresses.date);
    if (!answer) return;
    if (answer.status !== 200) return shut(heard.mayNot);
    const data = await read(answer);
    if (!data) return;
    loadedAt = Date.now();
    const ahead = Date.parse(data.made_at) - (asked + loadedAt) / 2;
    await heard.people(data, Math.abs(ahead) > RIGHT_ENOUGH ? ahead : 0);
  }

  async function sync() {
    if (isShut) return;
    if (isBusy) {
      isAskedAgain = true;
      return;
    }
    isBusy = true;
    try {
      do {
        isAskedAgain = false;
        gone.clear();
        if (await sendAll()) await load();
      } while (isAskedAgain && !isShut && !tries);
    } finally {
      isBusy = false;
      plan();
    }
  }

  function plan() {
    clearTimeout(timer);
    if (isShut) return;
    if (tries) timer = setTimeout(sync, WAITS[Math.min(tries, WAITS.length) - 1] * 1000);
    else timer = setTimeout(() => (document.hidden || Date.now() - usedAt > AT_WORK ? plan() : sync()), FRESH);
  }

  // Asked for by a person or by the browser: it does not wait for its turn.
  function wake() {
    isShut = false;
    clearTimeout(timer);
    return sync();
  }

  function begin(all, clock, first) {
    addresses = all;
    siteNow = clock;
    token = first;
    addEventListener("online", wake);
    addEventListener("offline", () => {
      lose();
      plan();
    });
    addEventListener("focus", wake);
    document.addEventListener("visibilitychange", () => document.hidden || wake());
    for (const used of ["keydown", "pointerdown"]) addEventListener(used, () => (usedAt = Date.now()));
    return sync();
  }

  return { heard, begin, sync, wake, isSending: () => isBusy };
})();
