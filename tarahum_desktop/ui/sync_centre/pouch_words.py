"""Pouches and sticks in plain words."""

from tarahum_desktop.casework.pouches.history import PouchLine
from tarahum_desktop.casework.pouches.look import StickSeen
from tarahum_desktop.casework.pouches.plan import PouchPlan
from tarahum_desktop.casework.pouches.read import CARRIED, FOREIGN, REFUSED, REPEATED, REQUEST, PouchSummary
from tarahum_desktop.casework.pouches.write import PouchWritten
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

Said = tuple[str, Tone]
SEPARATOR = " · "


def stick_words(kit: Kit, stick: StickSeen) -> Said:
    """Which stick is in and how much room it has, or why it does not do."""
    words = kit.words
    if stick.code:
        reason = code_sentence(words, stick.code)
        return words.t("The stick “{name}”: {reason}").format(name=stick.name, reason=reason), "attention"
    told = words.t("The stick “{name}” is in.").format(name=stick.name)
    if stick.free_bytes < 0:
        return told, "accent"
    room = words.t("Room on it: {size}").format(size=kit.formats.bytes(stick.free_bytes))
    return f"{told} {room}", "accent"


def plan_words(kit: Kit, plan: PouchPlan) -> tuple[str, str]:
    """Whom a pouch is for, and what it would carry and how long that takes."""
    words = kit.words
    who = words.t("For {name}").format(name=plan.receiver_name)
    if plan.empty:
        return who, words.t(
            "There is nothing new to send. A pouch may be written all the same: it tells what is here."
        )
    parts = [
        *amounts(kit, plan.changes, plan.rows, plan.files),
        words.t("about {size}").format(size=kit.formats.bytes(plan.bytes)),
        words.t("about {duration}").format(duration=kit.formats.duration(plan.seconds)),
    ]
    return who, SEPARATOR.join(parts)


def amounts(kit: Kit, changes: int, rows: int, files: int) -> list[str]:
    """Changes, whole records and files, those that are none left out."""
    words, number = kit.words, kit.formats.number
    found = []
    if changes:
        found.append(words.n("{count} change", "{count} changes", changes).format(count=number(changes)))
    if rows:
        found.append(words.n("{count} record", "{count} records", rows).format(count=number(rows)))
    if files:
        found.append(words.n("{count} file", "{count} files", files).format(count=number(files)))
    return found


def written_words(kit: Kit, written: PouchWritten) -> str:
    """What was written, for whom, and until when it can be read."""
    told = kit.words.t("Pouch {number} for {name} is on the stick.").format(
        number=kit.formats.number(written.number), name=written.receiver_name
    )
    parts = [
        *amounts(kit, written.changes, written.rows, written.files),
        kit.formats.bytes(written.bytes),
        kit.words.t("can be read until {day}").format(day=kit.formats.date(written.expires_at.date())),
    ]
    return f"{told}\n{SEPARATOR.join(parts)}"


def summary_words(kit: Kit, one: PouchSummary) -> Said:
    """What came of one file of the stick, in one or more sentences."""
    words, number = kit.words, kit.formats.number
    names = {"number": number(one.number), "maker": one.maker_name or number(one.maker)}
    if one.state in {REFUSED, FOREIGN}:
        return _refused(kit, one, names), "attention" if one.state == FOREIGN else "danger"
    if one.state == REQUEST:
        return words.t("A machine asks to join; the centre is asked with the next exchange."), "accent"
    if one.state == REPEATED:
        told = words.t("Pouch {number} from {maker} was read before; nothing was doubled.")
        return told.format(**names), "soft"
    if one.state == CARRIED:
        told = words.t(
            "Pouch {number} from {maker} is kept as it is for the centre and goes there with the next exchange."
        )
        return told.format(**names), "soft"
    waits = _waiting(kit, one)
    tone: Tone = "attention" if waits else "accent"
    return " ".join((_came(kit, one, names), *waits)), tone


