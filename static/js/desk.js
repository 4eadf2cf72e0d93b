// The desk in the browser: whom it has loaded is found at once, one press takes a person in, and all of it goes on without
// a line. The page that the server has drawn stays for browsers without this script, and until people are loaded.
const live = document.querySelector("#live");
const words = document.querySelector("#live-words");
const isKhmer = document.documentElement.lang === "km";
const SHOWN = 8; // people found; more letters find fewer
const AHEAD = 7 * 3600_000; // of Phnom Penh, which has no summer time
const DAY = 24 * 3600_000;
const NIGHT = 4 * 3600_000; // a day goes on until four
const arrivals = new URL(live.dataset.arrivals, location).href;
const day = live.dataset.arrivals; // what the day is kept under
// Moments are the site's, but for `until`, after which this browser forgets; `offset` is how far the site's clock is ahead.
const known = { day, account: live.dataset.account, madeAt: 0, offset: 0, lostAt: 0, begins: 0, places: null, until: Infinity };
const people = new Map();
const notices = []; // of badges that belong to no person here
const beingKept = new Set(); // keys of acts on their way to the disk
let unsent = [];
const gone = new Set(); // dates of days that are not in the published programme any more
let isOut = false;
let mayNot = false;
let isTroubled = false;
let lastTaken = null;

const part = (name) => live.querySelector(`[data-${name}]`);
const digits = (text) => (isKhmer ? String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x17e0 + Number(digit))) : String(text));
const sentence = (name) => words.dataset[name] ?? words.content.querySelector(`[data-word="${name}"]`).textContent.trim();
const say = (name, values = {}) => sentence(name).replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? digits(values[key]) : values[key]));
const siteNow = () => Date.now() + known.offset;
const nameOf = (person) => (isKhmer ? person.km || person.latin : person.latin || person.km);
const noticeOf = (person) => `${nameOf(person)}${words.dataset.colon} ${person.notice}`;
const standingOf = (person) => words.content.querySelector(`[data-standing="${person.status}"]`);
const comes = (person) => "comes" in (standingOf(person)?.dataset ?? {});

function time(moment) {
  const here = new Date(new Date(moment).getTime() + AHEAD);
  return digits(`${here.getUTCHours()}:${String(here.getUTCMinutes()).padStart(2, "0")}`);
}

function randomKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // a site without HTTPS, in rehearsal
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte, place) => ([4, 6, 8, 10].includes(place) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

// What the person hears and sees of what was just done.
function announce(said) {
  const place = part("said");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = said)); // the same sentence twice is said twice
}

// ---- what was pressed ------------------------------------------------------------------------------------------------

function apply(act) {
  const person = people.get(act.token);
  if (!person || act.to !== arrivals) return; // of another day
  if (act.act === "undo") person.in = null;
  else person.in ??= act.at;
}

async function press(token, what) {
  const act = { key: randomKey(), token, act: what, at: new Date(siteNow()).toISOString(), to: arrivals, on: live.dataset.date };
  apply(act); // at once: a second tap finds the person in
  unsent.push(act);
  beingKept.add(act.key);
  await deskStore.addAct(act);
  beingKept.delete(act.key);
  const person = people.get(token);
  if (person) keepPerson(person);
  deskLine.sync();
}

// Other tabs of this browser press and send too.
async function readUnsent() {
  const stored = await deskStore.acts();
  const keys = new Set(stored.map((act) => act.key));
  unsent = [...stored, ...unsent.filter((act) => beingKept.has(act.key) && !keys.has(act.key))];
  unsent.forEach(apply);
}

function keepPerson(person) {
  const { keys, run, alike, ...raw } = person;
  deskStore.keepPerson(day, raw);
}

function whyNot(person) {
  if (siteNow() < known.begins) return say("early");
  if (person.in) return say("already", { name: nameOf(person), time: time(person.in) });
  return comes(person) ? "" : say("refused", { name: nameOf(person), standing: standingOf(person)?.textContent ?? "" });
}

