"""Slows down guessing at the keyboard, across restarts and whatever the clock does.

Each failure is counted before the words are tried, so that ending the program at the right moment wins no free
try. The time still to wait is stored, not the hour it ends: a clock set back therefore never shortens it, and a
clock that was a year ahead when the wait began never stretches it to a year. This guards the lock screen only; a
copied file is guarded by Argon2id.
"""

import math
from pathlib import Path
from typing import Annotated

import msgspec

from tarahum_desktop.vault.errors import TooManyAttempts
from tarahum_desktop.vault.safe_files import replace_file

FREE_FAILURES = 4
FIRST_WAIT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 900.0
_MAXIMUM_FILE_BYTES = 64 * 1024


class AttemptState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Failures in a row for one slot, seconds still to wait, and the wall time (Unix seconds) both were true at."""

    failures: Annotated[int, msgspec.Meta(ge=0)] = 0
    wait: Annotated[float, msgspec.Meta(ge=0, le=LONGEST_WAIT_SECONDS)] = 0.0
    seen: float = 0.0

    def at(self, now: float) -> "AttemptState":
        """Return the state as time passed; time that went backwards did not pass."""
        return AttemptState(self.failures, max(0.0, self.wait - max(0.0, now - self.seen)), now)

    def after_failure(self, now: float) -> "AttemptState":
        """Return the state one failure later: four are free, then 5 s, doubling up to 15 minutes."""
        failures = self.failures + 1
        if failures <= FREE_FAILURES:
            return AttemptState(failures, 0.0, now)
        doublings = min(failures - FREE_FAILURES - 1, 30)
        return AttemptState(failures, min(FIRST_WAIT_SECONDS * 2**doublings, LONGEST_WAIT_SECONDS), now)


class AttemptLog:
    """The states of all slots of one vault, in one small file beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, slot_id: str, now: float) -> None:
        """Count a try as failed until ``succeeded`` says otherwise.

        Raises:
            TooManyAttempts: the wait is not over; the words must not be tried.
        """
        states, unknown = self._read()
        state = states.get(slot_id, unknown).at(now)
        blocked = state.wait > 0
        states[slot_id] = state if blocked else state.after_failure(now)
        self._write(states)
        if blocked:
            raise TooManyAttempts(retry_after_seconds=math.ceil(state.wait))

    def succeeded(self, slot_id: str) -> None:
        """Forget the failures of a slot."""
        states, _ = self._read()
        states.pop(slot_id, None)
        self._write(states)

    def _read(self) -> tuple[dict[str, AttemptState], AttemptState]:
        """Return the known states, and what to assume of a slot that has none.

        A damaged file neither locks anybody out nor hands out free tries: the next failure waits.
        """
        try:
            with self._path.open("rb") as file:
                content = file.read(_MAXIMUM_FILE_BYTES)
            return msgspec.json.decode(content, type=dict[str, AttemptState]), AttemptState()
        except FileNotFoundError:
            return {}, AttemptState()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}, AttemptState(failures=FREE_FAILURES)

    def _write(self, states: dict[str, AttemptState]) -> None:
        replace_file(self._path, msgspec.json.encode(states, order="sorted"))
