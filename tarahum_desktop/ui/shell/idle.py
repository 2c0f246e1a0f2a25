"""Locks the vault when nobody has touched keyboard or mouse for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

DEFAULT_IDLE_SECONDS = 300.0
CHECK_MILLISECONDS = 5000
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class IdleLock(QObject):
    """Watches the whole application.

    Args:
        clock: monotonic seconds; injected, so that a suspended laptop can count its sleep too.
        lock: called once when the limit has passed.
        limit: seconds without a touch.
    """

    def __init__(
        self, clock: Callable[[], float], lock: Callable[[], None], limit: float = DEFAULT_IDLE_SECONDS
    ) -> None:
        super().__init__()
        self._clock, self._lock, self._limit = clock, lock, limit
        self._last = clock()
        self._watching = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.check)

    def start(self, app: QApplication) -> None:
        """Begin to watch."""
        self._last = self._clock()
        self._watching = True
        app.installEventFilter(self)
        self._timer.start(CHECK_MILLISECONDS)

    def stop(self) -> None:
        """Stop watching; called when the vault is locked."""
        self._timer.stop()
        self._watching = False
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def check(self) -> None:
        """Lock if the limit has passed."""
        if self._watching and self._clock() - self._last >= self._limit:
            self.stop()
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the last touch; no event is held back."""
        if event.type() in _TOUCHES:
            self._last = self._clock()
        return super().eventFilter(watched, event)