// What was typed stays to be seen, and the next name that is typed replaces it.
function refuse(said) {
  if (document.activeElement === part("typed")) part("typed").select();
  announce(said);
}

async function take(person) {
  const why = whyNot(person);
  if (why) return refuse(why);
  person.notice = "";
  lastTaken = person.token;
  clearSearch(); // before it is kept: the next name may be typed already
  await press(person.token, "in");
  announce(say("taken", { name: nameOf(person) }));
  show();
}

async function takeBack(person) {
  lastTaken = null;
  await press(person.token, "undo");
  announce(say("takenBack", { name: nameOf(person) }));
  show();
  part("typed").focus();
}

// ---- what the server says ----------------------------------------------------------------------------------------------

deskLine.heard.gone = (on) => {
  if (!gone.has(on)) announce(say("gone"));
  gone.add(on);
  showLine();
};

deskLine.heard.people = async (data, offset) => {
  gone.delete(data.day.date);
  const begins = Date.parse(`${data.day.date}T00:00:00+07:00`);
  const until = begins + DAY + NIGHT - offset;
  const isOver = Date.now() >= until; // looked at afterwards: in memory alone
  const { places } = data.counts;
  Object.assign(known, { offset, madeAt: Date.parse(data.made_at), begins, places, until: isOver ? Infinity : until });
  const noted = new Map([...people].map(([token, person]) => [token, person.notice]));
  const loaded = new Set(data.people.map(({ token }) => token));
  // Who was erased or merged meanwhile.
  for (const [token, person] of people) if (person.notice && !loaded.has(token)) notices.unshift(noticeOf(person));
  fill(data.people.map((person) => ({ ...person, notice: noted.get(person.token) ?? "" })));
  await readUnsent();
  if (!isOver) deskStore.keepDay(known, [...people.values()].map(({ keys, run, alike, ...raw }) => raw));
  open();
  show();
};

deskLine.heard.answered = (acts, answers) => {
  const sent = new Map(acts.map((act) => [act.key, act]));
  unsent = unsent.filter((act) => !sent.has(act.key));
  acts.forEach((act) => gone.delete(act.on));
  for (const { key, outcome, since, words: said } of answers) {
    const act = sent.get(key);
    const person = act?.to === arrivals ? people.get(act.token) : undefined;
    const isPlain = outcome === "noted" || outcome === "undone";
    if (person) {
      person.in = since;
      if (!isPlain) person.notice = said;
      keepPerson(person);
    } else if (!isPlain) notices.unshift(said);
    if (!isPlain) announce(person ? `${nameOf(person)}${words.dataset.colon} ${said}` : said);
  }
  unsent.forEach(apply);
  show();
};

deskLine.heard.lost = () => {
  if (!known.lostAt) {
    known.lostAt = siteNow();
    if (people.size) deskStore.keepDay(known);
    if (people.size) announce(say("lost", { time: time(known.lostAt) }));
  }
  showLine();
};

deskLine.heard.found = () => {
  const wasLost = known.lostAt;
  known.lostAt = 0;
  isOut = mayNot = false;
  if (wasLost) announce(say("back"));
  if (wasLost && people.size) deskStore.keepDay(known);
  showLine();
};

function forget() {
  people.clear();
  notices.length = 0;
  lastTaken = null;
  deskStore.forgetPeople();
  if ("caches" in window) caches.delete("desk").catch(() => {});
  closeCamera();
  open();
  show();
}

deskLine.heard.signedOut = () => {
  isOut = true;
  forget();
};

deskLine.heard.mayNot = () => {
  mayNot = true;
  forget();
};

deskStore.heard.forgotten = deskLine.heard.signedOut;
deskStore.heard.trouble = () => {
  isTroubled = true;
  showLine();
};

// ---- what is seen ------------------------------------------------------------------------------------------------------

function fill(everyone) {
  people.clear();
  for (const person of everyone) people.set(person.token, deskNames.prepared(person));
}

