// The screen of the hall: counts down each second, and asks the site every few seconds. Without script the page loads anew.
let shownAt = Date.now();

function tick() {
  const timer = document.querySelector("[data-left]");
  if (!timer) return;
  const left = Math.max(0, Number(timer.dataset.left) - Math.floor((Date.now() - shownAt) / 1000));
  timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  timer.classList.toggle("is-over", left === 0);
}

async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return; // the last answer stays, and the time runs on
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const stage = page.getElementById("stage");
    if (!stage) return;
    document.getElementById("stage").replaceWith(stage);
    shownAt = Date.now();
    tick();
  } catch {
    // The line is cut for a moment: the time runs on.
  }
}

setInterval(tick, 250);
setInterval(ask, Number(document.body.dataset.seconds) * 1000);
