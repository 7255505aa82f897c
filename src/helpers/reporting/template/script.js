// Long tables, and the texts of the evidence, get a field that hides what does not hold the words typed.
// Boxes that scroll are put within reach of the keyboard. Without a script everything is there, only longer.
(() => {
  const filter = (before, items, what) => {
    const line = document.createElement("p"), label = document.createElement("label");
    const field = document.createElement("input"), told = document.createElement("span");
    line.className = "filtering";
    field.type = "search";
    field.className = "filter";
    label.append(`Show ${what} with `, field);
    told.setAttribute("role", "status");
    line.append(label, " ", told);
    before.before(line);
    const texts = items.map((item) => item.textContent.toLowerCase());
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, n) => {
        item.hidden = !words.every((word) => texts[n].includes(word));
        shown += !item.hidden;
      });
      told.textContent = words.length ? `${shown} of ${items.length}` : "";
    });
  };
  for (const table of document.querySelectorAll(".result table")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 12) filter(table, rows, "rows");
  }
  const articles = [...document.querySelectorAll(".articles > .article")];
  if (articles.length > 1) filter(document.querySelector(".articles"), articles, "texts");
  const reach = () => {
    for (const box of document.querySelectorAll(".result, .dropped")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();