// Takes the place of what the server has drawn.
function open() {
  if (!live.hidden) return;
  const plain = document.querySelector("#q");
  if (plain && plain.value !== plain.defaultValue) part("typed").value = plain.value; // typed before this was ready
  if (!plain) part("typed").value = new URLSearchParams(location.search).get("q"); // and sent, while the line was away
  live.hidden = false;
  part("at-work").hidden = !people.size;
  document.querySelectorAll("[data-plain]").forEach((drawn) => (drawn.hidden = true));
  part("typed").focus();
}

function lanyardOf(person) {
  return words.content.querySelector(`[data-wears="${person.lanyard}"]`).cloneNode(true);
}

function rowOf(person) {
  const row = document.createElement("li");
  row.append(document.querySelector("#live-person").content.cloneNode(true));
  const set = (name, text) => (row.querySelector(`[data-${name}]`).textContent = text);
  const [main, back] = row.querySelectorAll("button");
  set("km", person.km);
  set("latin", person.latin);
  set("about", [person.number, person.organisation].filter(Boolean).join(" · "));
  const state = person.in ? say("in", { time: time(person.in) }) : person.status === "place" ? "" : standingOf(person)?.textContent;
  set("state", state ?? "");
  row.querySelector("[data-lanyard]").append(lanyardOf(person));
  if (person.in || !comes(person)) row.querySelector("[data-do]").remove();
  main.dataset.token = back.dataset.token = person.token;
  row.querySelector("[data-open]").href = `${live.dataset.page}?q=${encodeURIComponent(person.number)}`;
  if (person.in) back.setAttribute("aria-label", say("takeBackName", { name: nameOf(person) }));
  else back.remove();
  return row;
}

function showFound() {
  const typed = part("typed").value;
  if (typed) document.querySelectorAll("[data-drawn]").forEach((drawn) => drawn.remove()); // what another search has found
  const found = deskNames.search(people.values(), typed);
  const inHand = part("found").contains(document.activeElement) ? document.activeElement.dataset.token : null;
  part("found").replaceChildren(...found.slice(0, SHOWN).map(rowOf));
  if (inHand) (part("found").querySelector(`[data-token="${inHand}"]`) ?? part("typed")).focus();
  part("more").textContent = found.length > SHOWN ? say("more", { number: found.length - SHOWN }) : "";
  return found;
}

function showLast() {
  const person = people.get(lastTaken);
  part("last").hidden = !person?.in;
  if (!person?.in) return;
  part("last-name").textContent = nameOf(person);
  part("last-lanyard").replaceChildren(lanyardOf(person));
  part("last-back").setAttribute("aria-label", say("takeBackName", { name: nameOf(person) }));
}

function showLine() {
  const number = unsent.length;
  const lines = [];
  if (isOut) lines.push(say("out"));
  else if (mayNot) lines.push(say("mayNot"));
  else if (gone.has(live.dataset.date) || unsent.some((act) => gone.has(act.on))) lines.push(say("gone"));
  else if (known.lostAt) lines.push(say("lost", { time: time(known.lostAt) }));
  else if (!people.size) lines.push(say("empty"));
  if (number && (lines.length || !deskLine.isSending())) lines.push(number === 1 ? say("unsentOne") : say("unsent", { number }));
  if (isTroubled) lines.push(say("trouble"));
  part("line").replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
  );
  part("line").hidden = !lines.length;
  part("sign-in").hidden = !isOut;
  part("at-work").hidden = !people.size;
}

function showNotices() {
  const noticed = [...people.values()].filter((person) => person.notice);
  const lines = noticed.map(noticeOf).concat(notices);
  part("notices").hidden = !lines.length;
  part("notice-list").replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
}

function show() {
  const everyone = [...people.values()];
  const expected = everyone.filter((person) => standingOf(person)?.dataset.comes === "expected").length;
  const there = everyone.filter((person) => person.in).length;
  const left = known.places === null ? null : Math.max(0, known.places - there);
  part("count").textContent = say(left === null ? "count" : "countOf", { in: there, expected, left, places: known.places });
  part("full").hidden = left !== 0;
  part("loaded").textContent = known.madeAt ? say("loaded", { time: time(known.madeAt) }) : "";
  showFound();
  showLast();
  showLine();
  showNotices();
}

