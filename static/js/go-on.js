// Work that takes several requests: where there is script, the page presses its button by itself.
const goOn = document.querySelector("form[data-go-on]");
if (goOn) goOn.submit();
