// Building nodes: text becomes text nodes, never markup.

/** Return an element with properties (`on…` are listeners, others attributes) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Return text that only assistive technology shows. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

/** Return a link that opens a new tab and says so; null for an address that is not http(s). */
export function link(address, text, say, properties = {}) {
  if (!isWebAddress(address)) return null;
  const attributes = { href: address, target: "_blank", rel: "noopener noreferrer", ...properties };
  return make("a", attributes, text, unseen(` ${say("newtab")}`));
}

export function isWebAddress(address) {
  try {
    return ["http:", "https:"].includes(new URL(address, document.baseURI).protocol);
  } catch {
    return false;
  }
}
