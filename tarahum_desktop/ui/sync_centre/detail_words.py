"""What waits beside the changes, in plain words: files, rows kept unread, scopes that go, what was mended and held."""

from tarahum_desktop.casework.sync_detail import HealLine, HeldLine, LeavingLine, SyncDetail
from tarahum_desktop.casework.sync_state import ExchangeLine
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.sync.blobs.state import Counted
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

Said = tuple[str, Tone]
_LEAST_BYTES = 16 * 1024


def files_words(kit: Kit, detail: SyncDetail) -> list[Said]:
    """Files that are still to go and to come, and those that wait at the centre until somebody opens them."""
    words, files = kit.words, detail.files
    found: list[Said] = []
    if files.waiting_out.files:
        message = words.n(
            "{count} file is not at the centre yet ({size}).",
            "{count} files are not at the centre yet ({size}).",
            files.waiting_out.files,
        )
        found.append((_counted(kit, message, files.waiting_out), "attention"))
    if files.waiting_in.files:
        message = words.n(
            "{count} file is still to come ({size}).",
            "{count} files are still to come ({size}).",
            files.waiting_in.files,
        )
        found.append((_counted(kit, message, files.waiting_in), "soft"))
    if files.on_demand.files:
        message = words.n(
            "{count} file stays at the centre until somebody opens it ({size}).",
            "{count} files stay at the centre until somebody opens them ({size}).",
            files.on_demand.files,
        )
        found.append((_counted(kit, message, files.on_demand), "soft"))
    return found


def _counted(kit: Kit, message: str, counted: Counted) -> str:
    return message.format(count=kit.formats.number(counted.files), size=kit.formats.bytes(counted.bytes))


def strange_words(kit: Kit, count: int) -> Said:
    """Rows that a newer program wrote."""
    message = kit.words.n(
        "{count} record was written by a newer version of the program. It is kept and passed on; update this program to see it.",
        "{count} records were written by a newer version of the program. They are kept and passed on; update this program to see them.",
        count,
    )
    return message.format(count=kit.formats.number(count)), "attention"


def leaving_words(kit: Kit, line: LeavingLine) -> Said:
    """A scope that is to be let go, and what it waits for."""
    words, name = kit.words, name_of(kit, line.scope, line.name_ar, line.name_en)
    if not line.waits:
        told = words.t("The records of {name} leave this machine with the next exchange.")
        return told.format(name=name), "soft"
    message = words.n(
        "The records of {name} leave this machine once {count} change, file or begun form has arrived.",
        "The records of {name} leave this machine once {count} changes, files or begun forms have arrived.",
        line.waits,
    )
    return message.format(name=name, count=kit.formats.number(line.waits)), "attention"


def heal_words(kit: Kit, line: HealLine) -> Said:
    """How many rows were found to differ, and how many are equal again."""
    words, number = kit.words, kit.formats.number
    if line.found == line.healed:
        message = words.n(
            "{count} record differed and was mended", "{count} records differed and were mended", line.found
        )
        return message.format(count=number(line.found)), "accent"
    told = words.t(
        "{healed} of {found} differing records were mended; the rest follows with the next exchange"
    )
    return told.format(healed=number(line.healed), found=number(line.found)), "attention"


def held_words(kit: Kit, line: HeldLine) -> str:
    """Why a batch waits."""
    return code_sentence(kit.words, line.reason)


def name_of(kit: Kit, code: str, arabic: str, english: str) -> str:
    """A scope as people call it; its code while its own row has not arrived."""
    name = arabic if kit.words.language == "ar" else english or arabic
    return name or kit.formats.code(code)


def forecast_words(kit: Kit, forecast: Forecast, bytes_a_second: float) -> Said:
    """What an exchange would move, and how long that takes at the last line's speed; 0 for an unknown speed."""
    words, formats = kit.words, kit.formats
    if not (forecast.rows_out or forecast.rows_in):
        return words.t("Nothing waits on either side."), "accent"
    parts = []
    if forecast.rows_out:
        message = words.n(
            "To send: {count} change, about {size}.",
            "To send: {count} changes, about {size}.",
            forecast.rows_out,
        )
        parts.append(
            message.format(count=formats.number(forecast.rows_out), size=formats.bytes(forecast.bytes_out))
        )
    if forecast.rows_in:
        message = words.n(
            "To receive: {count} record, about {size}.",
            "To receive: {count} records, about {size}.",
            forecast.rows_in,
        )
        parts.append(
            message.format(count=formats.number(forecast.rows_in), size=formats.bytes(forecast.bytes_in))
        )
    if bytes_a_second:
        took = formats.duration(max(1, round(forecast.seconds(bytes_a_second))))
        parts.append(
            words.t("At the speed of the last exchange it takes about {duration}.").format(duration=took)
        )
    return " ".join(parts), "info"


def speed_of(history: tuple[ExchangeLine, ...]) -> float:
    """Bytes a second of the latest exchange that was large enough to tell; 0 where none was."""
    for line in history:
        moved = line.bytes_in + line.bytes_out
        if line.carrier == "https" and line.ended_at is not None and moved >= _LEAST_BYTES:
            seconds = (line.ended_at - line.started_at).total_seconds()
            if seconds > 0:
                return moved / seconds
    return 0.0
