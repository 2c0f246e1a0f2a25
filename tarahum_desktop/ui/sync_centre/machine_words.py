"""The committee's machines in plain words: when each was heard from, by what, and what it holds."""

from datetime import datetime

from tarahum_desktop.casework.devices_heard import DeviceHeard, ScopeHeld
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

Said = tuple[str, Tone]
POUCH = "pouch"


def heard_words(kit: Kit, device: DeviceHeard, now: datetime) -> Said:
    """When it was last heard from, said both ways; those silent for too long ask for attention."""
    words, formats = kit.words, kit.formats
    if device.revoked:
        return words.t("May no longer exchange"), "soft"
    if device.seen_at is None:
        told = words.t("Never since it joined, {ago}").format(ago=formats.ago(device.enrolled_at, now))
    else:
        day = device.seen_at.astimezone(now.tzinfo).date()
        told = f"{formats.ago(device.seen_at, now)} · {formats.date(day)}"
    return told, "attention" if device.silent else "text"


def kind_words(kit: Kit, kind: str) -> str:
    """What kind of machine; a kind this program does not know by its code."""
    words = kit.words
    known = {
        "office": words.t("Office"),
        "laptop": words.t("Laptop"),
        "prison": words.t("Prison"),
        "headquarters": words.t("Headquarters"),
        "partner": words.t("Partner"),
    }
    return known.get(kind, kit.formats.code(kind))


def carrier_words(kit: Kit, carrier: str) -> str:
    """The way by which it was last heard."""
    words = kit.words
    known = {
        "": "",
        "https": words.t("The centre's line"),
        "hub": words.t("The office's network"),
        "pouch": words.t("A pouch"),
    }
    return known.get(carrier, kit.formats.code(carrier))


def whole_words(kit: Kit, device: DeviceHeard) -> Said:
    """Whether what it holds was complete when it was last heard."""
    words = kit.words
    if not device.holds:
        return words.t("Nothing known yet"), "soft"
    if device.carrier == POUCH:
        return words.t("Not compared: a pouch cannot tell"), "soft"
    lacking = sum(not held.proven for held in device.holds)
    if not lacking:
        return words.t("Complete"), "accent"
    message = words.n("{count} part was not complete", "{count} parts were not complete", lacking)
    return message.format(count=kit.formats.number(lacking)), "attention"


def held_name(kit: Kit, held: ScopeHeld) -> str:
    """A scope as people call it; its code where its name has not arrived."""
    name = held.name_ar if kit.words.language == "ar" else held.name_en or held.name_ar
    return name or kit.formats.code(held.scope)


def held_words(kit: Kit, held: ScopeHeld, carrier: str) -> Said:
    """Whether one scope was complete there, as far as the way can tell by which it was last heard."""
    if carrier == POUCH:
        return kit.words.t("Not compared: a pouch cannot tell"), "soft"
    if held.proven:
        return kit.words.t("Complete, proven equal"), "accent"
    return kit.words.t("Lacked something when it was last heard"), "attention"


def silent_words(kit: Kit, count: int) -> str:
    """How many machines have been silent for more than three days."""
    message = kit.words.n(
        "{count} machine has not been heard from for more than three days.",
        "{count} machines have not been heard from for more than three days.",
        count,
    )
    return message.format(count=kit.formats.number(count))
