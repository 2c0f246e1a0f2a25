"""What the lock screen does, without widgets and without knowing the vault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import ascii_digits, clean
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.worker import Background

Mode = Literal["loading", "unlock", "enrol", "broken"]
WAIT_FACT = "retry_after_seconds"


@dataclass(frozen=True)
class LockUser:
    """Somebody who can open this vault."""

    login: str
    name: str


@dataclass(frozen=True)
class Enrolment:
    """What a new machine needs to join."""

    server_url: str
    code: str
    login: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class LockServices:
    """What the vault offers here; all three run on the worker and may raise TarahumError.

    Attributes:
        list_users: those who can open the vault; empty when the machine is not enrolled.
        unlock: takes login and passphrase; what it returns is handed on unread. An error that carries the
            fact ``retry_after_seconds`` means that the next try has to wait that long.
        enrol: joins with a one-time code and returns what ``unlock`` would.
    """

    list_users: Callable[[], Sequence[LockUser]]
    unlock: Callable[[str, str], object]
    enrol: Callable[[Enrolment], object]


@dataclass(frozen=True)
class LockState:
    """What the view shows."""

    mode: Mode = "loading"
    users: tuple[LockUser, ...] = ()
    busy: bool = False
    trouble: str = ""
    wait: int = 0


class LockPresenter:
    """Turns what the person does into state for the view."""

    def __init__(
        self,
        kit: Kit,
        background: Background,
        services: LockServices,
        show: Callable[[LockState], None],
        opened: Callable[[object], None],
    ) -> None:
        self._kit, self._background, self._services = kit, background, services
        self._show, self._opened = show, opened
        self.state = LockState()

    def start(self) -> None:
        """Find out who can open the vault."""
        self._put(LockState())
        self._background.query(self._services.list_users, self._on_users, self._on_broken)

    def unlock(self, login: str, passphrase: str) -> None:
        """Try a passphrase."""
        if self.state.busy or self.state.wait:
            return
        if not login:
            self._put(replace(self.state, trouble=self._kit.words.t("Please choose your name.")))
            return
        if not passphrase:
            self._put(replace(self.state, trouble=self._kit.words.t("Please type your passphrase.")))
            return
        self._put(replace(self.state, busy=True, trouble=""))
        services = self._services
        self._background.command(
            lambda: services.unlock(login, passphrase), self._on_opened, self._on_refused
        )

    def enrol(self, server_url: str, code: str, login: str, passphrase: str, again: str) -> None:
        """Join with a one-time code."""
        if self.state.busy:
            return
        trouble = self._trouble_of(server_url, code, login, passphrase, again)
        self._put(replace(self.state, trouble=trouble, busy=not trouble))
        if trouble:
            return
        wanted = Enrolment(clean(server_url), ascii_digits(clean(code)), clean(login), passphrase)
        services = self._services
        self._background.command(lambda: services.enrol(wanted), self._on_opened, self._on_refused)

    def show_enrolment(self) -> None:
        """Go to the panel for a new machine."""
        self._put(replace(self.state, mode="enrol", trouble=""))

    def show_unlock(self) -> None:
        """Come back from it."""
        self._put(replace(self.state, mode="unlock", trouble=""))

    def second_passed(self) -> None:
        """Count the waiting time down; called each second by the view's timer."""
        if self.state.wait:
            left = self.state.wait - 1
            self._put(replace(self.state, wait=left, trouble=self._waiting(left)))

    def _trouble_of(self, server_url: str, code: str, login: str, passphrase: str, again: str) -> str:
        words = self._kit.words
        if not clean(server_url).startswith(("https://", "http://127.0.0.1", "http://localhost")):
            return words.t("The address of the centre starts with https://. Please check it.")
        if not clean(code):
            return words.t("Please type the one-time code you were given.")
        if not clean(login):
            return words.t("Please type your user name.")
        if not passphrase:
            return words.t("Please choose a passphrase.")
        if passphrase != again:
            return words.t("The two passphrases are not the same. Please type them again.")
        return ""

    def _on_users(self, users: Sequence[LockUser]) -> None:
        self._put(LockState("unlock" if users else "enrol", tuple(users)))

    def _on_broken(self, error: TarahumError) -> None:
        self._put(LockState("broken", trouble=error_sentence(self._kit.words, error)))

    def _on_opened(self, opened: object) -> None:
        self._put(replace(self.state, busy=False, trouble=""))
        self._opened(opened)

    def _on_refused(self, error: TarahumError) -> None:
        wait = error.facts.get(WAIT_FACT, 0)
        seconds = wait if isinstance(wait, int) else 0
        trouble = self._waiting(seconds) if seconds else error_sentence(self._kit.words, error)
        self._put(replace(self.state, busy=False, trouble=trouble, wait=seconds))

    def _waiting(self, seconds: int) -> str:
        if not seconds:
            return self._kit.words.t("You can try again now.")
        left = self._kit.formats.duration(seconds)
        message = self._kit.words.t("There were too many wrong tries. You can try again in {duration}.")
        return message.format(duration=left)

    def _put(self, state: LockState) -> None:
        self.state = state
        self._show(state)
