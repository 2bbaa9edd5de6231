"""Look for what only shows across the files of the intents folder."""

from advisor.errors import Problem
from advisor.text.phrases import PhraseError
from advisor.topics.content import LANGUAGES, Content
from advisor.topics.schema import TopicEntry

Where = tuple[str, int | None]


def check(content: Content, problems: list[Problem]) -> None:
    """Add unknown names, phrases claimed twice and bad grammar to the problems."""
    _topics(content, problems)
    _mentions(content, problems)
    _concepts(content, problems)
    _compile_rest(content, problems)
    if not problems and not content.languages:
        problems.append(Problem("languages/", None, "no language is defined"))


def _topics(content: Content, problems: list[Problem]) -> None:
    claimed: dict[tuple[str, str], str] = {}
    for name, topic in content.topics.items():
        where = content.places[f"topic {name}"]
        _references(content, topic, where, problems)
        for language in LANGUAGES:
            for phrase in getattr(topic.phrases, language):
                _claim(claimed, name, language, phrase, where, problems)
                _readings(content, phrase, language, where, name, problems)


def _references(content: Content, topic: TopicEntry, where: Where, problems: list[Problem]) -> None:
    for group in topic.evidence:
        for option in (group,) if isinstance(group, str) else group:
            concept = option.split("~")[0]
            if concept not in content.concepts:
                problems.append(Problem(*where, f"evidence names the unknown concept {concept!r}"))
    for following in (*topic.next, *topic.related, *topic.instead, *topic.before):
        if following not in content.topics:
            problems.append(Problem(*where, f"names the unknown topic {following!r}"))
    if topic.caveat and topic.caveat not in content.concepts:
        problems.append(Problem(*where, f"caveat names the unknown concept {topic.caveat!r}"))


def _mentions(content: Content, problems: list[Problem]) -> None:
    """Check the topics that the dialogue's own files name."""
    for kind, topic in content.unsaid.items():
        if topic not in content.topics:
            problems.append(Problem("dialogue/comparison.yaml", None, f"{kind}: unknown topic {topic!r}"))
    for topic in content.overall:
        if topic not in content.topics:
            where = content.places[f"overall {topic}"]
            problems.append(Problem(*where, f"names the unknown topic {topic!r}"))


def _concepts(content: Content, problems: list[Problem]) -> None:
    for name, concept in content.concepts.items():
        where = content.places[f"concept {name}"]
        for broader in (*concept.broader, *((concept.within,) if concept.within else ())):
            if broader not in content.concepts:
                problems.append(Problem(*where, f"{name}: names the unknown concept {broader!r}"))
        for language in LANGUAGES:
            for phrase in getattr(concept, language):
                _readings(content, phrase, language, where, name, problems)
    for name, sense in content.senses.items():
        for language in LANGUAGES:
            for phrase in getattr(sense, language):
                _readings(content, phrase, language, content.places[f"sense {name}"], name, problems)


def _compile_rest(content: Content, problems: list[Problem]) -> None:
    """Compile the wordings of moves, small talk and cues too."""
    for kind, table in (
        ("acts", content.acts),
        ("smalltalk", content.smalltalk),
        ("out-of-scope", content.outside),
    ):
        for name, entry in table.items():
            for language in LANGUAGES:
                for phrase in getattr(entry.phrases, language):
                    _readings(content, phrase, language, (f"dialogue/{kind}.yaml", None), name, problems)
    for language, words in content.languages.items():
        for kind, phrases in words.wanted.items():
            for phrase in phrases:
                _readings(
                    content,
                    phrase,
                    language,
                    (f"languages/{language}.yaml", None),
                    f"wanted {kind}",
                    problems,
                )


def _claim(
    claimed: dict[tuple[str, str], str],
    name: str,
    language: str,
    phrase: str,
    where: Where,
    problems: list[Problem],
) -> None:
    key = (language, " ".join(phrase.split()))
    if claimed.setdefault(key, name) != name:
        problems.append(Problem(*where, f"phrase {phrase!r} is claimed by topic {claimed[key]!r} too"))


def _readings(
    content: Content,
    phrase: str,
    language: str,
    where: Where,
    name: str,
    problems: list[Problem],
) -> None:
    try:
        content.book.get(language, phrase)
    except PhraseError as error:
        problems.append(Problem(*where, f"{name}: {error}"))
