"""The sync state as one polite sentence, for screens that have room for more than the chip."""

from datetime import datetime

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.sync_chip import OVERDUE


def sync_in_words(
    kit: Kit, kept: int, last_complete: datetime | None, now: datetime, handed: int = 0
) -> tuple[str, Tone]:
    """What has not reached the centre, since when, and how urgent that is.

    Args:
        kit: words and formats.
        kept: changes that nobody else has yet.
        last_complete: when an exchange last ended complete; None for never.
        now: an aware moment.
        handed: changes that an office or a pouch has, and no receipt of the centre covers yet.
    """
    words, formats = kit.words, kit.formats
    count = words.n(
        "{count} change is kept here and not sent yet.",
        "{count} changes are kept here and not sent yet.",
        kept,
    ).format(count=formats.number(kept))
    on_its_way = words.n(
        "{count} change was handed on and is not at the centre yet.",
        "{count} changes were handed on and are not at the centre yet.",
        handed,
    ).format(count=formats.number(handed))
    waits = _joined(count if kept else "", on_its_way if handed else "")
    if last_complete is None:
        rest = words.t("This machine has not completed an exchange yet.")
        return _joined(waits, rest), "danger"
    ago = formats.ago(last_complete, now)
    if now - last_complete > OVERDUE:
        message = words.t("The last complete exchange was {ago}. Please exchange as soon as there is a line.")
        return _joined(waits, message.format(ago=ago)), "danger"
    rest = words.t("The last complete exchange was {ago}.").format(ago=ago)
    if waits:
        return _joined(waits, rest), "attention"
    return _joined(words.t("Everything made here has reached the centre."), rest), "accent"


def conflicts_in_words(kit: Kit, count: int) -> str:
    """How many values wait for a person to decide."""
    message = kit.words.n(
        "{count} value was changed by two people and waits for a decision.",
        "{count} values were changed by two people and wait for a decision.",
        count,
    )
    return message.format(count=kit.formats.number(count))


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
