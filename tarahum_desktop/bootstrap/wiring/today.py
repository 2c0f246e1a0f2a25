"""The first screen of the day."""

from tarahum_desktop.bootstrap.wiring.clock import now_at
from tarahum_desktop.casework.today import TODAY_PARTS, today_begun
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.view import spec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """Today's screen for the person at the desk."""
    user = place.desk.user
    ports = TodayPorts(
        board=lambda: today_begun(place.desk),
        now=lambda: now_at(place),
        name=(user.name_en if kit.words.language == "en" else user.name_ar) or user.login,
        parts=tuple(lambda board, read=read: read(place.desk, board) for read in TODAY_PARTS),  # type: ignore[misc]  # a default binds the part
    )
    return [spec(ports)]
