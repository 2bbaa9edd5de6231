// What the interface says, in the language of the page around it.
import strings from "./strings.js";

/** Return the language of an element among those known: its own, the page's, the browser's, English. */
export function languageOf(element) {
  const tags = [element.closest("[lang]")?.lang, navigator.language, "en"];
  return tags.map((tag) => (tag ?? "").toLowerCase().split("-")[0]).find((tag) => tag in strings);
}

/** Return a function that says a string of a language, with its {places} filled. */
export function wordsOf(language) {
  return (key, places = {}) => strings[language][key].replace(/\{(\w+)\}/g, (_, name) => places[name]);
}
