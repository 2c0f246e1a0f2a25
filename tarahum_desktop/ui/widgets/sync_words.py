"""The sync state as one polite sentence, for screens that have room for more than the chip."""

from datetime import datetime

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.sync_chip import OVERDUE


def sync_in_words(kit: Kit, kept: int, last_complete: datetime | None, now: datetime) -> tuple[str, Tone]:
    """What has not reached the centre, since when, and how urgent that is.

    Args:
        kit: words and formats.
        kept: changes no receipt covers yet.
        last_complete: when an exchange last ended complete; None for never.
        now: an aware moment.
    """
    words, formats = kit.words, kit.formats
    count = words.n(
        "{count} change is kept here and not sent yet.",
        "{count} changes are kept here and not sent yet.",
        kept,
    ).format(count=formats.number(kept))
    if last_complete is None:
        rest = words.t("This machine has not completed an exchange yet.")
        return _joined(count if kept else "", rest), "danger"
    ago = formats.ago(last_complete, now)
    if now - last_complete > OVERDUE:
        message = words.t("The last complete exchange was {ago}. Please exchange as soon as there is a line.")
        return _joined(count if kept else "", message.format(ago=ago)), "danger"
    rest = words.t("The last complete exchange was {ago}.").format(ago=ago)
    if kept:
        return _joined(count, rest), "attention"
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
