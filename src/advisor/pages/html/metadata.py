"""Read what a web page says about itself in its head: title, institution, language, address, date."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring

from advisor.pages.build import squeeze
from advisor.records.document import Provenance
from advisor.text.normalise import fold

_PARTS = re.compile(r"\s+[|–—·»-]\s+")
_PROGRAMMES = {"Course", "EducationalOccupationalProgram"}
_OWNERS = {"CollegeOrUniversity", "EducationalOrganization", "Organization"}
_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})")
_LONG = re.compile(r"[^\W\d_]{4,}")
MOST_OBJECTS = 2000


class Head:
    """The metadata of one page; what it does not say is None."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.objects = tuple(_objects(_scripts(tree)))

    def provenance(self, heading: str | None, elsewhere: Sequence[str]) -> Provenance | None:
        """Return what is known for sure; `elsewhere` are lines of the page that may name its owner."""
        programme = next((o for o in self.objects if _types(o) & _PROGRAMMES), {})
        title = _text(programme.get("name")) or self._title(heading)
        if title is None:
            return None
        return Provenance(
            title=title,
            institution=self._institution(programme, elsewhere, title),
            language=self._language(programme),
            url=self._url(programme),
            last_updated=self._updated(programme),
        )

    def hints(self) -> list[str]:
        """Return the names in the head, for telling the institution."""
        return [*self._title_parts(), *filter(None, [self._meta("og:site_name")])]

    def questions(self) -> Iterator[tuple[str, str]]:
        """Yield the questions and answers of an FAQPage."""
        for entry in self.objects:
            if "Question" in _types(entry):
                answer = entry.get("acceptedAnswer")
                answer = answer[0] if isinstance(answer, list) and answer else answer
                text = _plain(answer.get("text")) if isinstance(answer, dict) else None
                name = _plain(entry.get("name"))
                if name and text:
                    yield name, text

    def _title(self, heading: str | None) -> str | None:
        """Return the first heading, or the window's title where the heading is but a slogan."""
        parts = self._title_parts()
        if heading is None or not parts:
            return heading or next(iter(parts), None)
        words = set(_LONG.findall(fold(heading)))
        is_slogan = words.isdisjoint(_LONG.findall(fold(" ".join(parts))))
        return parts[0] if is_slogan and len(parts) > 1 else heading

    def _title_parts(self) -> list[str]:
        title = next((squeeze("".join(t.itertext())) for t in self.tree.iter("title")), "")
        return [p for p in (squeeze(p) for p in _PARTS.split(title)) if p]

    def _meta(self, name: str) -> str | None:
        for meta in self.tree.iter("meta"):
            if name in {meta.get("property"), meta.get("name"), meta.get("itemprop")}:
                return squeeze(meta.get("content") or "") or None
        return None

    def _institution(self, programme: dict[str, Any], elsewhere: Sequence[str], title: str) -> str | None:
        provider = programme.get("provider")
        provider = provider[0] if isinstance(provider, list) and provider else provider
        named = _text(provider.get("name") if isinstance(provider, dict) else provider)
        owners = {n for o in self.objects if _types(o) & _OWNERS and (n := _text(o.get("name")))}
        if named or len(owners) == 1:
            return named or owners.pop()
        # The last part of the title, when the page's margin names it too; a portal's name is one word.
        parts = self._title_parts()
        last = parts[-1] if len(parts) > 1 else ""
        is_named_again = last in elsewhere or last == self._meta("og:site_name") or _owns(elsewhere, last)
        return last if len(last.split()) > 1 and is_named_again and last != title else None

    def _language(self, programme: dict[str, Any]) -> str | None:
        given = self.tree.get("lang") or _text(programme.get("inLanguage")) or ""
        primary = re.split(r"[-_]", given.strip().lower())[0]
        return primary if re.fullmatch(r"[a-z]{2}", primary) else None

    def _url(self, programme: dict[str, Any]) -> str | None:
        links = (link.get("href") for link in self.tree.iter("link") if link.get("rel") == "canonical")
        for url in (*links, self._meta("og:url"), _text(programme.get("url"))):
            if url and re.match(r"https?://\S+$", url.strip()):
                return url.strip()
        return None

    def _updated(self, programme: dict[str, Any]) -> str | None:
        pages = (o for o in self.objects if "WebPage" in _types(o))
        dates = [_text(o.get("dateModified")) for o in (programme, *pages)]
        for date in (*dates, self._meta("article:modified_time"), self._meta("dateModified")):
            match = _DATE.match(date or "")
            if match:
                return match.group(1)
        return None


def _owns(lines: Iterable[str], name: str) -> bool:
    mark = re.compile(rf"(©|\(c\)|copyright)[\s\d–-]*{re.escape(name)}", re.IGNORECASE)
    return bool(name) and any(mark.match(line) for line in lines)


def _scripts(tree: HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                yield json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue


def _objects(values: Iterable[object]) -> Iterator[dict[str, Any]]:
    """Yield every object in JSON values, outer ones first."""
    waiting = list(values)
    seen = 0
    while waiting and seen < MOST_OBJECTS:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting += [v for v in value.values() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            waiting += value


def _types(entry: dict[str, Any]) -> set[str]:
    kind = entry.get("@type")
    return {k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)}


def _text(value: object) -> str | None:
    return squeeze(value) or None if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """Return a JSON string without the markup that may be in it."""
    text = _text(value)
    if text and "<" in text:
        text = _text(" ".join(fragment_fromstring(text, create_parent="div").itertext()))
    return text
