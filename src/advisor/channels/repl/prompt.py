"""The line that is typed on: keys, completion, history, grey suggestions, toolbar."""

from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, ConditionalAutoSuggest
from prompt_toolkit.completion import Completer
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import Condition, completion_is_selected, has_focus
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle

from advisor.channels.repl.actions import Switches
from advisor.channels.repl.screen import STYLE, Screen

MODES = {"emacs": EditingMode.EMACS, "vi": EditingMode.VI}


class Prompt:
    """Reads lines; raises EOFError on Ctrl-D, KeyboardInterrupt on Ctrl-C where there is no text to clear."""

    def __init__(
        self,
        screen: Screen,
        history: History,
        completer: Completer,
        switches: Switches,
        bar: Callable[[str], str],
    ) -> None:
        self.switches = switches
        self._screen = screen
        self._bar = bar
        is_plain = screen.terminal.plain
        self.session: PromptSession[str] = PromptSession(
            history=history,
            completer=completer,
            complete_while_typing=Condition(_is_command_name) & ~Condition(lambda: is_plain),
            complete_style=CompleteStyle.READLINE_LIKE if is_plain else CompleteStyle.COLUMN,
            auto_suggest=ConditionalAutoSuggest(
                AutoSuggestFromHistory(), Condition(lambda: switches.suggest and not is_plain)
            ),
            key_bindings=_keys(switches, is_plain),
            style=STYLE,
            color_depth=screen.color_depth,
            include_default_pygments_style=False,
            prompt_continuation=lambda width, number, wrapped: " " * width,
            erase_when_done=False,
        )
        # A terminal that does not tell where its cursor is works all the same; no warning is due.
        self.session.app.renderer.cpr_not_supported_callback = None

    def read(self, message: str, pre_run: Callable[[], None] | None = None) -> str:
        """Return the next line; `pre_run` is called as the prompt comes up."""
        self.session.editing_mode = MODES[self.switches.keys]
        has_bar = self.switches.toolbar and not self._screen.terminal.plain
        self.session.bottom_toolbar = self._toolbar if has_bar else None
        return self.session.prompt(FormattedText([("class:prompt", message)]), pre_run=pre_run)

    def _toolbar(self) -> StyleAndTextTuples:
        mode = ""
        if get_app().editing_mode == EditingMode.VI:
            mode = f"vi {get_app().vi_state.input_mode.value.removeprefix('vi-')}"
        text = f" {self._bar(mode)}"
        return [("", text[: max(1, self._screen.terminal.columns - 1)])]


def confirm(question: str, agrees: Callable[[str], bool]) -> bool:
    """Ask a question that is answered with a word; leaving it is no."""
    try:
        return agrees(PromptSession[str]().prompt(question))
    except (EOFError, KeyboardInterrupt):
        return False


def _is_command_name() -> bool:
    return get_app().current_buffer.text.startswith("/")


def _keys(switches: Switches, is_plain: bool) -> KeyBindings:
    keys = KeyBindings()
    at_line = has_focus(DEFAULT_BUFFER)

    @keys.add("tab", filter=at_line & Condition(lambda: not is_plain))
    def _complete(event: KeyPressEvent) -> None:
        """Open the menu on its first entry, or go to the next one."""
        if event.current_buffer.complete_state:
            event.current_buffer.complete_next()
        else:
            event.current_buffer.start_completion(select_first=True)

    @keys.add("enter", filter=at_line & completion_is_selected)
    def _take(event: KeyPressEvent) -> None:
        """Close the menu and keep what it put on the line."""
        event.current_buffer.complete_state = None

    @keys.add("escape", "enter", filter=at_line)
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-c", filter=at_line & Condition(lambda: bool(get_app().current_buffer.text)))
    def _clear(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    @keys.add("f4")
    def _other_keys(event: KeyPressEvent) -> None:
        switches.keys = "emacs" if switches.keys == "vi" else "vi"
        event.app.editing_mode = MODES[switches.keys]

    return keys
