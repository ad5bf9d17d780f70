// Finds records by any of their names, forgiving a slip, and then words in the text of the pages.
"use strict";

(() => {
  const form = document.getElementById("ask");
  const found = document.getElementById("found");

  // Letters as they are typed on any keyboard: without marks, and in one case.
  const words = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replaceAll("ı", "i")
      .replaceAll("ə", "e")
      .replaceAll("եւ", "և")
      .match(/[\p{L}\p{N}]+/gu) ?? [];

  // Armenian and Cyrillic in Latin letters, for names of which no other spelling is listed.
  const LATIN = Object.fromEntries(
    `ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o
     չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k և ev օ o ֆ f
     а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh
     щ shch ъ _ ы y ь _ э e ю yu я ya`
      .trim()
      .split(/\s+/)
      .reduce((pairs, one, place, all) => (place % 2 ? pairs : [...pairs, [one, all[place + 1].replace("_", "")]]), []),
  );
  const latin = (word) => word.replaceAll("ու", "u").replace(/./gu, (letter) => LATIN[letter] ?? letter);

  // Whether one word becomes the other by so many letters more, less, other or swapped.
  const alike = (one, other, slips) => {
    if (Math.abs(one.length - other.length) > slips) return false;
    let [older, old] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i++) {
      const now = [i];
      for (let j = 1; j <= other.length; j++) {
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          now[j] = Math.min(now[j], older[j - 2] + 1);
      }
      [older, old] = [old, now];
    }
    return old[other.length] <= slips;
  };

  // How well a word that was asked for meets one that is there: 3 as it is, 2 its beginning, 1 a slip.
  const meets = (asked, there) => {
    if (asked === there) return 3;
    if (asked.length > 2 && there.startsWith(asked)) return 2;
    const slips = /\d/.test(asked) || asked.length < 4 ? 0 : asked.length < 8 ? 1 : 2;
    return slips && alike(asked, there, slips) ? 1 : 0;
  };

  const best = (asked, list) => Math.max(0, ...list.map((there) => meets(asked, there)));

  const listed = NAMES.map((entry) => ({ ...entry, names: entry.names.map((name) => [name, words(name)]) }));
  for (const entry of listed) {
    entry.beside = words(entry.dated ?? "");
    for (const place of entry.near ?? []) entry.beside.push(...listed[place].names.flatMap(([, own]) => own));
  }

  // A record answers if each word is in one of its names or beside it; the better the name is
  // met and the fuller, the higher, and of equals what more is known of.
  const score = (entry, asked) => {
    let [met, itself] = [0, false];
    for (const word of asked) {
      const own = best(word, entry.names.flatMap(([, name]) => name));
      const value = own || best(word, entry.beside) / 4;
      if (!value) return null;
      met += value;
      itself ||= own > 0;
    }
    let [cover, name] = [0, entry.names[0][0]];
    for (const [whole, own] of entry.names) {
      const share = asked.reduce((sum, word) => sum + best(word, own), 0) / 3 / Math.max(own.length, asked.length);
      if (share > cover) [cover, name] = [share, whole];
    }
    return { entry, name, itself, value: (12 * met) / asked.length + 6 * cover + Math.log2(1 + entry.weight) };
  };

  const element = (tag, text, inside) => {
    const made = document.createElement(tag);
    made.append(text);
    inside?.append(made);
    return made;
  };

  const [MOST, TEXTS] = [20, 15];
  const show = (area, heading, items) => {
    if (!items.length) return;
    element("h2", items.length > MOST ? `${heading}: the first ${MOST} of ${items.length}` : heading, area);
    const list = element("ol", "", area);
    list.className = "results";
    for (const { page, title, about, excerpt } of items.slice(0, MOST)) {
      const item = element("li", "", list);
      element("a", title, item).href = page;
      if (about) element("span", about, item).className = "about";
      if (excerpt) element("p", "", item).append(...excerpt);
    }
  };

  // Those that are called so themselves, and apart from them those beside which it is named.
  const byName = (asked) => {
    if (!asked.length) return [[], []];
    const all = listed.map((entry) => score(entry, asked)).filter(Boolean);
    all.sort((one, other) => other.value - one.value || (one.entry.page < other.entry.page ? -1 : 1));
    const told = ({ entry, name }) => ({
      page: entry.page,
      title: entry.names[0][0],
      about: [entry.kind, entry.when, name === entry.names[0][0] ? "" : name].filter(Boolean).join(", "),
    });
    return [true, false].map((itself) => all.filter((one) => one.itself === itself).map(told));
  };

  // What Pagefind has found is HTML: only its marks are kept, all else is text.
  const marked = (html) =>
    [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) =>
      node.nodeName === "MARK" ? element("mark", node.textContent) : node.textContent,
    );

  // Pagefind takes the beginning of a word where it finds no more: of "Goble", any "go".
  const whole = (excerpt, asked) =>
    excerpt
      .filter((part) => part.nodeName === "MARK")
      .every((mark) => asked.some((word) => 3 * mark.textContent.length >= 2 * word.length));

  let pagefind;
  const inTexts = async (query, shown) => {
    pagefind ??= import(new URL("pagefind/pagefind.js", document.baseURI));
    const { results } = await (await pagefind).search(query);
    const pages = await Promise.all(results.slice(0, 30).map((result) => result.data()));
    const here = new URL(".", document.baseURI).pathname;
    const reference = (page) => /^(api|files|codebook)\.html/.test(page);
    return pages
      .map(({ url, meta, excerpt }) => ({ page: url.replace(here, "").replace(/^\//, ""), title: meta.title, excerpt: marked(excerpt) }))
      .filter(({ page, excerpt }) => !shown.has(page) && whole(excerpt, words(query)))
      .sort((one, other) => reference(one.page) - reference(other.page))
      .slice(0, TEXTS);
  };

  const plural = (count, what) => `${count || "No"} ${what}${count === 1 ? "" : "s"}`;

  let asks = 0;
  const search = async () => {
    const query = form.elements.q.value.trim();
    const asked = words(query).map((word) => MONTHS[latin(word)] ?? word); // as the list has them
    const ask = ++asks;
    let [named, beside] = byName(asked);
    if (!named.length && !beside.length) [named, beside] = byName(asked.map(latin).filter(Boolean));
    const [records, area] = ["records", "texts"].map((id) => document.getElementById(id));
    records.replaceChildren();
    area.replaceChildren();
    show(records, named.length === 1 ? "Its own page" : "By name", named);
    show(records, `Steps with “${query}”`, beside);
    found.textContent = asked.length ? `${plural(named.length, "page")} by name` : "";
    if (beside.length) found.textContent += `, ${plural(beside.length, "step")} with it`;
    if (!asked.length) return;
    let texts = [];
    try {
      texts = await inTexts(query, new Set([named, beside].flatMap((all) => all.slice(0, MOST)).map(({ page }) => page)));
    } catch {
      if (ask === asks) found.textContent += "; the text is searched only when the book comes from a server";
      return;
    }
    if (ask !== asks) return; // something else was asked meanwhile
    show(area, "In the text", texts);
    const more = named.length + beside.length && texts.length ? "more page" : "page";
    const told = texts.length === TEXTS ? `the first ${TEXTS} ${more}s` : plural(texts.length, more);
    found.textContent += `, ${told.replace(/^No/, "no")} by text`;
  };

  const address = () => `?q=${encodeURIComponent(form.elements.q.value.trim())}`;
  let pause;
  form.elements.q.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", address());
    clearTimeout(pause);
    search();
  });
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
})();
