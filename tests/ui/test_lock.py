import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.lock.presenter import Enrolment, LockPresenter, LockServices, LockState, LockUser
from tarahum_desktop.ui.lock.view import LockScreen
from tarahum_desktop.ui.worker import Immediate
from tests.ui.typing_keys import press, type_text

NOURA, FAHAD = LockUser("noura", "نورة القحطاني"), LockUser("fahad", "فهد الحربي")


class Vault:
    """A vault that opens for one passphrase."""

    def __init__(
        self, users: tuple[LockUser, ...] = (NOURA, FAHAD), error: TarahumError | None = None
    ) -> None:
        self.users, self.error = users, error
        self.tried: list[tuple[str, str]] = []
        self.enrolled: list[Enrolment] = []

    def services(self) -> LockServices:
        return LockServices(lambda: self.users, self.unlock, self.enrol)

    def unlock(self, login: str, passphrase: str) -> object:
        self.tried.append((login, passphrase))
        if self.error:
            raise self.error
        return "open vault"

    def enrol(self, wanted: Enrolment) -> object:
        self.enrolled.append(wanted)
        return "new vault"


def present(kit: Kit, vault: Vault) -> tuple[LockPresenter, list[LockState], list[object]]:
    states, opened = list[LockState](), list[object]()
    presenter = LockPresenter(kit, Immediate(), vault.services(), states.append, opened.append)
    presenter.start()
    return presenter, states, opened


def test_the_right_passphrase_hands_on_what_the_vault_returned(kit: Kit) -> None:
    presenter, _states, opened = present(kit, Vault())
    presenter.unlock("noura", "نخلة وبئر")
    assert opened == ["open vault"]


def test_three_things_that_can_be_wrong_have_three_sentences(kit: Kit) -> None:
    said = set()
    for code in ("wrong_passphrase", "slot_file_damaged", "database_damaged", "vault_in_use"):
        presenter, states, opened = present(kit, Vault(error=TarahumError(code)))
        presenter.unlock("noura", "x")
        assert not opened
        said.add(states[-1].trouble)
        assert code not in states[-1].trouble
    assert len(said) == 4


def test_waiting_is_counted_down_and_stops_further_tries(kit: Kit) -> None:
    vault = Vault(error=TarahumError("too_many_attempts", retry_after_seconds=2))
    presenter, states, _opened = present(kit, vault)
    presenter.unlock("noura", "x")
    assert states[-1].wait == 2
    presenter.unlock("noura", "y")
    assert len(vault.tried) == 1
    presenter.second_passed()
    presenter.second_passed()
    assert states[-1].wait == 0
    presenter.unlock("noura", "z")
    assert len(vault.tried) == 2


def test_nothing_is_tried_without_a_name_or_a_passphrase(kit: Kit) -> None:
    vault = Vault()
    presenter, states, _opened = present(kit, vault)
    presenter.unlock("", "x")
    presenter.unlock("noura", "")
    assert vault.tried == []
    assert states[-1].trouble


def test_a_machine_without_users_asks_to_be_enrolled(kit: Kit) -> None:
    _presenter, states, _opened = present(kit, Vault(users=()))
    assert states[-1].mode == "enrol"


@pytest.mark.parametrize(
    "given",
    [
        ("http://centre.example", "123", "noura", "w", "w"),
        ("https://centre.example", "", "noura", "w", "w"),
        ("https://centre.example", "123", "", "w", "w"),
        ("https://centre.example", "123", "noura", "", ""),
        ("https://centre.example", "123", "noura", "w", "v"),
    ],
)
def test_an_incomplete_enrolment_is_not_sent(kit: Kit, given: tuple[str, str, str, str, str]) -> None:
    vault = Vault(users=())
    presenter, states, _opened = present(kit, vault)
    presenter.enrol(*given)
    assert vault.enrolled == []
    assert states[-1].trouble
    assert not states[-1].busy


def test_an_enrolment_is_normalised_and_its_passphrase_is_not_printed(kit: Kit) -> None:
    vault = Vault(users=())
    presenter, _states, opened = present(kit, vault)
    presenter.enrol(" https://centre.example ", "١٢٣-٤٥٦", "noura", "سر طويل", "سر طويل")
    assert vault.enrolled == [Enrolment("https://centre.example", "123-456", "noura", "سر طويل")]
    assert opened == ["new vault"]
    assert "سر" not in repr(vault.enrolled[0])


def test_a_list_of_users_that_cannot_be_read_is_said(kit: Kit) -> None:
    def broken() -> tuple[LockUser, ...]:
        raise TarahumError("slot_file_damaged")

    states = list[LockState]()
    services = LockServices(broken, Vault().unlock, Vault().enrol)
    LockPresenter(kit, Immediate(), services, states.append, lambda _opened: None).start()
    assert states[-1].mode == "broken"
    assert states[-1].trouble


def test_an_officer_unlocks_by_keyboard_alone(qtbot: QtBot, kit: Kit) -> None:
    vault, opened = Vault(), list[object]()
    screen = LockScreen(kit, Immediate(), vault.services(), opened.append)
    qtbot.addWidget(screen)
    screen.show()
    panel = screen.unlock_panel
    assert panel.choice is not None
    type_text(panel.choice, "2")
    type_text(panel.passphrase, "نخلة وبئر")
    press(panel.passphrase, Qt.Key.Key_Return)
    assert vault.tried == [("fahad", "نخلة وبئر")]
    assert opened == ["open vault"]


def test_a_wrong_passphrase_is_cleared_and_said(qtbot: QtBot, kit: Kit) -> None:
    vault = Vault((NOURA,), TarahumError("wrong_passphrase"))
    screen = LockScreen(kit, Immediate(), vault.services(), lambda _opened: None)
    qtbot.addWidget(screen)
    screen.show()
    type_text(screen.unlock_panel.passphrase, "خطأ")
    press(screen.unlock_panel.passphrase, Qt.Key.Key_Return)
    assert screen.unlock_panel.passphrase.text() == ""
    assert screen.banner.isVisible()


def test_after_a_switch_the_other_user_only_types_the_passphrase(qtbot: QtBot, kit: Kit) -> None:
    vault, opened = Vault(), list[object]()
    note = "محفوظ هنا لنورة: ٣ مسودات و١٢ تغييرًا لم يُرسل. لا يضيع شيء."
    screen = LockScreen(kit, Immediate(), vault.services(), opened.append, preferred="fahad", note=note)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.banner.text.text() == note
    assert screen.unlock_panel.login() == "fahad"
    type_text(screen.unlock_panel.passphrase, "نخلة وبئر")
    press(screen.unlock_panel.passphrase, Qt.Key.Key_Return)
    assert vault.tried == [("fahad", "نخلة وبئر")]
    assert opened == ["open vault"]
