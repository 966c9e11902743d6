"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const WORDS = {
    library: { zh: "全库", en: "Whole library" },
    search: { zh: "查找预案、标准、指标、措施…", en: "Find plans, facts, actions…" },
    plans: { zh: "预案", en: "Plans" }, standards: { zh: "标准", en: "Standards" },
    facts: { zh: "指标", en: "Facts" }, clauses: { zh: "认定条款", en: "Clauses to invoke" },
    others: { zh: "其他条件", en: "Other conditions" }, actions: { zh: "措施", en: "Actions" },
    none: { zh: "没有找到", en: "Nothing found" },
    fit: { zh: "适合窗口", en: "Fit" }, larger: { zh: "放大", en: "Zoom in" }, smaller: { zh: "缩小", en: "Zoom out" },
    at: { zh: "按此时有效的规则：", en: "Rules in force at " },
    edition: { zh: "版本", en: "Edition" }, hazards: { zh: "灾种", en: "Hazards" }, basis: { zh: "依据", en: "Basis" },
    members: { zh: "成员单位", en: "Members" }, counts: { zh: "内容", en: "Holds" },
    plan: { zh: "本预案的判定", en: "What decides it" }, around: { zh: "与之相连的预案", en: "What it is linked to" },
    author: { zh: "作者原文", en: "As written" }, words: { zh: "含义", en: "In words" },
    brings: { zh: "由此级起的措施和报告", en: "Actions and reports from this level" },
    others_due: { zh: "不按级别的措施和报告", en: "Actions and reports that hang on no level" },
    norules: { zh: "没有规则直接达到此级。", en: "No rule gives this level." },
    read: { zh: "被这些级别判读", en: "Levels that read it" }, moves: { zh: "带动的级别", en: "Levels that it moves" },
    provider: { zh: "由谁提供或认定", en: "Provided or made by" }, unit: { zh: "单位", en: "Unit" },
    unverified: { zh: "未核实", en: "unverified" }, own: { zh: "本地确定", en: "own choice" },
    link: { zh: "由其他预案联动", en: "Lifted by another plan" }, raise: { zh: "提级", en: "Raised" },
    mapping: { zh: "按对应关系", en: "Taken from another decision" }, rule: { zh: "规则", en: "Rule" },
    picture: { zh: "依赖关系图", en: "Picture of what depends on what" },
    overview: { zh: "每框一个预案或标准，色条为各级别；线表示一个的级别影响另一个。点框看详情，双击或回车进入。", en: "A box is a plan or standard, its strips the levels; a line says that one moves the other. Click for more, double-click or Enter to go in." },
    inside: { zh: "左边判定右边。线从阈值到级别，颜色是级别的颜色。点任一框看原文、依据和含义。", en: "What stands left decides what stands right. A line runs from a threshold to its level, in that level's colour. Click any box for its text, basis and meaning." },
    dashed: { zh: "虚线：引发另一灾种。", en: "Dashed: another hazard joins." },
    choose: { zh: "点图中的框，或在左边查找。", en: "Click a box, or search on the left." },
    areas: { zh: "辖区", en: "Areas" }, show: { zh: "显示：", en: "Show:" },
  };
  const state = { language: data.language, view: "library", chosen: null, hidden: new Set(), at: null, moved: false };
  const say = (text) => (typeof text === "string" ? WORDS[text][state.language] : text[state.language]);
  const el = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.filter((one) => one !== null));
    return made;
  };
  const draw = (name, given = {}, text = null) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    if (text !== null) made.textContent = text;
    return made;
  };
  const button = (text, act, given = {}) => el("button", { type: "button", onclick: act, ...given }, ...[text].flat());

  const header = el("header"), nav = el("nav"), main = el("main"), aside = el("aside", { "aria-live": "polite" });
  document.body.append(header, nav, main, aside);
  const find = el("input", { type: "search", oninput: () => { showFound(); mark(); } });
  const found = el("div", { class: "found" });
  nav.append(el("div", { class: "find" }, find), found);
  const svg = draw("svg", { role: "group" });
  const layer = draw("g");
  svg.append(layer);
  const says = el("div", { class: "says" }), key = el("div", { class: "key" }), tools = el("div", { class: "tools" });
  main.append(says, svg, el("div", { class: "foot" }, key, tools));

  // Where we are

  function address() {
    const parts = [fragment(state.view)];
    if (state.chosen && state.chosen !== own(state.view)) parts.push("at=" + encodeURIComponent(state.chosen));
    if (find.value) parts.push("find=" + encodeURIComponent(find.value));
    if (state.hidden.size) parts.push("hide=" + [...state.hidden].join(","));
    parts.push("lang=" + state.language);
    return "#" + parts.join("&");
  }
  function fragment(view) { // slashes and colons stay as people write them
    return encodeURIComponent(view).replace(/%(2F|3A|3D|40)/g, decodeURIComponent);
  }
  function keep() { history.replaceState(null, "", address()); }
  function follow() {
    const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
    const given = location.hash.slice(1).split("&").filter(Boolean).map(decoded);
    state.chosen = null;
    let view = data.view;
    for (const part of given) {
      const at = part.indexOf("="), name = at < 0 ? part : part.slice(0, at), value = at < 0 ? "" : part.slice(at + 1);
      if (name === "lang" && (value === "zh" || value === "en")) state.language = value;
      else if (name === "at") state.chosen = value;
      else if (name === "find") find.value = value;
      else if (name === "hide") state.hidden = new Set(value.split(","));
      else if (Object.hasOwn(data.scenes, part)) view = part;
    }
    show(view, state.chosen);
  }
  function go(view, chosen = null) {
    state.chosen = chosen;
    history.pushState(null, "", "#" + fragment(view));
    show(view, chosen);
  }
  function show(view, chosen) {
    state.view = view;
    state.chosen = chosen ?? own(view);
    showAll();
    fit();
  }
  function own(view) {
    const at = view.indexOf("=");
    return at < 0 ? null : (view.startsWith("source=") ? "" : "document:") + view.slice(at + 1);
  }
  function showAll() {
    document.documentElement.lang = state.language;
    document.title = `${title()} · ${say(data.library)}`;
    showHeader(); showFound(); showPicture(); showDetail(); keep();
  }
  function title() {
    const name = state.view.slice(state.view.indexOf("=") + 1);
    if (state.view === "library") return say("library");
    if (state.view.startsWith("source=")) return say(data.sources[name].label);
    return say(data.documents[name].label) + " · " + say(state.view.startsWith("plan=") ? "plan" : "around");
  }

  // The header, with what can be folded

  function showHeader() {
    const fold = (kind, word) => el("label", { class: "fold" },
      el("input", { type: "checkbox", checked: !state.hidden.has(kind), onchange: () => {
        state.hidden.has(kind) ? state.hidden.delete(kind) : state.hidden.add(kind);
        showPicture(); fit(); keep();
      } }), say(word));
    header.replaceChildren(
      el("h1", {}, say(data.library)),
      button(say("library"), () => go("library"), { "aria-pressed": String(state.view === "library") }),
      el("span", { class: "at" }, say("at") + data.at),
      el("span", { class: "space" }),
      el("span", { class: "at show" }, say("show")),
      fold("fact", "facts"), fold("standard", "standards"), fold("clause", "clauses"), fold("other", "others"),
      button(state.language === "zh" ? "English" : "中文", () => {
        state.language = state.language === "zh" ? "en" : "zh"; showAll();
      }, { lang: state.language === "zh" ? "en" : "zh" }),
    );
    tools.replaceChildren(
      button("+", () => zoom(1.25), { "aria-label": say("larger"), title: say("larger") }),
      button("−", () => zoom(0.8), { "aria-label": say("smaller"), title: say("smaller") }),
      button(say("fit"), fit));
    find.placeholder = say("search");
    find.setAttribute("aria-label", say("search"));
    svg.setAttribute("aria-label", say("picture"));
  }

  // Search

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const spelled = (thing, id) => plain([thing.label.zh, thing.label.en, id].join(" "));
  function hits(text) {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    return (thing, id) => { const known = spelled(thing, id); return wanted.every((one) => known.includes(one)); };
  }
  function showFound() {
    const fits = hits(find.value), rows = [];
    const section = (word, items) => {
      if (!items.length) return;
      rows.push(el("h2", {}, `${say(word)} (${items.length})`));
      for (const [text, act, current] of items) rows.push(button(text, act, { "aria-current": String(!!current) }));
    };
    const documents = (kind) => Object.entries(data.documents)
      .filter(([id, one]) => one.kind === kind && fits(one, id))
      .map(([id, one]) => [say(one.label), () => go("plan=" + id), state.view === "plan=" + id || state.view === "around=" + id]);
    section("plans", documents("plan"));
    section("standards", documents("standard"));
    if (find.value) {
      const sources = (kind) => Object.entries(data.sources)
        .filter(([, one]) => one.kind === kind && fits(one, one.id))
        .map(([id, one]) => [say(one.label), () => go("source=" + id), state.view === "source=" + id]);
      section("facts", sources("fact"));
      section("clauses", sources("clause"));
      section("others", sources("other"));
      const actions = [];
      for (const [id, level] of Object.entries(data.levels))
        for (const one of level.brings)
          if (one.kind === "action" && fits(one, say(one.who)))
            actions.push([`${say(one.label)} · ${say(data.documents[level.document].label)}`, () => go("plan=" + level.document, id)]);
      for (const [id, one] of Object.entries(data.documents))
        for (const duty of one.others)
          if (duty.kind === "action" && fits(duty, say(duty.who))) actions.push([`${say(duty.label)} · ${say(one.label)}`, () => go("plan=" + id)]);
      section("actions", actions);
    }
    if (!rows.length) rows.push(el("div", { class: "none" }, say("none")));
    found.replaceChildren(...rows);
  }

  // The picture

  const dark = (colour) => ["#c62828", "#2f6fb7"].includes(colour);
  const FILL = { fact: "#e8f1fd", clause: "#fff1e0", other: "#f1f5f9" };
  let scene = null, boxes = new Map();
  const isHidden = (box) => {
    if (state.hidden.has(box.kind)) return true;
    const id = box.kind === "document" ? box.key : box.kind === "head" ? box.document : box.kind === "level" ? data.levels[box.key].document : null;
    return id !== null && state.hidden.has("standard") && data.documents[id].kind === "standard" && id !== state.view.slice(state.view.indexOf("=") + 1);
  };
  function showPicture() {
    scene = data.scenes[state.view];
    boxes = new Map(scene.boxes.filter((box) => !isHidden(box)).map((box) => [box.key, box]));
    const lines = scene.lines.filter((one) => boxes.has(one.a) && boxes.has(one.b));
    layer.replaceChildren(...lines.map(line), ...[...boxes.values()].map(frame).filter(Boolean), ...[...boxes.values()].map(box), ...lines.map(worded).filter(Boolean));
    says.textContent = title();
    key.textContent = say(state.view === "library" ? "overview" : "inside") + (lines.some((one) => one.kind === "cascade") ? " " + say("dashed") : "");
    mark();
  }
  function line(one) {
    const [x1, y1, x2, y2] = one.at, bend = Math.max(40, Math.abs(x2 - x1) / 2) * (x2 >= x1 ? 1 : -1);
    const colour = one.kind === "asks" ? data.levels[one.b].colour : one.kind === "cascade" ? "#9f1239" : "#64748b";
    const made = draw("path", {
      class: "line", d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 + (Math.abs(x1 - x2) < 1 ? bend : -bend)} ${y2} ${x2} ${y2}`, stroke: colour === "#f7d038" ? "#c9a000" : colour,
      "stroke-width": one.count ? Math.min(1 + Math.log2(one.count) / 2, 4) : 1.5, "stroke-opacity": 0.75,
      "stroke-dasharray": one.kind === "cascade" ? "7 5" : "none",
    });
    made.dataset.a = one.a; made.dataset.b = one.b;
    made.append(draw("title", {}, `${named(one.a)} ${one.text ? say(one.text) : ""} → ${named(one.b)}`));
    return made;
  }
  function worded(one) { // what is asked of a level, on its line: sources have it in their rows
    if (!one.text || !boxes.has(one.a) || boxes.get(one.a).rows) return null;
    const text = say(one.text);
    if (!text) return null;
    const [x1, y1, x2] = one.at;
    const made = draw("text", { class: "line-text", x: x2 >= x1 ? x1 + 6 : x1 - 6, y: y1 - 4, "font-size": 11, "text-anchor": x2 >= x1 ? "start" : "end", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }, text);
    made.dataset.a = one.a; made.dataset.b = one.b;
    return made;
  }
  const named = (id) => {
    if (Object.hasOwn(data.levels, id)) { const one = data.levels[id]; return `${say(one.label)} · ${say(data.documents[one.document].label)}`; }
    if (Object.hasOwn(data.sources, id)) return say(data.sources[id].label);
    if (Object.hasOwn(data.documents, id)) return say(data.documents[id].label);
    const box = boxes.get(id);
    return box ? say(data.documents[box.document].label) : id;
  };
  function frame(box) { // around a decision and its levels
    if (box.kind !== "head") return null;
    const last = boxes.get(box.levels[box.levels.length - 1]);
    return draw("rect", { x: box.x - 4, y: box.y - 4, width: box.w + 8, height: last.y + last.h - box.y + 8, rx: 8, fill: box.main ? "#fff8e1" : "#f8fafc", stroke: box.main ? "#b45309" : "#94a3b8", "stroke-width": box.main ? 2 : 1 });
  }
  function box(box) {
    const made = draw("g", { class: "box", tabindex: 0, role: "button" });
    made.dataset.key = box.key;
    const texts = (lines, x, y, given = {}) => lines.forEach((text, at) => made.append(draw("text", { x, y: y + at * 17, "font-size": 13, ...given }, text)));
    if (box.kind === "level") {
      const level = data.levels[box.key];
      made.append(draw("rect", { x: box.x, y: box.y + 2, width: box.w, height: box.h - 4, rx: 5, fill: level.colour, stroke: "#00000066" }));
      const ink = dark(level.colour) ? "fill:#fff" : "fill:#1e293b";
      made.append(draw("text", { x: box.x + 10, y: box.y + 20, "font-size": 14, "font-weight": 600, style: ink }, say(level.label)));
      if (level.brings.length) made.append(draw("text", { x: box.x + box.w - 8, y: box.y + 19, "font-size": 11, "text-anchor": "end", style: ink }, state.language === "zh" ? `${level.brings.length} 项任务` : `${level.brings.length} ${level.brings.length === 1 ? "duty" : "duties"}`));
    } else {
      const fill = box.kind === "head" ? "#ffffff00" : box.kind === "document" ? (data.documents[box.key].kind === "plan" ? "#fff8e1" : "#eef2ff") : FILL[box.kind];
      made.append(draw("rect", { x: box.x, y: box.y, width: box.w, height: box.h, rx: 6, fill, stroke: box.kind === "head" ? "none" : "#64748b", "stroke-width": 0.9 }));
      texts(box.lines[state.language], box.x + 9, box.y + 17 + (box.titled - box.lines[state.language].length) * 17, { "font-weight": box.kind === "head" || box.kind === "document" ? 600 : 500 });
      (box.title?.[state.language] ?? []).forEach((text, at, all) => made.append(draw("text", { x: box.x + 9, y: box.y + box.h - 7 - (all.length - 1 - at) * 17, "font-size": 12, style: "fill:#475569" }, text)));
      for (const row of box.rows || []) {
        const y = box.y + row.top, lines = row.lines[state.language];
        const colours = [...new Set(row.levels.map((level) => data.levels[level].colour))];
        colours.forEach((fill, part) => made.append(draw("rect", { x: box.x + box.w - 6, y: y + 3 + (part * 12) / colours.length, width: 6, height: 12 / colours.length, fill, stroke: "#00000044", "stroke-width": 0.5 })));
        lines.forEach((text, at) => made.append(draw("text", { x: box.x + box.w - 12, y: y + 13 + at * 18, "font-size": 12, "text-anchor": "end" }, text)));
      }
      (box.strips || []).forEach((levels, at) => {
        const y = box.y + box.h - 6 - (box.strips.length - at) * 20 + 2, w = (box.w - 18) / levels.length;
        levels.forEach((level, place) => {
          made.append(draw("rect", { x: box.x + 9 + place * w, y, width: w - 2, height: 16, rx: 2, fill: data.levels[level].colour, stroke: "#00000055", "stroke-width": 0.6 }));
          made.append(draw("text", { x: box.x + 9 + place * w + (w - 2) / 2, y: y + 12, "font-size": 10.5, "text-anchor": "middle", style: dark(data.levels[level].colour) ? "fill:#fff" : "" }, short(say(data.levels[level].label), w - 4, 10.5)));
        });
      });
    }
    if (box.far) {
      for (const one of [...made.children].slice(1)) one.classList.add("near");
      const most = Math.max(1, Math.floor((box.h - 4) / 27)), lines = box.far[state.language];
      lines.slice(0, most).map((text, at) => (at + 1 === most && lines.length > most ? text.slice(0, -1) + "…" : text)).forEach((text, at) => made.append(draw("text", { class: "far", x: box.x + 6, y: box.y + 24 + at * 27, "font-size": 25, "font-weight": 600 }, text)));
    }
    if (box.far) box.strips[0].forEach((level, at, all) => made.append(draw("rect", { class: "far", x: box.x + 1 + (at * (box.w - 2)) / all.length, y: box.y + box.h - 8, width: (box.w - 2) / all.length, height: 7, fill: data.levels[level].colour })));
    made.setAttribute("aria-label", named(box.key));
    made.append(draw("title", {}, named(box.key)));
    const opened = box.kind === "head" ? "document:" + box.document : box.kind === "document" ? "document:" + box.key : box.key;
    const inside = box.kind === "document" ? "plan=" + box.key : box.kind === "head" ? "plan=" + box.document : box.kind === "level" ? "plan=" + data.levels[box.key].document : "source=" + box.key;
    made.addEventListener("click", () => { if (!state.moved) choose(opened); });
    made.addEventListener("dblclick", () => go(inside, box.kind === "level" ? box.key : null));
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && state.chosen === opened && inside !== state.view) go(inside, box.kind === "level" ? box.key : null);
      else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(opened); }
    });
    return made;
  }
  function short(text, room, size = 12) {
    const wide = (character) => (character.codePointAt(0) > 0x2e7f || "≥≤".includes(character) ? 1.02 : 0.6) * size;
    let used = 0, kept = "";
    for (const character of text) {
      used += wide(character);
      if (used > room) return kept.slice(0, -1) + "…";
      kept += character;
    }
    return text;
  }
  function choose(id) { state.chosen = id; showDetail(); mark(); keep(); }
  function mark() { // what is chosen and joined to it, or what is looked for, stands out
    const lit = new Set(), fits = find.value ? hits(find.value) : null;
    let some = false;
    const keys = (id) => [...boxes.values()].filter((one) => id === one.key || (id === "document:" + (one.document ?? one.key) && one.kind !== "level")).map((one) => one.key);
    const chosen = state.chosen && state.chosen !== own(state.view) ? keys(state.chosen) : [];
    const joined = (id) => { const one = boxes.get(id); return one && one.kind === "head" ? one.levels : [id]; };
    const own_lines = new Set();
    if (chosen.length) {
      some = true;
      const from = new Set(chosen.flatMap(joined));
      chosen.forEach((id) => lit.add(id)); from.forEach((id) => lit.add(id));
      for (const one of scene.lines) if (from.has(one.a) || from.has(one.b)) { lit.add(one.a); lit.add(one.b); own_lines.add(one.a + "\n" + one.b); }
      for (const one of boxes.values()) if (one.kind === "head" && one.levels.some((id) => lit.has(id))) lit.add(one.key);
    } else if (fits && state.view === "library") {
      some = true;
      for (const one of boxes.values()) if (one.kind === "document" && fits(data.documents[one.key], one.key)) lit.add(one.key);
    }
    svg.classList.toggle("some", some);
    for (const node of layer.children) {
      if (node.dataset.key) { node.classList.toggle("lit", lit.has(node.dataset.key)); node.classList.toggle("chosen", chosen.includes(node.dataset.key)); }
      else if (node.dataset.a) node.classList.toggle("lit", own_lines.has(node.dataset.a + "\n" + node.dataset.b));
    }
  }

  // Zoom and pan

  function extent() {
    const all = [...boxes.values()];
    if (!all.length) return [0, 0, 100, 100];
    const left = Math.min(...all.map((one) => one.x)) - 24, top = Math.min(...all.map((one) => one.y)) - 24;
    return [left, top, Math.max(...all.map((one) => one.x + one.w)) + 24 - left, Math.max(...all.map((one) => one.y + one.h)) + 24 - top];
  }
  function size() { const at = svg.getBoundingClientRect(); return [at.width || 800, at.height || 600]; }
  function fit() {
    const [x, y, w, h] = extent(), [width, height] = size();
    const whole = Math.min(width / w, (height - 10) / h);
    // A view that would be too small to read begins at its top left corner, as wide as it is.
    const scale = state.view === "library" ? Math.min(whole, 1.2) : Math.min(Math.max(whole, Math.min(width / w, 0.8)), 1.2);
    let top = (height - h * scale) / 2 - y * scale;
    if (h * scale > height) { // too high: what the view is about stands in the middle
      const main = [...boxes.values()].filter((one) => one.main || one.key === state.chosen);
      const middle = main.length ? (Math.min(...main.map((one) => one.y)) + Math.max(...main.map((one) => one.y + one.h))) / 2 : 0;
      top = Math.max(height - (y + h) * scale, Math.min(-y * scale, height / 2 - middle * scale));
    }
    state.at = { scale, x: (width - w * scale) / 2 - x * scale, y: top };
    place();
  }
  function place() {
    svg.classList.toggle("afar", state.at.scale < 0.55);
    layer.setAttribute("transform", `translate(${state.at.x.toFixed(1)} ${state.at.y.toFixed(1)}) scale(${state.at.scale.toFixed(4)})`);
  }
  function zoom(by, at = null) {
    const [width, height] = size(), [x, y] = at ?? [width / 2, height / 2];
    const scale = Math.min(4, Math.max(0.05, state.at.scale * by)), real = scale / state.at.scale;
    state.at = { scale, x: x - (x - state.at.x) * real, y: y - (y - state.at.y) * real };
    place();
  }
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), [event.clientX - at.left, event.clientY - at.top]);
  }, { passive: false });
  let grip = null;
  svg.addEventListener("pointerdown", (event) => { grip = [event.clientX, event.clientY, state.at.x, state.at.y]; state.moved = false; });
  window.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const dx = event.clientX - grip[0], dy = event.clientY - grip[1];
    if (Math.abs(dx) + Math.abs(dy) > 4) { state.moved = true; svg.classList.add("moving"); }
    if (state.moved) { state.at = { ...state.at, x: grip[2] + dx, y: grip[3] + dy }; place(); }
  });
  window.addEventListener("pointerup", () => { grip = null; svg.classList.remove("moving"); });
  svg.addEventListener("click", (event) => { if (event.target === svg && !state.moved) choose(own(state.view)); });
  document.addEventListener("keydown", (event) => {
    if (event.target === find) { if (event.key === "Enter") found.querySelector("button")?.click(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) { state.at = { ...state.at, x: state.at.x + step[0], y: state.at.y + step[1] }; place(); event.preventDefault(); }
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (event.key === "/") { find.focus(); event.preventDefault(); }
    else if (event.key === "Escape") choose(own(state.view));
  });

  // What a click opens

  function showDetail() {
    const id = state.chosen;
    if (!id) return aside.replaceChildren(el("p", { class: "dim" }, say("choose")));
    if (id.startsWith("document:") && Object.hasOwn(data.documents, id.slice(9))) return documentDetail(id.slice(9));
    if (Object.hasOwn(data.levels, id)) return levelDetail(id);
    if (Object.hasOwn(data.sources, id)) return sourceDetail(id);
    return aside.replaceChildren(el("p", { class: "dim" }, say("choose")));
  }
  const section = (word, ...inside) => [el("h3", {}, say(word)), ...inside];
  const joined = (texts) => texts.map(say).join(state.language === "zh" ? "、" : ", ");
  const listed = (items) => el("ul", {}, ...items.map((one) => el("li", {}, one)));
  const basis = (items) => items.length ? section("basis", listed(items.map((one) =>
    `${say(one.source)} ${one.clause}${one.unverified ? ` (${say("unverified")})` : ""}${one.own ? ` (${say("own")})` : ""}`))) : [];
  const duties = (items) => listed(items.map((one) => `${say(one.label)}${say(one.who) ? " — " + say(one.who) : ""}`));
  const indented = (depth, text) => { const made = el("div", { class: "words" }, text); made.style.paddingLeft = `${depth * 14}px`; return made; };
  const levelButton = (id) => button(named(id), () => go("plan=" + data.levels[id].document, id));
  function documentDetail(id) {
    const one = data.documents[id];
    const counts = state.language === "zh" ? `判读 ${one.reads} 个指标，${one.actions} 项措施，${one.reports} 项报告` : `reads ${one.reads} facts; ${one.actions} actions, ${one.reports} reports`;
    aside.replaceChildren(
      el("h2", {}, say(one.label)), el("div", { class: "place" }, `${one.kind}:${id} · ${one.place}`),
      el("p", { class: "links" }, button(say("plan"), () => go("plan=" + id), { "aria-pressed": String(state.view === "plan=" + id) }), button(say("around"), () => go("around=" + id), { "aria-pressed": String(state.view === "around=" + id) })),
      ...section("edition", el("div", {}, one.edition)),
      ...(one.hazards.length ? section("hazards", el("div", {}, joined(one.hazards))) : []),
      ...section("counts", el("div", {}, counts)),
      ...one.groups.flatMap((group) => [el("h3", {}, say(data.groups[group].title)), el("div", { class: "links" }, ...data.groups[group].levels.map((level) =>
        button([chip(level), say(data.levels[level].label)], () => (boxes.has(level) ? choose(level) : go("plan=" + id, level)))))]),
      ...(one.others.length ? section("others_due", duties(one.others)) : []),
      ...basis(one.basis),
      ...(one.members.length ? section("members", listed([...new Set(one.members.map(say))])) : []),
    );
  }
  const chip = (level) => { const made = el("span", { class: "chip" }); made.style.background = data.levels[level].colour; return made; };
  function levelDetail(id) {
    const level = data.levels[id], group = data.groups[level.group];
    const moved = [...new Set(data.scenes["plan=" + level.document].lines.filter((one) => one.a === id).map((one) => one.b))].filter((one) => Object.hasOwn(data.levels, one));
    aside.replaceChildren(
      el("h2", {}, chip(id), `${say(level.label)} · ${say(group.title)}`),
      el("p", { class: "links" }, button(say(data.documents[level.document].label), () => go("plan=" + level.document))),
      ...(group.areas.length > 1 ? section("areas", el("div", {}, joined(group.areas))) : []),
      ...(level.rules.length ? level.rules.flatMap((rule) => [
        el("div", { class: "rule" }),
        el("div", {}, `${say(rule.kind)} · ${say(rule.verb)}`),
        ...section("words", ...rule.words[state.language].map(([depth, text]) => indented(depth, text))),
        ...section("author", el("pre", {}, rule.text), el("div", { class: "place" }, rule.place)),
        ...basis(rule.basis),
      ]) : [el("p", { class: "dim" }, say("norules"))]),
      ...(moved.length ? section("moves", el("div", { class: "links" }, ...moved.map(levelButton))) : []),
      ...(level.brings.length ? section("brings", duties(level.brings)) : []),
    );
  }
  function sourceDetail(id) {
    const one = data.sources[id];
    const readers = [...new Set(data.scenes["source=" + id].lines.filter((line) => line.a === id).map((line) => line.b))];
    aside.replaceChildren(
      el("h2", {}, say(one.label)), el("div", { class: "place" }, one.id ? `${one.kind}:${one.id}` : ""),
      el("p", { class: "links" }, button(say("read"), () => go("source=" + id), { "aria-pressed": String(state.view === "source=" + id) })),
      ...(one.unit ? section("unit", el("div", {}, one.unit)) : []),
      ...(one.provider && say(one.provider) ? section("provider", el("div", {}, say(one.provider))) : []),
      ...(one.text ? section("author", el("pre", {}, one.text), el("div", { class: "place" }, one.place)) : []),
      ...section("read", listed(readers.map((level) => {
        const asked = data.scenes["source=" + id].lines.filter((line) => line.a === id && line.b === level).map((line) => say(line.text)).filter(Boolean);
        return el("span", {}, levelButton(level), " " + asked.join(state.language === "zh" ? "；" : "; "));
      }))),
    );
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", () => { svg.setAttribute("viewBox", extent().join(" ")); layer.removeAttribute("transform"); });
  window.addEventListener("afterprint", () => { svg.removeAttribute("viewBox"); place(); });
  follow();
})();
