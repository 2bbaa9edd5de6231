// A reply as nodes: its text, a comparison as a table, and citations that open to the quote.
import { link, make, unseen } from "./dom.js";
import { passageAddress } from "./service.js";

/** Return the list items of a turn: the question and its reply. */
export function turnItems(turn, say, endpoint) {
  const question = make("li", { class: "question", part: "question" });
  question.append(unseen(`${say("you")} `), make("p", { dir: "auto" }, turn.question));
  return [question, replyItem(turn, say, endpoint)];
}

function replyItem({ reply, renewed }, say, endpoint) {
  const sources = new Map(reply.citations.map((citation) => [citation.number, sourceOf(citation, say, endpoint)]));
  const marked = (text) => withMarks(text, sources, say);
  const item = make("li", { class: "reply", part: "reply", lang: reply.language, "data-kind": reply.kind });
  if (renewed) item.append(make("p", { class: "note", lang: say.language }, say("renewed")));
  item.append(unseen(`${say("advisor")} `));
  for (const line of linesBeside(reply)) item.append(make("p", { dir: "auto" }, ...marked(line)));
  if (reply.table) item.append(tableOf(reply.table, marked, say));
  if (sources.size) item.append(make("div", { class: "sources", lang: say.language }, ...sources.values()));
  return item;
}

/** Return the lines of a reply's text, without those that its table shows: "column: cell". */
function linesBeside({ text, table }) {
  const lines = text.split("\n").filter((line) => line.trim());
  const shown = (table?.rows ?? []).flatMap((row) => row.cells.map((cell, i) => `${table.columns[i]}: ${cell}`));
  // A few words more than the cell's, such as "on its page", tell nothing new; figures and marks would.
  const adds = (line, start) => /[\d[]/.test(line.slice(start.length)) || line.length > start.length + 20;
  return lines.filter((line) => !shown.some((start) => line.startsWith(start) && !adds(line, start)));
}

/** Return the pieces of a text, its marks such as [1] as buttons that open the citation. */
function withMarks(text, sources, say) {
  return text.split(/(\[\d+\])/).map((piece) => {
    const source = sources.get(Number(piece.match(/^\[(\d+)\]$/)?.[1]));
    if (!source) return piece;
    const label = say("source", { number: piece.slice(1, -1) });
    return make("button", { type: "button", class: "mark", part: "mark", "aria-label": label, onclick: () => open(source) }, piece);
  });
}

function open(source) {
  source.open = true;
  source.querySelector("summary").focus();
  source.scrollIntoView({ block: "nearest" });
}

function sourceOf(citation, say, endpoint) {
  const place = [citation.title, citation.institution].filter(Boolean).join(" · ");
  const heading = make("bdi", { lang: citation.language }, [place, citation.section].filter(Boolean).join(" – "));
  const summary = make("summary", { part: "citation" }, `[${citation.number}] `, heading);
  const facts = [
    ["updated", citation.last_updated],
    ["edition", citation.edition],
    ["origin", citation.source],
  ].filter(([, value]) => value);
  const list = facts.flatMap(([key, value, lang]) => [make("dt", {}, say(key)), make("dd", { lang, dir: "auto" }, value)]);
  const links = [
    link(passageAddress(endpoint, citation), say("read"), say),
    citation.url ? link(citation.url, say("original"), say) : null,
  ];
  return make(
    "details",
    {},
    summary,
    make("blockquote", { part: "quote", lang: citation.language, dir: "auto" }, citation.quote),
    facts.length ? make("dl", {}, ...list) : null,
    make("p", { class: "links" }, ...links),
  );
}

function tableOf(table, marked, say) {
  const head = make("tr", {}, make("td", {}, unseen(say("compared"))));
  head.append(...table.columns.map((column) => make("th", { scope: "col" }, column)));
  const rows = table.rows.map((row) =>
    make("tr", {}, make("th", { scope: "row" }, row.head), ...row.cells.map((cell) => make("td", {}, ...marked(cell)))),
  );
  const caption = make("caption", { lang: say.language }, say("table"));
  const whole = make("table", { part: "table" }, caption, make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { class: "table", tabindex: "0", role: "group", "aria-label": say("table") }, whole);
}
