// The desk reads badges with the camera: what a code means, after static/js/desk.js.
const SAME_CODE = 4000; // milliseconds in which the camera still sees the badge that it has read
const BADGE = /\/b\/([-\w]{8,64})\/?(?:[?#].*)?$/;
let lastCode = { code: "", at: 0 };

function onCode(code) {
  const isSame = code === lastCode.code && Date.now() - lastCode.at < SAME_CODE;
  lastCode = { code, at: Date.now() };
  if (isSame) return;
  const token = BADGE.exec(code)?.[1];
  if (!token) return announce(say("foreign"));
  // The badge of a registration that was merged opens the one that stayed.
  const person = people.get(token) ?? [...people.values()].find((one) => one.earlier_tokens?.includes(token));
  if (person) return take(person);
  if (siteNow() < known.begins) return announce(say("early"));
  // Signed up since the list was loaded, or of another year: the server knows.
  announce(say("strange", { time: time(known.madeAt) }));
  press(token, "in").then(show);
}

async function openCamera() {
  try {
    if (typeof deskCamera === "undefined")
      await new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: live.dataset.camera, onload: resolve, onerror: reject });
        document.head.append(script);
      });
    part("camera").hidden = false;
    part("scan").hidden = true;
    await deskCamera.begin(part("video"), live.dataset.decoder, onCode);
  } catch {
    closeCamera();
    announce(say("noCamera"));
  }
}

function closeCamera() {
  part("camera").hidden = true;
  part("scan").hidden = !navigator.mediaDevices;
  if (typeof deskCamera !== "undefined") deskCamera.end();
}

part("scan").addEventListener("click", openCamera);
part("scan-end").addEventListener("click", () => {
  closeCamera();
  part("typed").focus();
});
