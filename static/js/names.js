// Django's boxes for choosing several rows have pictures with a name, and do not say that they are pictures.
addEventListener("load", () => setTimeout(() => {
    for (const picture of document.querySelectorAll(".search-label-icon[aria-label]")) picture.setAttribute("role", "img");
}));
