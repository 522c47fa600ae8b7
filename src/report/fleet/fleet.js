// SPDX-License-Identifier: MIT
const search = document.getElementById("search");
const names = document.getElementById("names");
const cells = [...document.querySelectorAll(".map li")];
const found = document.getElementById("found");
function look() {
  const words = search.value.trim().toLowerCase();
  let count = 0;
  for (const cell of cells) {
    const fits = cell.dataset.name.toLowerCase().includes(words);
    cell.classList.toggle("hidden", !fits);
    if (fits) ++count;
  }
  names.checked = words !== "" || names.dataset.wanted === "yes";
  found.textContent = words === "" ? "" : count + " found";
}
names.addEventListener("change", () => { names.dataset.wanted = names.checked ? "yes" : "no"; });
search.addEventListener("input", look);
search.parentElement.classList.remove("none");
look();
