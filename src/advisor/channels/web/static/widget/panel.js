// The parts that one sees: launcher, header, conversation, what to ask next, form.
import { isWebAddress, link, make } from "./dom.js";

/** Build the nodes of a widget; `on` holds what happens when they are used. */
export function buildPanel(say, settings, on) {
  const button = (name, key, action) =>
    make("button", { type: "button", part: `button ${name}`, class: name, onclick: action }, say(key));
  const nodes = {
    launcher: make(
      "button",
      { type: "button", part: "launcher", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", onclick: on.toggle },
      say("launcher"),
    ),
    kept: make("p", {}),
    turns: make("ol", { part: "turns", role: "list" }),
    next: make("div", { class: "next", part: "suggestions", role: "group", "aria-labelledby": "next-label", hidden: true }),
    newReply: button("new-reply", "newreply", on.showNew),
    status: make("p", { class: "status", part: "status", role: "status" }),
    trouble: make("div", { class: "trouble", part: "problem", hidden: true }),
    input: make("textarea", { id: "input", part: "input", rows: "2", "aria-describedby": "hint", dir: "auto", autocomplete: "off" }),
    send: make("button", { type: "submit", part: "button send", class: "send" }, say("send")),
    close: button("close", "close", on.close),
    restart: button("restart", "restart", on.restart),
    save: button("save", "save", on.save),
  };
  nodes.newReply.hidden = true;
  nodes.log = make("div", { role: "log", "aria-label": say("log"), "aria-live": "off" }, nodes.turns);
  nodes.scroller = make(
    "div",
    { class: "scroller", part: "conversation", tabindex: "0", role: "group", "aria-label": say("log") },
    intro(say, settings, nodes),
    nodes.log,
    nodes.next,
  );
  const contact = contactLink(say, settings);
  nodes.trouble.append(button("retry", "retry", on.retry), ...(contact ? [" ", contact] : []));
  const title = make("h2", { id: "title", part: "title" }, settings.heading || say("title"));
  const tools = make("div", { class: "tools" }, nodes.restart, nodes.save);
  const header = make("div", { class: "header", part: "header" }, title, nodes.close, tools);
  nodes.panel = make(
    "section",
    { id: "panel", class: "panel", part: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: on.key },
    header,
    nodes.scroller,
    make("div", { class: "foot" }, nodes.newReply, nodes.status, nodes.trouble, form(say, nodes, on)),
  );
  return nodes;
}

function intro(say, settings, nodes) {
  const links = [
    settings.privacy ? link(settings.privacy, say("privacy"), say) : null,
    contactLink(say, settings),
  ].filter(Boolean);
  return make(
    "div",
    { class: "intro", part: "notice" },
    make("p", {}, say("notice")),
    nodes.kept,
    links.length ? make("p", { class: "links" }, ...links) : null,
    make("p", { class: "greeting", part: "greeting" }, settings.greeting || say("greeting")),
  );
}

function contactLink(say, { contact, contactLabel }) {
  if (!contact) return null;
  const text = contactLabel || say("contact");
  if (/^(mailto|tel):/i.test(contact)) return make("a", { href: contact }, text);
  return isWebAddress(contact) ? link(contact, text, say) : null;
}

function form(say, nodes, on) {
  return make(
    "form",
    { onsubmit: on.submit },
    make("label", { for: "input" }, say("input")),
    make("div", { class: "row" }, nodes.input, nodes.send),
    make("p", { id: "hint", class: "hint" }, say("hint")),
  );
}

/** Show what can be chosen or asked next as buttons; an empty list hides them. */
export function showNext(nodes, label, texts, language, onPick) {
  const buttons = texts.map((text) =>
    make("li", {}, make("button", { type: "button", part: "button suggestion", lang: language, onclick: () => onPick(text) }, text)),
  );
  nodes.next.replaceChildren(make("p", { id: "next-label" }, label), make("ul", { role: "list" }, ...buttons));
  nodes.next.hidden = !texts.length;
}
