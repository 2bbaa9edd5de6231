"""Read Markdown with optional YAML front matter."""

import re
from typing import Annotated, Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from advisor.errors import ContentError, Problem
from advisor.pages.build import PageBuilder

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _as_text(value: object) -> object:
    return value if value is None or isinstance(value, str) else str(value)


Text = Annotated[str | None, BeforeValidator(_as_text)]


class FrontMatter(BaseModel):
    """What an editor may write above a page; only the title is required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    institution: Text = None
    aliases: tuple[str, ...] = ()
    language: Text = None
    source: Text = None
    url: Text = None
    last_updated: Text = None
    edition: Text = None
    supersedes: Text = None


def split_front_matter(raw: str, path: str) -> tuple[FrontMatter | None, str, int]:
    """Return the front matter, the rest, and the line on which the rest starts.

    Raises ContentError with the line of each wrong key.
    """
    match = _FRONT.match(raw)
    if not match:
        return None, raw, 1
    body = raw[match.end() :]
    first_line = raw[: match.end()].count("\n") + 1
    try:
        data: Any = yaml.load(match.group(1), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(
            [
                Problem(
                    path,
                    mark.line + 2 if mark else 1,
                    f"front matter is not valid YAML: {getattr(error, 'problem', error)}",
                )
            ]
        ) from error
    try:
        return FrontMatter.model_validate(data if data is not None else {}), body, first_line
    except ValidationError as error:
        lines = match.group(1).splitlines()
        problems = []
        for fault in error.errors():
            key = str(fault["loc"][0]) if fault["loc"] else ""
            at = next((i for i, text in enumerate(lines, 2) if text.startswith(f"{key}:")), 1)
            problems.append(Problem(path, at, f"front matter: {key or 'entry'}: {fault['msg']}"))
        raise ContentError(problems) from error


def read_markdown(body: str, first_line: int = 1) -> PageBuilder:
    """Return the blocks of a Markdown text; markup is left out of the page's text."""
    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    parser.use(deflist_plugin).use(footnote_plugin)
    root = SyntaxTreeNode(parser.parse(body))
    builder = PageBuilder()
    _Reader(builder, first_line, _notes(root)).children(root)
    return builder


class _Reader:
    def __init__(self, builder: PageBuilder, first_line: int, notes: dict[int, SyntaxTreeNode]) -> None:
        self.builder = builder
        self.first_line = first_line
        self.notes = notes
        self.lead = ""

    def _line(self, node: SyntaxTreeNode) -> int | None:
        return node.map[0] + self.first_line if node.map else None

    def children(self, node: SyntaxTreeNode) -> None:
        for child in node.children:
            self._block(child)
            self._noted(child)

    def _noted(self, node: SyntaxTreeNode) -> None:
        """Write the footnotes of a block right behind it, so that they stand with what they are about."""
        for inner in node.walk() if node.type != "footnote_block" else ():
            if inner.type != "inline":
                continue
            for mark in inner.walk():
                note = self.notes.pop(mark.meta.get("id", -1), None) if mark.type == "footnote_ref" else None
                for child in note.children if note is not None else ():
                    for piece in _hard_lines(_inline(child)):
                        self.builder.paragraph(piece, self._line(child))

    def _block(self, node: SyntaxTreeNode) -> None:
        kind = node.type
        if kind == "heading":
            self.lead = ""
            self.builder.heading(_inline(node), int(node.tag[1:]), self._line(node))
        elif kind == "paragraph":
            text = _inline(node)
            for piece in _hard_lines(text):
                self.builder.paragraph(piece, self._line(node))
            self.lead = text if text.rstrip().endswith(":") else ""
        elif kind in {"bullet_list", "ordered_list"}:
            self._list(node, 0, self.lead)
            self.lead = ""
        elif kind == "table":
            self._table(node)
        elif kind == "dl":
            self._definitions(node)
        elif kind in {"fence", "code_block"}:
            for line in node.content.splitlines():
                self.builder.paragraph(line, self._line(node))
        elif kind == "footnote":
            if node.meta.get("id") in self.notes:
                self.children(node)
        elif kind in {"footnote_block", "blockquote"}:
            self.children(node)

    def _list(self, node: SyntaxTreeNode, depth: int, lead: str) -> None:
        group = self.builder.new_group()
        for item in node.children:
            own = [c for c in item.children if c.type not in {"bullet_list", "ordered_list"}]
            text = ""
            for i, child in enumerate(own):
                if child.type == "paragraph":
                    for piece in _hard_lines(_inline(child)):
                        if i == 0 and not text:
                            text = piece
                            self.builder.item(piece, depth, self._line(item), lead, group)
                        else:
                            self.builder.paragraph(piece, self._line(child), text)
                else:
                    self._block(child)
            for child in item.children:
                if child.type in {"bullet_list", "ordered_list"}:
                    self._list(child, depth + 1, text.rstrip(":"))

    def _table(self, node: SyntaxTreeNode) -> None:
        rows = [row for part in node.children for row in part.children]
        if not rows:
            return
        heads = [_inline(cell) for cell in rows[0].children]
        add_rows(
            self.builder,
            heads,
            [([_inline(c) for c in r.children], self._line(r)) for r in rows[1:]],
            self.lead,
        )
        self.lead = ""

    def _definitions(self, node: SyntaxTreeNode) -> None:
        term = ""
        for child in node.children:
            if child.type == "dt":
                term = _inline(child)
            elif child.type == "dd":
                value = " ".join(filter(None, (_inline(c) for c in child.children)))
                self.builder.fact(term, value, self._line(child))


def add_rows(
    builder: PageBuilder,
    heads: list[str],
    rows: list[tuple[list[str], int | None]],
    context: str = "",
) -> None:
    """Add a table's rows; the first column is the row head unless it is the only one."""
    table = builder.new_group()
    for cells, line in rows:
        if len(heads) < 2 or len(cells) < 2:
            builder.row("", list(zip(heads or [""], cells, strict=False)), table, line, context)
        else:
            builder.row(
                cells[0], list(zip(heads[1:], cells[1:], strict=False)), table, line, context or heads[0]
            )


def _hard_lines(text: str) -> list[str]:
    return [t for t in text.split("\n") if t.strip()]


def _inline(node: SyntaxTreeNode) -> str:
    """Return the words of a node without markup; a hard line break stays a break."""
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.type in {"html_inline", "footnote_ref", "footnote_anchor"}:
        return ""
    if node.type == "image":
        return node.content
    return "".join(_inline(child) for child in node.children)


def _notes(root: SyntaxTreeNode) -> dict[int, SyntaxTreeNode]:
    """Return the footnotes of a page by their number."""
    return {n.meta["id"]: n for n in root.walk() if n.type == "footnote" and "id" in n.meta}
