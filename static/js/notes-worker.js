// The service worker of a note-taker's page alone: it opens again without a line. It keeps that page as it was shown
// last, and the files that it needs; nothing else. A page goes when its link opens nothing any more, or after two days.
const KEPT = "notes";
const TWO_DAYS = 48 * 3600 * 1000;
const PATIENCE = 6000; // for so long a line that does not answer is waited for, where there is a copy
const AWAY = [502, 503, 504]; // a proxy answers for a server that is away
const FILE = /^\/static\/.*\.[0-9a-f]{12}\.\w+$/; // their names change with what they hold
const FORM = 'id="note-form"'; // it says that it is a copy

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (FILE.test(pathname)) event.respondWith(file(url));
});

// The first time: the page has loaded before this worker was there.
async function keep({ page, files }) {
  await note(page, await fetch(page, { credentials: "same-origin" }));
  for (const url of files) if (FILE.test(new URL(url).pathname)) await file(url).catch(() => {});
}

async function page(event) {
  const { pathname } = new URL(event.request.url);
  const now = fetch(event.request);
  event.waitUntil(now.then((answer) => note(pathname, answer.clone())).catch(() => {}));
  const spare = await copy(pathname);
  const late = new Promise((resolve) => spare && setTimeout(resolve, PATIENCE, spare));
  const here = now.then((answer) => (spare && AWAY.includes(answer.status) ? spare : answer));
  return Promise.race([here.catch(() => spare ?? Response.error()), late]);
}

async function note(pathname, answer) {
  const kept = await caches.open(KEPT);
  for (const request of await kept.keys())
    if (!FILE.test(new URL(request.url).pathname) && isOld(await kept.match(request))) await kept.delete(request);
  if ([404, 410].includes(answer.status)) await kept.delete(pathname);
  if (answer.ok && !answer.redirected) await kept.put(pathname, answer);
}

async function copy(pathname) {
  const kept = (await caches.has(KEPT)) && (await (await caches.open(KEPT)).match(pathname));
  if (!kept || isOld(kept)) return;
  const headers = new Headers(kept.headers);
  for (const one of ["Content-Encoding", "Content-Length"]) headers.delete(one);
  return new Response((await kept.text()).replace(FORM, `${FORM} data-copy`), { headers });
}

function isOld(answer) {
  return Date.now() - new Date(answer.headers.get("Date")) > TWO_DAYS;
}

async function file(url) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(url);
  if (found) return found;
  const answer = await fetch(url);
  if (answer.ok) await kept.put(url, answer.clone());
  return answer;
}
