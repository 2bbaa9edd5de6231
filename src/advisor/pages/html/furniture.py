"""Take out of a web page what is furniture: menus, banners, footers, links to other pages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile

import yaml
from lxml.html import HtmlElement

from advisor.pages.others import is_about_others

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# How many elements above are looked at for a heading.
NEAR = 4
# A block is made of links from this share of its text on.
MOSTLY_LINKS = 0.8


@dataclass(frozen=True, slots=True)
class Furniture:
    """The words of `furniture.yaml`."""

    tags: frozenset[str]
    roles: frozenset[str]
    always: tuple[tuple[str, ...], ...]
    exact: frozenset[str]
    linked: frozenset[str]
    button: frozenset[str]
    label: frozenset[str]
    value: frozenset[str]
    question: frozenset[str]
    opened: frozenset[str]


@cache
def furniture() -> Furniture:
    """Return the words that tell furniture from content."""
    data = yaml.safe_load((files(__package__) / "furniture.yaml").read_text("utf-8"))
    always = tuple(tuple(entry.split()) for entry in data.pop("always"))
    return Furniture(always=always, **{k: frozenset(v) for k, v in data.items()})


def class_words(element: HtmlElement) -> list[tuple[str, ...]]:
    """Return the words of each class name and of the id of an element."""
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return [tuple(w.lower() for w in _WORD.findall(name)) for name in names if name]


def words_of(element: HtmlElement) -> frozenset[str]:
    """Return all words of an element's class names and id."""
    return frozenset(w for words in class_words(element) for w in words)


def text_of(element: HtmlElement) -> str:
    """Return all text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def heading_level(element: HtmlElement) -> int:
    """Return the level of a heading, from 1."""
    return HEADINGS.index(str(element.tag)) + 1


def clear(body: HtmlElement) -> list[str]:
    """Take furniture out of a page's body; return the text of what could hold its date or owner.

    Footers come first in the text returned; what speaks of other pages is not in it.
    """
    return _Clearing(body).run()


class _Clearing:
    def __init__(self, body: HtmlElement) -> None:
        self.body = body
        self.known = furniture()
        self.length = max(1, len(text_of(body)))
        self.controlled = {name for e in body.iter() for name in (e.get("aria-controls") or "").split()}
        keep = [e for e in body.iter("h1", "main") if not self._is_hidden(e)]
        self.protected = {a for e in keep for a in (e, *e.iterancestors())}
        self.last: list[str] = []
        self.rest: list[str] = []

    def run(self) -> list[str]:
        self._sweep(self._is_hidden, None)
        self._sweep(self._is_furniture, self.rest)
        self._other_pages()
        self._sweep(_is_copyright, self.rest)
        self._link_blocks()
        return [*self.last, *self.rest]

    def _sweep(self, test: Callable[[HtmlElement], bool], margin: list[str] | None) -> None:
        dropped: set[HtmlElement] = set()
        for element in list(self.body.iterdescendants()):
            if not isinstance(element.tag, str):
                continue
            if element.getparent() in dropped:
                dropped.add(element)
            elif element not in self.protected and test(element):
                dropped.add(element)
                if margin is not None:
                    self._note(element, margin)
        for element in dropped:
            if element.getparent() is not None and element.getparent() not in dropped:
                element.drop_tree()

    def _note(self, element: HtmlElement, margin: list[str]) -> None:
        if element.tag in {"script", "style", "template"} or self._is_linked(element):
            return
        is_footer = element.tag == "footer" or element.get("role") == "contentinfo"
        is_last = is_footer or "footer" in words_of(element)
        (self.last if is_last else margin).extend(_lines(element))

    def _is_hidden(self, element: HtmlElement) -> bool:
        is_off = (
            (element.get("hidden") is not None and element.get("hidden") != "until-found")
            or element.get("aria-hidden") == "true"
            or bool(_UNSEEN.search(element.get("style") or ""))
        )
        # What a tab or an accordion opens is content, though it is shut at first.
        is_opened = element.get("role") == "tabpanel" or element.get("id") in self.controlled
        return is_off and not is_opened and not self._is_panel(element)

    def _is_panel(self, element: HtmlElement) -> bool:
        """Whether an element is named as what opens, right behind the button or heading that opens it."""
        opener = element.getprevious()
        if opener is None or not words_of(element) & self.known.opened:
            return False
        button = (
            opener if opener.tag in {"button", "summary", *HEADINGS} else next(opener.iter("button"), None)
        )
        return button is not None and text_of(button) == text_of(opener)

    def _is_furniture(self, element: HtmlElement) -> bool:
        if element.tag == "button":
            return not self._is_opener(element)
        if element.tag == "header":
            return not any(a.tag in {"main", "article", "section"} for a in element.iterancestors())
        if element.tag == "aside" or element.get("role") == "complementary":
            return not self._is_fact_box(element)
        if element.tag in self.known.tags or element.get("role") in self.known.roles:
            return True
        if element.tag == "a" and self._is_button(element):
            return True
        return self._is_named_so(element) and len(text_of(element)) < self.length / 2

    def _is_opener(self, element: HtmlElement) -> bool:
        parents = {a.tag for a in element.iterancestors()}
        is_head = bool(parents & {*HEADINGS, "summary", "dt"}) or element.get("aria-expanded") is not None
        return is_head or next(element.iter(*HEADINGS), None) is not None

    def _is_button(self, element: HtmlElement) -> bool:
        is_skip = (element.get("href") or "").startswith("#") and element.getparent() is self.body
        return is_skip or element.get("role") == "button" or bool(words_of(element) & self.known.button)

    def _is_fact_box(self, element: HtmlElement) -> bool:
        is_inside = any(a.tag in {"main", "article"} for a in element.iterancestors())
        has_facts = next(element.iter("dl", "table"), None) is not None
        return is_inside and has_facts and link_share(element) < 0.3 and not self._is_linked(element)

    def _is_named_so(self, element: HtmlElement) -> bool:
        for words in class_words(element):
            if any(words[i : i + len(e)] == e for e in self.known.always for i in range(len(words))):
                return True
            if len(words) == 1 and words[0] in self.known.exact:
                return True
        return self._is_linked(element)

    def _is_linked(self, element: HtmlElement) -> bool:
        return bool(words_of(element) & self.known.linked) and next(element.iter("a"), None) is not None

    def _other_pages(self) -> None:
        """Take out the sections whose heading announces other pages."""
        for heading in list(self.body.iter(*HEADINGS)):
            if heading.getparent() is None or not is_about_others(text_of(heading)):
                continue
            for element in _section(heading, self.body):
                if element not in self.protected:
                    element.drop_tree()

    def _link_blocks(self) -> None:
        """Take out blocks of links: all above the title, below it those that head nowhere."""
        title = next(self.body.iter("h1"), None)
        is_below = title is None
        weights = _weigh(self.body)
        # A table with headings in it only places things on the page.
        layout = {t for h in self.body.iter("h1", "h2", "h3") for t in h.iterancestors("table")}
        for element in list(
            self.body.iter("h1", "div", "ul", "ol", "section", "p", "table", "td", "span", "a")
        ):
            if element is title:
                is_below = True
            elif element.tag == "td" and next(element.iterancestors("table"), None) not in layout:
                continue
            elif _mostly(weights[element]) and self._is_free(element) and _is_links(element, is_below):
                element.drop_tree()

    def _is_free(self, element: HtmlElement) -> bool:
        """Whether an element may be taken out and has not been."""
        return element not in self.protected and any(a is self.body for a in element.iterancestors())


def link_share(element: HtmlElement) -> float:
    """Return which share of an element's text stands in links."""
    whole = len(text_of(element))
    return sum(len(text_of(a)) for a in element.iter("a")) / whole if whole else 0.0


