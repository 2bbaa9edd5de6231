"""Opening a source shows the quote in its page, and marks it and nothing else."""

import pytest

from advisor import Advisor, Citation
from advisor.channels.repl.examples import likely_questions
from advisor.channels.repl.lines import length, text_of
from advisor.channels.repl.passage import passage_lines
from advisor.channels.repl.render import Renderer
from advisor.channels.repl.terminal import ASCII, Terminal


def citations(advisor: Advisor) -> list[Citation]:
    """Return what the replies to all likely questions cite."""
    asked = [
        advisor.ask(q, language) for language in ("en", "nl") for q in likely_questions(advisor, language)
    ]
    return list({(c.document, c.start, c.end): c for reply in asked for c in reply.citations}.values())


@pytest.mark.parametrize("columns", [30, 80])
def test_the_quote_is_marked(advisor: Advisor, columns: int) -> None:
    """The lines with a mark hold the quote, the lines without hold none of it, and all of them fit."""
    renderer = Renderer(Terminal(size=(columns, 24)))
    cited = citations(advisor)
    assert len(cited) > 10
    for citation in cited:
        lines = passage_lines(citation, advisor.document(citation.document), renderer, "en")
        marked = " ".join(text_of(own)[2:] for own in lines if text_of(own).startswith("▌"))
        assert "".join(citation.quote.split()) in "".join(marked.split())
        assert max(map(length, lines)) <= columns
        quoted = "".join(text for own in lines for style, text in own[1:] if style == "class:quote")
        assert "".join(quoted.split()) == "".join(citation.quote.split())


def test_read_aloud(advisor: Advisor) -> None:
    """For a screen reader the quote is named instead of marked."""
    renderer = Renderer(Terminal(plain=True, glyphs=ASCII, size=(200, 24)))
    citation = advisor.ask("What does it cost in Leiden?").citations[0]
    lines = [
        text_of(own) for own in passage_lines(citation, advisor.document(citation.document), renderer, "en")
    ]
    assert lines[lines.index("Quoted:") + 1] == citation.quote
    assert "Before:" in lines
