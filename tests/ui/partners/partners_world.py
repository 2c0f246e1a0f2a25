"""Agreements, referrals and a family in memory, and the screen over them; sharing is judged by the real rule."""

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.casework.partners.choices import ConsentLine, FamilyChoices, PersonChoice
from tarahum_desktop.casework.partners.consents import ConsentIncomplete, NewConsent, Receiver, Withdrawn
from tarahum_desktop.casework.partners.lists import ReferralLine
from tarahum_desktop.casework.partners.referrals import NewReferral, Preview, Referred
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.sharing import SHAREABLE, Consent, Terms, Wish, may_share
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import UNANSWERED, PartnersBoard, PartnersPorts
from tarahum_desktop.ui.partners.spec import spec
from tarahum_desktop.ui.partners.view import PartnersView
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate

TODAY = dt.date(2026, 9, 24)
HOME, MOTHER, SON = (uuid.UUID(int=at) for at in (1, 2, 3))
PARTNER = "جهة تدريبية شريكة ١"
VALUES = {"first_name": "فاطمة", "family_name": "الغامدي", "gender": "female", "education": "secondary"}


def an_agreement(number: int, days: int, **values: Any) -> AgreementLine:
    given = AgreementLine(
        uuid.UUID(int=100 + number), f"AG-{number:02}", "skills", f"جهة تدريبية شريكة {number}", f"Partner {number}",
        "تأهيل المستفيدين وتدريبهم على مهن يحتاجها سوق العمل", "Training", None, "", "", dt.date(2025, 1, 1),
        TODAY + dt.timedelta(days=days), days >= 0, days, ("first_name", "family_name", "mobile", "education", "kind"),
        (("CD-03", "التدريب المهني والتقني", "Training"), ("CD-04", "التوظيف", "Employment")), 2, 31,
    )  # fmt: skip
    return replace(given, **values)


HOLDS = an_agreement(1, 400, partner_ar=PARTNER)
ENDS = an_agreement(2, 30, field_code="education")
OVER = an_agreement(3, -12)
ELSEWHERE = an_agreement(4, 90, committee_code="jed", committee_ar="لجنة محافظة جدة", committee_en="Jeddah")


def a_referral(number: int, state: str = "sent", **values: Any) -> ReferralLine:
    given = ReferralLine(
        uuid.UUID(int=200 + number), HOME, "QSM-2026-12-00001", MOTHER, "فاطمة بنت سعد بن ناصر الغامدي", "AG-01", PARTNER,
        "Partner", "التدريب المهني والتقني", "Training", "الالتحاق بدورة", state, dt.date(2026, 9, 1), "سعد", "Saad", None,
        "", state == "sent", {"first_name": "فاطمة", "family_name": "الغامدي"}, "ab" * 32, True, (), True,
        uuid.UUID(int=300), HOLDS.id, "qsm",
    )  # fmt: skip
    return replace(given, **values)


SILENT = a_referral(1)
TAKEN = a_referral(2, "accepted", answered_on=dt.date(2026, 9, 9), outcome="يبدأ الشهر القادم", overdue=False)
CHANGED = a_referral(3, "completed", intact=False, withheld=("kind",), overdue=False)
LISTS = {
    "consent_means": {"paper_signature": "توقيع ورقي", "device_signature": "توقيع على الجهاز"},
    "signer_capacity": {"data_subject": "صاحب البيانات", "guardian": "الولي"},
    "consent_purpose": {"share": "المشاركة"},
    "education": {"secondary": "ثانوي"},
}


