"""The gap table as one HTML page that needs nothing else."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from advisor import Document
from advisor.channels.regression.holdings import Piece
from advisor.channels.regression.missed import Missed
from advisor.channels.regression.survey import SIGNS, STATES, WORDS, Cell, Row, Survey


def gap_page(survey: Survey, unanswered: Sequence[Missed] = ()) -> str:
    """Return the page; whatever pages say and students asked is text in it, never markup."""
    template = files("advisor.channels.regression").joinpath("gaps.html").read_text(encoding="utf-8")
    return Template(template).substitute(
        counts=_counts(survey), topics=_topics(survey), unanswered=_unanswered(unanswered, survey)
    )


def _unanswered(groups: Sequence[Missed], survey: Survey) -> str:
    """Return the section of questions without an answer; nothing where none were kept."""
    if not groups:
        return ""
    shown = {row.topic for row in survey.rows}
    total = sum(g.times for g in groups)
    lines = [
        "<section>",
        '<h2 id="asked">Asked and not answered</h2>',
        f"<p>{total} questions, those asked most often first. What could tell who asked was left out.</p>",
    ]
    for group in groups:
        name = escape(group.name or "About no topic that is known")
        if group.topic in shown:
            name = f'<a href="#{escape(group.topic)}">{name}</a>'
        items = "".join(
            f"<li>{escape(said)} <small>({count} ×)</small></li>" for said, count in group.questions
        )
        lines.append(f"<h3>{name}: {group.times}</h3><ul>{items}</ul>")
    return "\n".join([*lines, "</section>"])


def _counts(survey: Survey) -> str:
    head = "".join(f'<th scope="col">{escape(WORDS[s].capitalize())}</th>' for s in STATES)
    lines = [f'<thead><tr><th scope="col">Programme</th>{head}</tr></thead>', "<tbody>"]
    for number, document in enumerate(survey.documents):
        cells = "".join(f'<td class="number">{count}</td>' for count in survey.counts(number).values())
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
    said = f'<span class="sign" aria-hidden="true">{SIGNS[cell.state]}</span> {WORDS[cell.state]}'
    if not cell.pieces:
        return f'<td class="{cell.state}">{said}</td>'
    quotes = "".join(map(_quote, cell.pieces))
    return f'<td class="{cell.state}"><details><summary>{said}</summary>{quotes}</details></td>'


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
