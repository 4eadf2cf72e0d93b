// The journey is asked only of those who come from another province. Without script the question stands open for all.
const PHNOM_PENH = "12";
const province = document.querySelector("#id_province");
const travel = document.querySelector("#travel");

function show() {
  const fromAfar = province.value !== "" && province.value !== PHNOM_PENH;
  travel.hidden = !fromAfar && !travel.querySelector(".has-error");
}

province.addEventListener("change", show);
show();