function clearSearch() {
  part("typed").value = "";
  if (!part("camera").hidden) return; // no keyboard over the picture
  part("typed").focus();
}

// ---- by keyboard -------------------------------------------------------------------------------------------------------

const isPhone = matchMedia("(max-width: 767px)"); // its keyboard covers the lower half: those found stand above it

part("typed").addEventListener("input", () => {
  if (isPhone.matches) part("typed").scrollIntoView();
  const found = showFound();
  const { length } = found;
  if (part("typed").value.trim()) announce(length === 1 ? whyNot(found[0]) || say("foundOne") : length ? say("foundMany", { number: length }) : say("foundNone"));
});

part("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const found = showFound();
  if (found.length === 1) take(found[0]);
  else if (found.length) part("found").querySelector("button").focus();
});

live.addEventListener("keydown", (event) => {
  const rows = [...part("found").querySelectorAll("button.live-person")];
  const here = rows.indexOf(document.activeElement);
  if (event.key === "Escape") clearSearch(), showFound();
  else if (event.key === "ArrowDown" && rows.length) rows[Math.min(here + 1, rows.length - 1)].focus();
  else if (event.key === "ArrowUp" && here >= 0) (rows[here - 1] ?? part("typed")).focus();
  else if (here >= 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) return part("typed").focus();
  else return;
  event.preventDefault();
});

part("found").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const person = people.get(button?.dataset.token);
  if (person) button.matches(".live-person") ? take(person) : takeBack(person);
});
part("last-back").addEventListener("click", () => takeBack(people.get(lastTaken)));
part("seen").addEventListener("click", () => {
  notices.length = 0;
  for (const person of people.values()) if (person.notice) (person.notice = ""), keepPerson(person);
  showNotices();
  part("typed").focus();
});

// ---- coming and leaving --------------------------------------------------------------------------------------------------

// Once said, it can be done: the acts have no names, and the next account here sends them.
document.querySelector("#logout-form")?.addEventListener("submit", (event) => {
  if (!unsent.length || "warned" in live.dataset) return;
  event.preventDefault();
  live.dataset.warned = "";
  announce(say("leaving", { number: unsent.length }));
});

addEventListener("beforeunload", (event) => deskStore.hasOnlyInMemory() && event.preventDefault());

// The page opens without a line too: the worker keeps its frame, and what the page has needed until now.
async function keepPage() {
  if (!("serviceWorker" in navigator) || "isFrame" in live.dataset) return;
  await navigator.serviceWorker.register(live.dataset.worker, { scope: live.dataset.scope });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/static/"));
  const decoder = new URL(live.dataset.decoder, location);
  files.push(new URL(live.dataset.camera, location).href, decoder.href, new URL("index.js", decoder).href);
  const pages = [location.pathname, ..."isToday" in live.dataset ? [live.dataset.scope] : []];
  active.postMessage({ pages, frame: live.dataset.frame, files });
}

async function begin() {
  await deskStore.forgetOthers(known.account, Date.now());
  const kept = await deskStore.day(day);
  if (kept) {
    const { people: everyone, ...before } = kept;
    Object.assign(known, before, { account: known.account || before.account });
    fill(everyone ?? []);
  }
  await readUnsent();
  if (!document.querySelector("[data-drawn]")) part("typed").value = new URLSearchParams(location.search).get("q") ?? "";
  part("scan").hidden = !navigator.mediaDevices;
  if (people.size || "isFrame" in live.dataset) open();
  show();
  const { people: list, page, date } = live.dataset;
  deskLine.begin({ people: list, page, date }, siteNow, live.querySelector("[name=csrfmiddlewaretoken]")?.value);
  keepPage().catch(() => {}); // without a worker the page goes on as long as it is open
  setInterval(() => people.size && Date.now() >= known.until && forget(), 60_000);
}

begin();
