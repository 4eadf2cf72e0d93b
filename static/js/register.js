// Asks only what follows from an answer. Without script these questions stand open for all.
const PHNOM_PENH = "12";
const province = document.querySelector("#id_province");

function open(part, isAsked) {
  part.hidden = !isAsked && !part.querySelector(".has-error");
}

function show() {
  open(document.querySelector("#travel"), province.value !== "" && province.value !== PHNOM_PENH);
  open(document.querySelector("#guardian"), document.querySelector("[name=adult][value=no]").checked);
}

province.form.addEventListener("change", show);
show();
