"""Pages changed in memory: a passage taken out, or its figures made wrong; every span keeps its place."""

from collections.abc import Sequence

from advisor import Advisor, Document
from advisor.channels.regression.holdings import Piece, pieces, with_documents

# Another digit for each, never 0, so that no figure starts with one.
_OTHER = str.maketrans("0123456789", "8546932171")


def alike(advisor: Advisor, piece: Piece) -> tuple[Piece, ...]:
    """Return the passages of the page that say the same, the given one among them."""
    return tuple(p for p in pieces(advisor) if p.document == piece.document and p.text == piece.text)


def without(advisor: Advisor, gone: Sequence[Piece]) -> Advisor:
    """Return an adviser whose pages do not hold the passages."""
    return with_documents(
        advisor, [_blanked(d, [p for p in gone if p.document == d.id]) for d in advisor.documents]
    )


def with_other_figures(advisor: Advisor, changed: Sequence[Piece]) -> Advisor:
    """Return an adviser whose pages give other figures in the passages."""
    return with_documents(
        advisor, [_altered(d, [p for p in changed if p.document == d.id]) for d in advisor.documents]
    )


def has_figures(piece: Piece) -> bool:
    """Whether a passage says figures that can be made wrong."""
    return any(c.isdigit() for c in ("".join(piece.values) if piece.values else piece.text))


def _blanked(document: Document, gone: Sequence[Piece]) -> Document:
    if not gone:
        return document
    text = document.text
    for piece in gone:
        text = text[: piece.start] + " " * (piece.end - piece.start) + text[piece.end :]
    blocks = tuple(b for b in document.blocks if text[b.start : b.end].strip())
    return document.model_copy(update={"text": text, "blocks": blocks})


def _altered(document: Document, changed: Sequence[Piece]) -> Document:
    text = document.text
    for piece in changed:
        for start, end in _figure_spans(document, piece):
            text = text[:start] + text[start:end].translate(_OTHER) + text[end:]
    return document.model_copy(update={"text": text}) if changed else document


def _figure_spans(document: Document, piece: Piece) -> list[tuple[int, int]]:
    """Return the cells of a fact, or all of a sentence: a label keeps its figures."""
    for block in document.blocks:
        if block.start == piece.start and block.end == piece.end and block.cells:
            return [(cell.start, cell.end) for cell in block.cells]
    return [(piece.start, piece.end)]