def _refused(kit: Kit, one: PouchSummary, names: dict[str, str]) -> str:
    reason = code_sentence(kit.words, one.code, one.facts)
    if not one.number:
        return kit.words.t("{file}: {reason}").format(file=kit.formats.code(one.file), reason=reason)
    return kit.words.t("Pouch {number} from {maker}: {reason}").format(**names, reason=reason)


def _came(kit: Kit, one: PouchSummary, names: dict[str, str]) -> str:
    words = kit.words
    parts = amounts(kit, one.changes, one.rows, one.files)
    if one.confirmed:
        confirmed = words.n(
            "{count} of your changes is confirmed by the centre",
            "{count} of your changes are confirmed by the centre",
            one.confirmed,
        )
        parts.append(confirmed.format(count=kit.formats.number(one.confirmed)))
    if not parts:
        told = words.t("Pouch {number} from {maker} was read; there was nothing new in it.")
        return told.format(**names)
    told = words.t("Pouch {number} from {maker} was read: {what}.")
    return told.format(**names, what=SEPARATOR.join(parts))


def _waiting(kit: Kit, one: PouchSummary) -> list[str]:
    """What of a pouch still needs something or somebody."""
    words, number = kit.words, kit.formats.number
    found = []
    if one.conflicts:
        message = words.n(
            "{count} value waits for a decision.", "{count} values wait for a decision.", one.conflicts
        )
        found.append(message.format(count=number(one.conflicts)))
    if one.held:
        message = words.n(
            "{count} batch waits here for an earlier one.",
            "{count} batches wait here for earlier ones.",
            one.held,
        )
        found.append(message.format(count=number(one.held)))
    if one.for_centre:
        message = words.n(
            "{count} batch goes on to the centre, which decides.",
            "{count} batches go on to the centre, which decides.",
            one.for_centre,
        )
        found.append(message.format(count=number(one.for_centre)))
    lost = words.t(
        "Pouch {number} has not come here. Nothing is lacking because of it, for each pouch brings again what was not confirmed."
    )
    found += [lost.format(number=number(missing)) for missing in one.missing]
    if one.clock_ahead:
        found.append(
            words.t(
                "Some changes carry a time in the future: the clock of that machine is wrong. They come again once it has read your answer."
            )
        )
    if one.clock_set:
        found.append(words.t("The clock of this machine was wrong. Please set date and time."))
    return found


def history_words(kit: Kit, line: PouchLine) -> Said:
    """What became of a pouch."""
    words = kit.words
    known: dict[str, Said] = {
        "writing": (words.t("Broken off: it counts for nothing"), "soft"),
        "written": (words.t("Written; waits for its answer"), "attention"),
        "answered": (words.t("Answered"), "accent"),
        "expired": (words.t("Too old: please write a new one"), "danger"),
        "read": (words.t("Read"), "accent"),
        "carried": (words.t("Waits for the next exchange with the centre"), "attention"),
        "relayed": (words.t("Handed on"), "accent"),
        "asked": (words.t("Asks to join; the centre is asked with the next exchange"), "attention"),
        "admitted": (words.t("Admitted; write its welcome to the stick"), "attention"),
    }
    if line.state == "refused":
        reason = code_sentence(words, line.code) if line.code else words.t("Refused by the centre")
        return reason.split(". ", maxsplit=1)[0].rstrip("."), "danger"
    return known.get(line.state, (kit.formats.code(line.state), "soft"))


def direction_words(kit: Kit, line: PouchLine) -> str:
    """Its number, and to whom or from whom; a request to join has no number."""
    name = line.other_name or kit.words.t("an unknown machine")
    message = kit.words.t("To {name}") if line.direction == "out" else kit.words.t("From {name}")
    told = message.format(name=name)
    return f"{kit.formats.number(line.number)}{SEPARATOR}{told}" if line.number else told
