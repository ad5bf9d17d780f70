// Filters, counts and sorts what a page already holds. Without it everything is shown.
"use strict";

(() => {
  // Letters without their marks, so that "Kelbajar" is found as "kelbajar", "Ağdam" as "agdam".
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ə", "e").replaceAll("ı", "i");

  // What was chosen is kept in the address after "#", as key=value; a plain anchor is left alone.
  const read = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

  const write = (chosen) => {
    const kept = new URLSearchParams([...chosen].filter(([, value]) => value));
    if (!String(kept) && !location.hash.includes("=")) return;
    history.replaceState(null, "", String(kept) ? `#${kept}` : location.pathname + location.search);
  };

  // The rows shown, each with its address, as a file; what a spreadsheet would take for a
  // formula stays text.
  const take = (area) => {
    const texts = (row) => [...row.children].map((cell) => cell.textContent.trim());
    const heads = area.tHead ? texts(area.tHead.rows[0]) : area.dataset.columns.split(" ");
    const rows = [...area.querySelectorAll("li, tbody tr")].filter((row) => !row.hidden);
    const told = rows.map((row) => [...texts(row), row.querySelector("a")?.href ?? ""]);
    const quoted = (text) => `"${text.replace(/^(?=[=+@-])/, "'").replaceAll('"', '""')}"`;
    const lines = [[...heads, "Address"], ...told].map((row) => row.map(quoted).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\n")}\n`], { type: "text/csv" }));
    link.download = `${location.pathname.split("/").pop().replace(".html", "")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const narrow = matchMedia("(max-width: 52rem)");

  const filter = (form) => {
    const area = document.getElementById(form.dataset.filters);
    const rows = [...area.querySelectorAll("li, tbody tr")];
    const texts = rows.map((row) => plain(row.textContent));
    const groups = [...area.querySelectorAll("[data-group]")];
    const count = form.querySelector("[data-count]");
    const what = count.textContent.replace(/^.* /, "");
    const none = form.querySelector("[data-none]");
    const more = form.querySelector("details");
    const lists = [...form.querySelectorAll("select")].filter((list) => !list.name.includes("-"));
    let newest = false;

    // What a row is, or, where it does not say so, its group: years, or places in a list.
    const told = (row, name) => (row.dataset[name] ?? row.closest("[data-group]")?.dataset[name]) || "";

    const has = (row, key, value) => {
      const [name, bound] = key.split("-");
      const own = told(row, name);
      if (bound === "least") return own !== "" && own >= value;
      if (bound === "most") return own !== "" && own <= value;
      return own.split(" ").includes(String(form.elements[key].selectedIndex)); // "any" is at 0
    };

    const turn = (parent) => parent.append(...[...parent.children].reverse());

    const apply = () => {
      const chosen = [...new FormData(form)].filter(([, value]) => value);
      const asked = chosen.filter(([key]) => key !== "q" && key !== "order");
      const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
      const found = rows.filter((_, place) => words.every((word) => texts[place].includes(word)));
      const fit = (others) => found.filter((row) => others.every(([key, value]) => has(row, key, value)));
      const shown = new Set(fit(asked));
      for (const row of rows) row.hidden = !shown.has(row);
      // Each choice says how many rows it would leave, as the other choices are.
      for (const list of lists) {
        const left = fit(asked.filter(([key]) => key !== list.name));
        const values = left.flatMap((row) => told(row, list.name).split(" "));
        const numbers = values.reduce((all, value) => all.set(value, (all.get(value) ?? 0) + 1), new Map());
        for (const option of list.options)
          option.text = option.text.replace(/\(\d+\)$/, `(${numbers.get(String(option.index)) ?? 0})`);
      }
      groups.forEach((group) => {
        group.hidden = !group.querySelector(":is(li, tr):not([hidden])");
        const year = document.querySelector(`.ways-years [href="#y${group.dataset.year}"]`);
        if (year) year.hidden = group.hidden;
      });
      if (Boolean(form.elements.order?.checked) !== newest) {
        newest = !newest;
        area.querySelectorAll("ol").forEach(turn);
        turn(area);
        area.append(...area.querySelectorAll("[data-group]:not([data-year])")); // undated: last
      }
      // What is not here may be elsewhere, under another of its names.
      none.hidden = shown.size > 0 || !words.length;
      none.querySelector("q").textContent = form.elements.q.value.trim();
      none.querySelector("a").search = new URLSearchParams({ q: form.elements.q.value.trim() });
      count.textContent = `${shown.size.toLocaleString("en")} of ${rows.length.toLocaleString("en")} ${what}`;
    };

    const changed = () => {
      apply();
      const others = [...read()].filter(([key]) => !(key in form.elements));
      write([...new FormData(form), ...others]);
    };

    const restore = () => {
      const kept = read();
      for (const field of form.elements)
        if (field.type === "checkbox") field.checked = kept.has(field.name);
        else if (field.name) field.value = kept.get(field.name) ?? "";
      if (more) more.open = !narrow.matches || [...more.querySelectorAll("select")].some((one) => one.value);
      apply();
    };

    let wait;
    form.addEventListener("input", (event) => {
      clearTimeout(wait);
      wait = setTimeout(changed, event.target.name === "q" ? 150 : 0);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("[data-take]")?.addEventListener("click", () => take(area));
    form.addEventListener("reset", () => setTimeout(changed));
    addEventListener("hashchange", restore);
    form.hidden = false;
    restore();
  };

  const sort = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];

    const key = (row, column) => {
      const cell = row.cells[column];
      return cell.dataset.s ?? cell.textContent.trim();
    };

    const by = (column, down) => {
      const numeric = heads[column].classList.contains("n");
      const order = (one, other) =>
        numeric
          ? parseFloat(one.replaceAll(",", "")) - parseFloat(other.replaceAll(",", ""))
          : one.localeCompare(other, "en", { numeric: true });
      const keyed = [...body.rows].map((row) => [key(row, column), row]);
      keyed.sort(([one], [other]) => {
        if (!one || !other) return !one - !other; // what is not known comes last, either way
        return down ? order(other, one) : order(one, other);
      });
      body.append(...keyed.map(([, row]) => row));
      heads.forEach((head, place) => {
        if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const restore = () => {
      const kept = Number(read().get("sort"));
      if (kept && heads[Math.abs(kept) - 1]) by(Math.abs(kept) - 1, kept < 0);
    };

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        // counts are first asked for from the highest down
        const down = now ? now === "ascending" : head.classList.contains("n");
        by(column, down);
        const others = [...read()].filter(([name]) => name !== "sort");
        write([...others, ["sort", String(down ? -(column + 1) : column + 1)]]);
      });
      head.append(button);
    });

    // Tables laid out as cards on a phone stay tables to those who hear them.
    table.setAttribute("role", "table");
    for (const part of [table.tHead, body]) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        const head = cell.scope === "col" ? "columnheader" : "rowheader";
        cell.setAttribute("role", cell.tagName === "TH" ? head : "cell");
      }
    }
    addEventListener("hashchange", restore);
    restore();
  };

  document.querySelectorAll("form[data-filters]").forEach(filter);
  document.querySelectorAll("table[data-sorted]").forEach(sort);
})();
