// A table pasted from Word, Google Docs or Excel has merged cells, and names in italics, which the plain text in the box
// does not have. What the clipboard holds beside the text goes along in a hidden field, until the text is changed.
const box = document.querySelector("textarea[name=text]");
const rich = document.querySelector("input[name=rich]");
const MOST = 300000; // letters; the site takes 800 KB at once

if (box && rich) {
  let pasted = null;
  box.addEventListener("paste", event => {
    const html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    const replacesAll = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    pasted = replacesAll && html.length <= MOST && /<table\b/i.test(html) ? html : null;
  });
  box.addEventListener("input", () => {
    rich.value = pasted || "";
    pasted = null;
  });
}
