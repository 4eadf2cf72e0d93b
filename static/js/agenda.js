// My agenda: which sessions a reader marked, kept in this browser alone. Without script the page has ticks.
const { year, worker, saved } = document.currentScript.dataset;
const KEY = `mine-${year}`;
const CODE = /^[\w-]+$/;
const isKhmer = document.documentElement.lang === "km";

function stored() {
  try {
    return (localStorage.getItem(KEY) ?? "").split(".").filter((code) => CODE.test(code));
  } catch {
    return []; // the browser keeps nothing: private windows of some browsers
  }
}

function store(codes) {
  try {
    localStorage.setItem(KEY, codes.join("."));
  } catch {
    // The address still has it.
  }
  lead();
}

function query(codes) {
  return codes.length ? `?mine=${[...codes].sort().join(".")}` : "";
}

// Links to "My agenda" take along what is marked, and say how many.
function lead() {
  const codes = stored();
  const number = new Intl.NumberFormat(isKhmer ? "km-u-nu-khmr" : "en").format(codes.length);
  for (const link of document.querySelectorAll("a[data-mine]")) {
    link.dataset.words ??= link.textContent;
    link.href = link.pathname + query(codes);
    link.textContent = codes.length ? `${link.dataset.words} (${number})` : link.dataset.words;
  }
}

function addMarks(template) {
  for (const place of document.querySelectorAll("[data-mark]")) {
    const button = template.content.cloneNode(true).querySelector("button");
    const row = place.closest(".row");
    const code = place.dataset.mark;
    if (row) button.querySelector("span").textContent += (isKhmer ? "៖ " : ": ") + row.querySelector(".title").textContent.trim();
    button.setAttribute("aria-pressed", stored().includes(code));
    button.addEventListener("click", () => {
      const codes = stored();
      const isMarked = codes.includes(code);
      store(isMarked ? codes.filter((one) => one !== code) : [...codes, code]);
      button.setAttribute("aria-pressed", !isMarked);
    });
    (row?.querySelector(".at") ?? place).append(button); // under the time, where there is room on a phone
  }
}

function choose(form) {
  form.addEventListener("submit", () => store(new FormData(form).getAll("mine")));
  const here = (new URLSearchParams(location.search).get("mine") ?? "").split(".").filter((code) => CODE.test(code));
  const codes = stored();
  if (!here.length && codes.length) {
    location.replace(location.pathname + query(codes));
  } else if (here.length && query(here) !== query(codes)) {
    const place = document.querySelector("[data-keep]");
    const [button, words] = place.querySelector("template").content.cloneNode(true).children;
    button.addEventListener("click", () => {
      store(here);
      button.replaceWith(words);
    });
    place.append(button);
  }
}

// The browser's own way to share, where there is one.
function share(place) {
  if (!navigator.share) return;
  const button = place.querySelector("template").content.cloneNode(true).querySelector("button");
  button.addEventListener("click", () => navigator.share({ title: place.dataset.title, url: place.dataset.share }).catch(() => {}));
  place.append(button);
}

// What is read here opens without a line too (offline.js): not where the reader said no, nor in a draft.
async function save() {
  if (!worker || navigator.connection?.saveData || localStorage.offline === "no") return;
  if (await caches.match(saved)) return; // it sees what is opened
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ pages: [location.pathname, saved], files });
}

lead();
document.querySelectorAll("#mark").forEach(addMarks);
document.querySelectorAll("[data-choose]").forEach(choose);
document.querySelectorAll("[data-share]").forEach(share);
// On paper everything is open.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
addEventListener("load", () => save().catch(() => {})); // the browser keeps nothing
