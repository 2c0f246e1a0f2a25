"""What lives as long as the window is left out of the sweeps for unreachable objects.

Python looks through every object it ever kept once enough new ones have come. A window with its screens is two hundred
thousand of them: such a sweep holds the painting and the reading up for a sixth of a second, in the midst of the work.
"""

import gc


def spare_what_stays() -> None:
    """Call when a window, a screen or what the search keeps was made: sweeps look at what came later only.

    It takes no time itself.
    """
    gc.freeze()


def spare_anew() -> None:
    """Call when another window has taken the place of the first; one sweep, while the person waits for it anyway."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def sweep_everything_again() -> None:
    """Call when the window goes, so that what it held can be found and freed."""
    gc.unfreeze()
