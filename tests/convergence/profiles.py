"""How hard to look: a quick look at every change of the program, a long one when asked for."""

import os
from typing import Final

LONG: Final = bool(os.environ.get("TARAHUM_LONG"))


def share(quick: int, long: int) -> int:
    """A number of examples, of kills or of steps."""
    return long if LONG else quick