@dataclass
class Office:
    """What was asked of casework; ``fails`` makes reading, ``refuses`` deciding, fail with that code."""

    referrals: tuple[ReferralLine, ...] = (SILENT, TAKEN, CHANGED)
    agreements: tuple[AgreementLine, ...] = (HOLDS, ENDS, OVER, ELSEWHERE)
    may_manage: bool = True
    fails: str = ""
    refuses: str = ""
    consents: list[Consent] = field(default_factory=list)
    given: list[ConsentLine] = field(default_factory=list)
    done: list[tuple[Any, ...]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    def ports(self) -> PartnersPorts:
        """The screen's way here."""
        return PartnersPorts(
            self._board, self._preview, self._refer, self._consent, lambda *given: self._note("answer", *given),
            self._withdraw, lambda *given: self._note("change", *given), lambda _id: b"letter",
            lambda *_ids: b"notice", self._save, lambda: TODAY,
        )  # fmt: skip

    def _board(self, household: uuid.UUID | None, which: str) -> PartnersBoard:
        if self.fails:
            raise TarahumError(self.fails)
        people = (
            PersonChoice(MOTHER, "فاطمة بنت سعد الغامدي", "self", 38),
            PersonChoice(SON, "أحمد", "son", 9),
        )
        family = FamilyChoices(
            HOME, "QSM-2026-12-00001", "qsm", people, tuple(self.given), (), may_refer=True
        )
        late = tuple(one for one in self.referrals if one.overdue)
        return PartnersBoard(
            self.agreements, late if which == UNANSWERED else self.referrals, len(late),
            family if household else None, LISTS, self.may_manage,
        )  # fmt: skip

    def _preview(self, wanted: NewReferral) -> Preview:
        line = next(one for one in self.agreements if one.id == wanted.agreement_id)
        terms = Terms(frozenset({line.partner_ar}), frozenset(line.fields), None, None, line.last_day)
        age = 38 if wanted.person_id == MOTHER else 9
        wish = Wish(TODAY, "qsm", wanted.service_code, tuple(wanted.fields), wanted.purpose, age)
        sharing = may_share(terms, self.consents, wish)
        known = tuple(code for code in SHAREABLE if code in line.fields and code in VALUES)
        document = {code: VALUES[code] for code in sharing.fields if code in VALUES}
        return Preview("فاطمة", line.partner_ar, "", line.fields, known, sharing, document)

    def _refer(self, wanted: NewReferral) -> Referred:
        self._note("refer", wanted)
        return Referred(SILENT.id, "ab" * 32, NOTHING_CHANGED)

    def _consent(self, given: NewConsent) -> None:
        if not given.means:
            raise ConsentIncomplete
        self._note("consent", given)
        self.consents.append(Consent("share", True, given.capacity, True, given.party))

    def _withdraw(self, consent: uuid.UUID) -> Withdrawn:
        self._note("withdraw", consent)
        self.given = [replace(one, withdrawn_on=TODAY) for one in self.given]
        return Withdrawn((), NOTHING_CHANGED)

    def _note(self, *what: Any) -> None:
        if self.refuses:
            raise TarahumError(self.refuses)
        self.done.append(what)

    def _save(self, name: str, content: bytes) -> bool:
        assert content
        self.saved.append(name)
        return True


GIVEN = ConsentLine(
    uuid.UUID(int=300), MOTHER, "فاطمة بنت سعد بن ناصر الغامدي", "share", PARTNER, "paper_signature", "data_subject",
    dt.date(2026, 9, 1), None, (Receiver(SILENT.id, "فاطمة", PARTNER, "Partner", dt.date(2026, 9, 1)),),
)  # fmt: skip


class World:
    """A window with this screen open."""

    def __init__(self, kit: Kit, office: Office, params: dict[str, str] | None = None) -> None:
        self.office = office
        self.window = MainWindow(
            WindowParts(
                kit, Preferences(), [spec(office.ports())], Person("نورة"), Immediate, lambda: None, lambda _chosen: None
            )
        )  # fmt: skip
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_screen("partners", params or {})
        view = self.window.stack.currentWidget()
        assert isinstance(view, PartnersView)
        self.view = view

    def act(self, action: str) -> None:
        """A shortcut of the screen."""
        found = next(one for one in self.view.screen_actions() if one.id == action)
        assert found.enabled()
        found.run()


def view_of(kit: Kit, office: Office) -> PartnersView:
    """The screen without a window."""

    def nothing(*_given: Any, **_named: Any) -> None:
        return None

    context = ScreenContext(kit, Immediate(), nothing, nothing, nothing, nothing)
    return PartnersView(context, office.ports())
