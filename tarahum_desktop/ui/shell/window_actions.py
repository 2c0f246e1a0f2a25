"""What can be done in every screen, as one table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tarahum_desktop.i18n.words import Language, msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.theme import ZOOM_STEPS

WINDOW_GROUP = msgid("Window")
SCREENS_GROUP = msgid("Screens")


@dataclass(frozen=True)
class WindowCommands:
    """What the window lets its actions do."""

    find: Callable[[], None]
    keys: Callable[[], None]
    lock: Callable[[], None]
    switch_user: Callable[[], None]
    open_screen: Callable[[str, Params], None]
    choose: Callable[[Preferences], None]


def window_actions(
    preferences: Preferences, specs: Sequence[ScreenSpec], commands: WindowCommands
) -> list[Action]:
    """The window's actions for these choices and screens."""
    listed = [spec for spec in specs if spec.in_navigation]
    return [
        Action("window.find", msgid("Find"), commands.find, "Ctrl+K", "search", group=WINDOW_GROUP),
        Action("window.keys", msgid("Keys and help"), commands.keys, "F1", "help", group=WINDOW_GROUP),
        Action("window.lock", msgid("Lock"), commands.lock, "Ctrl+L", "lock", group=WINDOW_GROUP),
        Action(
            "window.switch",
            msgid("Switch user"),
            commands.switch_user,
            "Ctrl+Shift+L",
            "user",
            group=WINDOW_GROUP,
        ),
        *_look_actions(preferences, commands.choose),
        *(_opens(spec, number, commands.open_screen) for number, spec in enumerate(listed, start=1)),
        *(action for spec in listed for action in _places(spec, commands.open_screen)),
    ]


def _look_actions(now: Preferences, choose: Callable[[Preferences], None]) -> list[Action]:
    dark, compact, contrast = now.theme == "dark", now.density == "compact", now.theme == "contrast"
    other: Language = "en" if now.language == "ar" else "ar"
    theme = replace(now, theme="light" if dark else "dark")
    strong = replace(now, theme="light" if contrast else "contrast")
    dense = replace(now, density="comfortable" if compact else "compact")
    digits = replace(now, digits="latin" if now.digits == "arabic" else "arabic")
    larger, smaller = _zoomed(now, 1), _zoomed(now, -1)
    return [
        Action("window.theme", msgid("Light colours") if dark else msgid("Dark colours"),
               lambda: choose(theme), "", "sun" if dark else "moon", group=WINDOW_GROUP),
        Action("window.contrast", msgid("Ordinary contrast") if contrast else msgid("High contrast"),
               lambda: choose(strong), "", "contrast", group=WINDOW_GROUP),
        Action("window.density", msgid("Comfortable spacing") if compact else msgid("Compact spacing"),
               lambda: choose(dense), "", "menu", group=WINDOW_GROUP),
        Action("window.zoom_in", msgid("Larger text"), lambda: choose(larger), "Ctrl++", "add",
               lambda: larger != now, group=WINDOW_GROUP),
        Action("window.zoom_out", msgid("Smaller text"), lambda: choose(smaller), "Ctrl+-", "search",
               lambda: smaller != now, group=WINDOW_GROUP),
        Action("window.language", msgid("العربية") if other == "ar" else msgid("English"),
               lambda: choose(replace(now, language=other)), "", "language", group=WINDOW_GROUP),
        Action("window.digits", msgid("Digits 123") if now.digits == "arabic" else msgid("Digits ١٢٣"),
               lambda: choose(digits), "", "edit", lambda: now.language == "ar", group=WINDOW_GROUP),
    ]  # fmt: skip


def _zoomed(now: Preferences, step: int) -> Preferences:
    at = ZOOM_STEPS.index(now.zoom) if now.zoom in ZOOM_STEPS else 0
    return replace(now, zoom=ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, at + step))])


def _opens(spec: ScreenSpec, number: int, open_screen: Callable[[str, Params], None]) -> Action:
    shortcut = f"Alt+{number}" if number <= 9 else ""
    return Action(
        f"screen.{spec.id}",
        spec.title,
        lambda: open_screen(spec.id, {}),
        shortcut,
        spec.icon,
        group=SCREENS_GROUP,
    )


def _places(spec: ScreenSpec, open_screen: Callable[[str, Params], None]) -> list[Action]:
    """Sections of a screen that somebody looks for by their own name."""
    return [
        Action(
            f"screen.{spec.id}.{code}",
            title,
            lambda code=code: open_screen(spec.id, {"section": code}),  # type: ignore[misc]  # mypy cannot infer the default
            icon=icon,
            group=SCREENS_GROUP,
        )
        for code, title, icon in spec.places
    ]
