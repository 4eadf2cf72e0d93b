// The service worker of the desk alone: its page opens without a line too. It keeps the frame of that page, in which no
// person stands, and the files that the frame needs; no other page, and no answer of the server.
const KEPT = "desk";
const PATIENCE = 6000;
const AWAY = [502, 503, 504]; // a proxy answers for a server that is away

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));

async function keep({ pages, frame, files }) {
  const answer = await fetch(frame, { redirect: "manual" });
  if (!answer.ok) return;
  const kept = await caches.open(KEPT);
  for (const page of pages) await kept.put(page, answer.clone());
  for (const { url } of await kept.keys()) if (isFile(url) && !files.includes(url)) await kept.delete(url);
  for (const file of files) if (isFile(file) && !(await kept.match(file))) await kept.add(file).catch(() => {});
}

function isFile(address) {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && pathname.startsWith("/static/");
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(request));
  else if (isFile(request.url)) event.respondWith(file(request));
});

async function kept(address) {
  return (await caches.has(KEPT)) ? (await caches.open(KEPT)).match(address) : undefined;
}

async function open(request) {
  const frame = await kept(new URL(request.url).pathname);
  if (!frame) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, frame));
  const now = fetch(request).then((answer) => (AWAY.includes(answer.status) ? frame : answer)).catch(() => frame);
  return Promise.race([now, late]);
}

// Their names change with what they hold.
async function file(request) {
  return (await kept(request.url)) ?? fetch(request);
}
