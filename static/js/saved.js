// What this phone has saved to read without a line (offline.js): seen, completed and removed. Without it the page says
// that the browser cannot. On the ticket's page it saves the ticket, when its owner presses.
const place = document.querySelector("[data-saved]");
const { agenda, worker } = place.dataset;
const CACHES = place.dataset.saved ? [place.dataset.saved] : ["reading", "ticket"];
const OFF = "offline"; // "no" where the reader wants nothing saved
const part = (name) => place.querySelector(`[data-${name}]`);

function say(name, numbers = {}) {
  part("status").textContent = part("status").dataset[name].replace(/{(\w+)}/g, (_all, key) => shown(numbers[key]));
}

function shown(number) {
  return new Intl.NumberFormat(document.documentElement.lang === "km" ? "km-u-nu-khmr" : "en").format(number);
}

async function pages() {
  const found = [];
  for (const name of CACHES.filter((one) => one))
    if (await caches.has(name)) {
      const kept = await caches.open(name);
      for (const { url } of await kept.keys())
        if (!url.includes("/static/") && !url.endsWith("/saved/")) found.push([url, await kept.match(url)]);
    }
  return found;
}

async function list() {
  const found = await pages();
  const lines = found.map(async ([url, page]) => {
    const link = Object.assign(document.createElement("a"), { href: url });
    const title = new DOMParser().parseFromString(await page.text(), "text/html").title;
    link.textContent = title.replace(/\s+/g, " ").replace(/ – [^–]*$/, "").trim();
    const line = document.createElement("li");
    line.append(link);
    return line;
  });
  part("list")?.replaceChildren(...(await Promise.all(lines)));
  part("some").hidden = !found.length;
  part("none").hidden = found.length > 0;
}

async function ask(what, all) {
  localStorage.removeItem(OFF);
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.onmessage = ({ data: { done, isOver } }) => {
    say(isOver && done < all ? "failed" : "done", { done, all });
    if (isOver) list();
  };
  active.postMessage(what);
}

// The agenda, what runs now, and every page that the agenda leads to.
async function saveAll() {
  const answer = await fetch(agenda, { credentials: "omit" });
  const links = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(`a[href^="${agenda}"]`);
  const found = [agenda, `${agenda}now/`, ...[...links].map((link) => new URL(link.href, location).pathname)];
  const wanted = [...new Set(found)].filter((path) => path.endsWith("/") && !path.endsWith("/mine/"));
  await ask({ pages: [...wanted, location.pathname] }, wanted.length + 1);
}

async function remove() {
  for (const name of CACHES) await caches.delete(name);
  if (CACHES.includes("reading")) {
    localStorage.setItem(OFF, "no");
    for (const one of await navigator.serviceWorker.getRegistrations())
      if (!one.scope.includes("/admin/")) await one.unregister();
  }
  say("removed");
  await list();
}

function press(name, act) {
  part(name)?.addEventListener("click", () => act().catch(() => say("failed")));
}

if (navigator.serviceWorker && window.caches) {
  press("all", saveAll);
  press("ticket", () => ask({ ticket: location.pathname }, 1));
  press("remove", remove);
  list().then(() => {
    place.hidden = false;
    document.querySelector("[data-cannot]").hidden = true;
  }, () => {}); // the browser keeps nothing
}
