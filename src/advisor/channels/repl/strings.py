"""What the chat itself says: texts, command names and examples, by language, from `strings.json`."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class CommandName:
    """A command by its id: its names by language, the first of each shown, and the bare words for it."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]
    argument: Mapping[str, str]
    line: Mapping[str, str]

    def shown(self, language: str) -> str:
        """Return the name that a speaker of the language is shown, with its slash."""
        return "/" + (self.names.get(language) or self.names[FALLBACK])[0]


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(Path(__file__).with_name("strings.json").read_text("utf-8"))
    return data


def say(key: str, language: str, /, **values: object) -> str:
    """Return a text in a language, English where that language has none, with its values filled in."""
    texts: Mapping[str, str] = _data()["texts"][key]
    text = texts.get(language) or texts[FALLBACK]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def turns(count: int, language: str) -> str:
    """Return how many turns, in words."""
    return say("turns.one", language) if count == 1 else say("turns.many", language, count=count)


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another, or its code where no name is known."""
    names: Mapping[str, str] = _data()["languages"].get(code, {})
    return names.get(language, code)


@cache
def command_names() -> tuple[CommandName, ...]:
    """Return every command, in the order of the help."""
    return tuple(
        CommandName(
            entry["id"],
            {language: tuple(names) for language, names in entry["names"].items()},
            tuple(entry["bare"]),
            entry["argument"],
            entry["line"],
        )
        for entry in _data()["commands"]
    )


def is_word(text: str, kind: str) -> bool:
    """Tell whether a text is a word of a kind (`clear`, `auto`, `all`, `on`, `off`), in any language."""
    return text.strip().casefold() in _data()["words"][kind]


def is_yes(text: str) -> bool:
    """Tell whether a text agrees."""
    return text.strip().casefold() in _data()["yes"]


def examples(language: str) -> tuple[str, ...]:
    """Return wordings of questions about one programme, each with `{place}`."""
    return tuple(_data()["examples"].get(language) or _data()["examples"][FALLBACK])


def comparisons(language: str) -> tuple[str, ...]:
    """Return wordings of questions that compare, each with `{programmes}`."""
    return tuple(_data()["comparison"].get(language) or _data()["comparison"][FALLBACK])


def listed(names: "tuple[str, ...] | list[str]", language: str) -> str:
    """Return names as a list in words."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {say('and', language)} {names[-1]}"


def own_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the locale asks for, where the chat speaks it."""
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    code = locale[:2].casefold()
    return code if code in _data()["languages"] else FALLBACK
