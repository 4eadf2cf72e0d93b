// Reads the QR codes of badges with the camera. It is loaded when the camera is asked for; so is the decoder, which only
// browsers without one of their own need (docs/decisions names it).
const deskCamera = (() => {
  const PAUSE = 150; // milliseconds between two looks: a telephone must not grow hot
  const WIDE = 640; // pixels: enough for a badge that fills a third of the picture
  let stream = null;

  async function ownDetector() {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }

  async function ourDetector(address) {
    const { default: decode } = await import(address);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return (video) => {
      const scale = Math.min(1, WIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = video.videoWidth * scale;
      canvas.height = video.videoHeight * scale;
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      try {
        return decode(context.getImageData(0, 0, canvas.width, canvas.height));
      } catch {
        return undefined; // no code in this picture
      }
    };
  }

  async function begin(video, decoder, onCode) {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    const mine = stream;
    try {
      const detect = (await ownDetector()) ?? (await ourDetector(decoder));
      video.srcObject = stream;
      await video.play();
      look(mine, video, detect, onCode);
    } catch (problem) {
      end();
      throw problem;
    }
  }

  async function look(mine, video, detect, onCode) {
    while (mine === stream) {
      if (video.videoWidth) {
        const code = await detect(video);
        if (code && mine === stream) onCode(code);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  function end() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
  }

  return { begin, end };
})();
