"""Progress in Excel's status bar, and the way to stop what is running."""

from __future__ import annotations

import ctypes
import sys
import time
from types import TracebackType

from ..books.live_excel import Application
from ..model.errors import CareersheetsError

# The button Stop can run while Python works, but can only leave a mark: this one, where progress is shown.
STOP_MARK = "careersheets: stop"
_EVERY_SECONDS = 0.2
_ESCAPE = 0x1B


class Stopped(CareersheetsError):
    """The user asked to stop."""

    def __init__(self, done: int, total: int, doing: str) -> None:
        super().__init__(
            f"Stopped at {doing.lower()} {done} of {total}. What was there is as it was; nothing was written into the workbook."
        )


class StatusBar:
    """Progress shown in the status bar of `app` while it is open as a context; Excel's own text returns afterwards."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._shown_at = 0.0

    def __enter__(self) -> StatusBar:
        self._app.status_bar = "careersheets is at work ..."
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._app.status_bar = False

    def __call__(self, done: int, total: int, doing: str) -> None:
        """Show how far it is.

        Raises:
            Stopped: the user asked to.
        """
        now = time.monotonic()
        if now - self._shown_at < _EVERY_SECONDS and done < total:
            return
        if self._app.status_bar == STOP_MARK or _escape_pressed():
            raise Stopped(done, total, doing)
        self._shown_at = now
        self._app.status_bar = f"careersheets: {doing} {done} of {total}. Esc or the button Stop ends it."


def ask_to_stop(app: Application) -> str:
    """Leave the mark; the sentence for the user."""
    app.status_bar = STOP_MARK
    return "It stops at the next document. If nothing was running, nothing happened."


def _escape_pressed() -> bool:
    """Whether Esc was pressed since the last look. Only Windows tells."""
    if sys.platform != "win32":
        return False
    return bool(ctypes.windll.user32.GetAsyncKeyState(_ESCAPE))
