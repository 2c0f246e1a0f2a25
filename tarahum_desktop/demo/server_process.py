"""The centre as a process of its own, as it would be on another machine."""

import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final, Self

from tarahum_server.settings import read_settings

_START_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 15.0


class ServerProcess:
    """Start it with ``start`` or as a context manager; ``stop`` ends it politely, ``kill`` as a power cut would."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = read_settings(folder, {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """What devices call."""
        return f"https://localhost:{self._settings.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [sys.executable, "-m", "tarahum_server", "run", "--folder", str(self._folder)]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("the centre did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the process; requests under way are finished first."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        address = f"{self.address}/readyz"
        trusted = ssl.create_default_context(cafile=str(self._settings.path(self._settings.authority)))
        try:
            with urllib.request.urlopen(address, timeout=2, context=trusted):  # noqa: S310 - always https
                return True
        except (urllib.error.URLError, OSError):
            return False
