"""Where lines go: a terminal, styled and paged where they are taller than it."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from io import StringIO

from prompt_toolkit import print_formatted_text
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from advisor.channels.repl.lines import Line
from advisor.channels.repl.terminal import Terminal

# Bold, underline and a margin carry the meaning; the one colour only helps the eye.
STYLE = Style.from_dict(
    {
        "figure": "bold ansimagenta",
        "name": "bold",
        "mark": "",
        "quote": "bold",
        "dim": "",
        "head": "bold",
        "user": "",
        "prompt": "bold",
        "auto-suggestion": "ansibrightblack",
        "completion-menu": "bg:default fg:default",
        "completion-menu.completion": "bg:default fg:default",
        "completion-menu.completion.current": "bg:default fg:default reverse",
        "completion-menu.meta.completion": "bg:default fg:default",
        "completion-menu.meta.completion.current": "bg:default fg:default reverse",
        "scrollbar.background": "bg:default",
        "scrollbar.button": "bg:default reverse",
        "bottom-toolbar": "reverse",
        "bottom-toolbar.text": "",
    }
)
PAGERS = ("less -RFX", "more")


class Screen:
    """Prints lines to a terminal."""

    def __init__(self, terminal: Terminal, output: Output | None = None) -> None:
        self.terminal = terminal
        self._output = output

    @property
    def color_depth(self) -> ColorDepth | None:
        """How many colours to use; None lets the terminal decide."""
        return None if self.terminal.color else ColorDepth.DEPTH_1_BIT

    def show(self, lines: Sequence[Line], is_paged: bool = False) -> None:
        """Print lines; `is_paged` ones through a pager where they are taller than the screen."""
        if not lines:
            return
        if is_paged and not self.terminal.plain and len(lines) >= self.terminal.rows and self._page(lines):
            return
        self._print(lines, self._output)

    def _print(self, lines: Sequence[Line], output: Output | None) -> None:
        fragments = [f for own in lines for f in (*own, ("", "\n"))]
        print_formatted_text(
            FormattedText(fragments), style=STYLE, color_depth=self.color_depth, output=output, end="",
            include_default_pygments_style=False,
        )  # fmt: skip

    def _page(self, lines: Sequence[Line]) -> bool:
        """Show lines in the user's pager; tell whether there was one."""
        command = next(
            (
                words
                for words in map(shlex.split, (os.environ.get("PAGER", ""), *PAGERS))
                if words and shutil.which(words[0])
            ),
            None,
        )
        if command is None:
            return False
        text = StringIO()
        size = Size(rows=self.terminal.rows, columns=self.terminal.columns)
        self._print(lines, Vt100_Output(text, lambda: size, term=os.environ.get("TERM")))
        try:
            subprocess.run(command, input=text.getvalue().encode("utf-8", "replace"), check=False)
        except OSError:
            return False
        return True
