"""A qtbot for machines of any speed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.patience import PATIENCE

PATIENCE_MS = PATIENCE * 1_000


class PatientBot(QtBot):
    """A qtbot whose waits are bounded by what must happen, never by how fast the machine is."""

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """As pytest-qt's, and what came has been shown too: a widget that joins a layout is shown an event later, for
        which a busy machine may leave no time between two looks."""
        super().waitUntil(callback, timeout=timeout)
        QApplication.processEvents()

    def waitCallback(self, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitCallback(timeout=timeout, **more)
