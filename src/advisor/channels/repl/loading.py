"""Reading the pages in the background, while the prompt is already there."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor import Advisor


class Loading:
    """An adviser that is being loaded; errors come out where it is waited for."""

    def __init__(self, load: "Callable[[], Advisor]") -> None:
        self.future: Future[Advisor] = Future()
        # A prompt that ends cancels what it waits for; running already, the loading goes on.
        self.future.set_running_or_notify_cancel()
        self._load = load
        # A daemon, so that leaving at once does not wait for pages that nobody will ask about.
        threading.Thread(target=self._run, name="loading", daemon=True).start()

    def _run(self) -> None:
        try:
            self.future.set_result(self._load())
        except BaseException as error:
            self.future.set_exception(error)

    def within(self, seconds: float) -> "Advisor | None":
        """Return the adviser if it is there in time; raises what loading raised."""
        try:
            return self.future.result(seconds)
        except NotYet:
            if self.future.done():
                raise
            return None

    def wait(self) -> "Advisor":
        """Return the adviser when it is there; raises what loading raised, KeyboardInterrupt on Ctrl-C."""
        return self.future.result()
