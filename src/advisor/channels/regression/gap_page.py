"""The gap table as one HTML page that needs nothing else."""

from html import escape
from importlib.resources import files
from string import Template

from advisor import Document
from advisor.channels.regression.holdings import Piece
from advisor.channels.regression.survey import STATES, WORDS, Cell, Row, Survey


def gap_page(survey: Survey) -> str:
    """Return the page; whatever stands on the programme pages is text in it, never markup."""
    template = files("advisor.channels.regression").joinpath("gaps.html").read_text(encoding="utf-8")
    return Template(template).substitute(counts=_counts(survey), topics=_topics(survey))


def _counts(survey: Survey) -> str:
    head = "".join(f'<th scope="col">{escape(WORDS[s].capitalize())}</th>' for s in STATES)
    lines = [f'<thead><tr><th scope="col">Programme</th>{head}</tr></thead>', "<tbody>"]
    for number, document in enumerate(survey.documents):
        cells = "".join(f"<td>{count}</td>" for count in survey.counts(number).values())
        lines.append(f'<tr><th scope="row">{_name(document)}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody>"])


def _topics(survey: Survey) -> str:
    head = "".join(f'<th scope="col">{_name(d)}</th>' for d in survey.documents)
    lines = [f'<thead><tr><th scope="col">Topic</th>{head}</tr></thead>', "<tbody>"]
    return "\n".join([*lines, *(_row(row) for row in survey.rows), "</tbody>"])


def _row(row: Row) -> str:
    cells = "".join(_cell(c) for c in row.cells)
    topic = escape(row.topic)
    head = f'<th scope="row">{escape(row.name)}<br><small>{topic}</small></th>'
    return f'<tr id="{topic}">{head}{cells}</tr>'


def _cell(cell: Cell) -> str:
    if not cell.pieces:
        return f'<td class="{cell.state}">{WORDS[cell.state]}</td>'
    quotes = "".join(map(_quote, cell.pieces))
    return f'<td class="{cell.state}"><details><summary>{WORDS[cell.state]}</summary>{quotes}</details></td>'


def _quote(piece: Piece) -> str:
    text = f"{escape(piece.text)}<br><cite>{escape(piece.section)}</cite>"
    return f'<blockquote lang="{escape(piece.language)}">{text}</blockquote>'


def _name(document: Document) -> str:
    provenance = document.provenance
    title = escape(provenance.title)
    if provenance.url and provenance.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(provenance.url)}" rel="noopener">{title}</a>'
    below = [p for p in (provenance.institution, provenance.last_updated) if p]
    return title + "".join(f"<br><small>{escape(p)}</small>" for p in below)
