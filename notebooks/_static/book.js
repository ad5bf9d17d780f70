// Tables and boxes that do not fit are reached by keyboard where they scroll, and on a phone
// tables of words turn into cards; the menus are opened by keyboard. Without it tables scroll.
"use strict";

(() => {
  const NUMBER = /^[-+−–]?\d[\d,. ]*%?$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const phone = matchMedia("(max-width: 40em)");

  // Each cell is told its heading, for cards, and a column of numbers stands right.
  const label = (table) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    table.classList.toggle("long", rows.length > 24);
    const headings = [...(table.tHead?.rows ?? [])].at(-1)?.cells ?? [];
    [...headings].forEach((heading, place) => {
      heading.scope = "col";
      const cells = rows.map((row) => row.cells[place]).filter(Boolean);
      const texts = cells.map((cell) => cell.textContent.trim()).filter(Boolean);
      const all = (kind) => texts.length > 0 && texts.every((text) => kind.test(text));
      const [number, day] = [all(NUMBER), all(DAY)];
      for (const cell of cells) cell.dataset.label = heading.textContent.trim();
      for (const cell of [heading, ...cells]) {
        cell.classList.toggle("number", number);
        cell.classList.toggle("day", day);
      }
    });
    table.classList.toggle("numbers", [...headings].slice(1).every((one) => one.matches(".number")));
  };

  // Text in a ribbon of a word or two a line.
  const thin = (cell) => cell.textContent.length > 40 && cell.offsetHeight > 2 * cell.offsetWidth;

  // A table laid out as cards is to remain a table to who does not see it.
  const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };
  const turn = (table) => {
    table.classList.remove("cards");
    const wide = table.offsetWidth > table.parentElement.clientWidth;
    const cards = phone.matches && !table.matches(".numbers") && (wide || [...table.querySelectorAll("td")].some(thin));
    table.classList.toggle("cards", cards);
    for (const [name, role] of Object.entries(ROLES))
      for (const part of name === "table" ? [table] : table.querySelectorAll(name))
        cards ? part.setAttribute("role", role) : part.removeAttribute("role");
  };

  const reach = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (!scrolls) return ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", box.tagName === "PRE" ? "Text that scrolls" : "Table that scrolls");
  };

  const tables = document.querySelectorAll(".cell_output table.dataframe");
  const boxes = document.querySelectorAll("article :is(pre, .output.text_html, .table-wrapper)");
  const fit = () => {
    tables.forEach(turn);
    boxes.forEach(reach);
  };

  // The theme's menus are labels, which a keyboard does not reach: buttons take their place.
  const menu = (icon, name) => {
    const shown = document.getElementById(icon.htmlFor);
    const button = document.createElement("button");
    const tell = () => button.setAttribute("aria-expanded", String(shown.checked));
    button.type = "button";
    button.className = icon.className;
    button.setAttribute("aria-label", name);
    button.append(...icon.childNodes);
    button.addEventListener("click", () => shown.click());
    icon.replaceWith(button);
    shown.addEventListener("change", tell);
    tell();
  };
  document.querySelectorAll("label.nav-overlay-icon").forEach((icon) => menu(icon, "Contents of the book"));
  document.querySelectorAll("label.toc-overlay-icon").forEach((icon) => menu(icon, "On this page"));

  // What is to be cited is copied with one press, where the browser lets a page do so.
  for (const told of navigator.clipboard ? document.querySelectorAll(".cite, pre.bibtex") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(told.textContent.trim());
      button.textContent = "Copied";
    });
    told.after(" ", button);
  }

  tables.forEach(label);
  fit();
  let width = innerWidth;
  addEventListener("resize", () => {
    if (width === innerWidth) return;
    width = innerWidth;
    fit();
  });
  document.addEventListener("toggle", fit, true);
})();