def _weigh(body: HtmlElement) -> dict[HtmlElement, tuple[int, int]]:
    """Return for each element how many characters it shows, and how many of them in links."""
    weights: dict[HtmlElement, tuple[int, int]] = {}
    for element in reversed(list(body.iter())):
        inner = [weights[c] for c in element]
        own = len((element.text or "").strip()) + sum(len((c.tail or "").strip()) for c in element)
        whole = own + sum(w for w, _ in inner)
        weights[element] = (whole, whole if element.tag == "a" else sum(n for _, n in inner))
    return weights


def _mostly(weight: tuple[int, int]) -> bool:
    whole, in_links = weight
    return in_links > 0 and in_links >= MOSTLY_LINKS * whole


def _is_links(element: HtmlElement, is_below_title: bool) -> bool:
    links = list(element.iter("a"))
    if not is_below_title:
        return True
    if all((a.get("href") or "").startswith("#") for a in links):
        return len(links) > 1
    # A list of links under a heading may be the programme's courses.
    has_heading = next(element.iter(*HEADINGS), None) is not None
    return (
        len(links) > 2
        and not has_heading
        and not any(_headed(e) for e in (element, *element.iterancestors()))
    )


def _is_copyright(element: HtmlElement) -> bool:
    is_line = element.tag in {"p", "div", "span", "small", "td"} and len(element) == 0
    return is_line and (element.text or "").strip().startswith("©")


def _headed(element: HtmlElement) -> bool:
    """Whether an element is the main one or comes right after a heading and its paragraphs."""
    if element.tag in {"main", "article"}:
        return True
    above = islice(element.itersiblings(preceding=True), NEAR)
    return any(before.tag in HEADINGS for before in takewhile(_leads, above))


def _leads(element: HtmlElement) -> bool:
    return element.tag == "p" or element.tag in HEADINGS


def _section(heading: HtmlElement, body: HtmlElement) -> Iterable[HtmlElement]:
    """Return the box that a heading opens, or the heading with what follows up to the next one."""
    level = heading_level(heading)
    box = heading
    parent = heading.getparent()
    while parent is not None and parent is not body and parent.tag not in {"main", "article"}:
        first = next(parent.iter(*HEADINGS), None)
        alike = (h for h in parent.iter(*HEADINGS) if heading_level(h) <= level)
        if first is not heading or len(list(islice(alike, 2))) > 1:
            break
        box, parent = parent, parent.getparent()
    found = [box]
    if box is heading:
        for later in heading.itersiblings():
            if any(heading_level(h) <= level for h in later.iter(*HEADINGS)):
                break
            found.append(later)
    return found


def _lines(element: HtmlElement) -> list[str]:
    """Return the text of each innermost block of furniture."""
    lines = []
    for text in element.itertext():
        line = " ".join(text.split())
        if line:
            lines.append(line)
    return lines
