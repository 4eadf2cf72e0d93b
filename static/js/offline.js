// The service worker of public pages: what was read on this phone opens without a line too, and says as of when it is.
// While there is a line every page comes from the site. SITE stands before this text (conference/keeping/offline.py).
const KEPT = "reading";
const TICKET = "ticket"; // only when its owner asks
const PAGE = /^\/\w\w\/\d{4}\/(agenda\/([\w-]+\/)?|speakers\/|participants\/|saved\/)?$/;
const OWN = /^\/\w\w\/registration\/ticket\/$/;
const FILE = /^\/static\/.*\.[0-9a-f]{12}\.\w+$/; // their names change with what they hold
const AWAY = [502, 503, 504]; // the front answers for a site that is away
const PATIENCE = 10000; // for so long a line that does not answer is waited for, where there is a copy
const MOST = 1000;
const TOP = /<header[^>]*>|<main[^>]*>/; // behind whichever of them is first

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keepAll(event)));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (FILE.test(pathname)) event.respondWith(file(url));
  else if (mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(event));
  else if (mode === "navigate" && OWN.test(pathname)) event.respondWith(ticket(event));
});

// A page reads nothing else in its address that lasts. Of "My agenda" the choice that was looked at last is kept.
function addressOf(url) {
  const { pathname, search } = new URL(url);
  return pathname.endsWith("/mine/") ? pathname + search : pathname;
}

async function page(event) {
  const { url } = event.request;
  const now = fetch(event.request);
  const { pathname, search } = new URL(url);
  if (!search || pathname.endsWith("/mine/"))
    event.waitUntil(now.then((answer) => note(KEPT, addressOf(url), answer.clone())).catch(() => {}));
  const spare = await copy(KEPT, addressOf(url));
  const late = new Promise((resolve) => spare && setTimeout(resolve, PATIENCE, spare));
  const here = now.then((answer) => (spare && AWAY.includes(answer.status) ? spare : answer));
  return Promise.race([here.catch(() => spare ?? instead(pathname)), late]);
}

async function ticket(event) {
  const { pathname } = new URL(event.request.url);
  const answer = await fetch(event.request).catch(() => null);
  if (answer?.status === 410) await caches.delete(TICKET); // it holds no more
  if (answer?.ok || answer?.status === 410) return answer;
  return (await copy(TICKET, pathname)) ?? answer ?? Response.error();
}

// What is saved, where the page itself is not.
async function instead(pathname) {
  const list = pathname.split("/").slice(0, 3).join("/") + "/saved/";
  return (await copy(KEPT, list, SITE.missing)) ?? Response.error();
}

async function copy(name, address, words = SITE.saved) {
  if (!(await caches.has(name))) return;
  const found = await (await caches.open(name)).match(address);
  if (!found) return;
  const headers = new Headers(found.headers);
  const at = new Date(headers.get("Date"));
  if (headers.has("Kept-For") && Date.now() > +at + headers.get("Kept-For") * 1000) {
    await caches.delete(name);
    return;
  }
  for (const one of ["Content-Encoding", "Content-Length"]) headers.delete(one);
  const line = `<p class="last-copy" role="note">${words.replace("{moment}", moment(at))}</p>`;
  return new Response((await found.text()).replace(TOP, (top) => top + line), { headers });
}

// As the clock in the hall shows it.
function moment(at) {
  const [, month, day, time] = at.toLocaleString("sv", { timeZone: SITE.zone }).match(/^\d+-(\d+)-(\d+) (\d+:\d+)/);
  const parts = { day: +day, month: SITE.months[month - 1], time };
  return SITE.moment.replace(/{(\w+)}/g, (_all, name) => `${parts[name]}`.replace(/\d/g, (digit) => SITE.digits[digit]));
}

async function note(name, address, answer) {
  const kept = await caches.open(name);
  if ([404, 410].includes(answer.status)) await kept.delete(address, { ignoreSearch: true });
  if (!answer.ok || answer.redirected) return false;
  if (name === KEPT && /no-store/.test(answer.headers.get("Cache-Control"))) return false; // of staff
  await kept.delete(address, { ignoreSearch: true });
  await kept.put(address, answer);
  const all = await kept.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((old) => kept.delete(old)));
  return true;
}

// What a page asks to keep: {pages, files}, or {ticket}. Of each page it hears how many are kept by then.
async function keepAll({ data, source }) {
  const { pages = [], files = [], ticket = "" } = data;
  let done = 0;
  for (const address of ticket ? [ticket] : pages) {
    if (!(ticket ? OWN : PAGE).test(address)) continue;
    const answer = await fetch(address, { credentials: ticket ? "same-origin" : "omit" }).catch(() => null);
    if (!answer) break;
    const text = await answer.clone().text();
    for (const [, name] of text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) files.push(new URL(name, location).href);
    done += await note(ticket ? TICKET : KEPT, address, answer);
    source?.postMessage({ done });
  }
  for (const url of new Set(files)) if (FILE.test(new URL(url).pathname)) await file(url).catch(() => {});
  source?.postMessage({ done, isOver: true });
}

async function file(url) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(url);
  if (found) return found;
  const answer = await fetch(url);
  if (answer.ok) await kept.put(url, answer.clone());
  return answer;
}
