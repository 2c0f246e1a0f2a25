"""The printed visit report: filled from the signed answers and the rows around them, in the reader's language.

What is printed is what was signed: names, income and needs come from the visit's own answers, not from what the
records say today. Approved corrections are printed in their place, and the report says that it is amended.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.amending.amendments import answers_as_amended, last_approval
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.report_answers import AnswerWords
from tarahum_desktop.casework.visit_rows import day_of
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.matrix import MatrixDomain
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Committee, Device, Facility, Household, Place, Service, User, Visit
from tarahum_desktop.reports.visit_report.content import (
    ConsentLine,
    Inmate,
    Member,
    Need,
    Printing,
    Rating,
    Signature,
    VisitHeader,
    VisitReport,
)

_VISIT: Any = Visit.__table__
_HOUSEHOLD: Any = Household.__table__
_COMMITTEE: Any = Committee.__table__
_DEVICE: Any = Device.__table__
_USER: Any = User.__table__
_PLACE: Any = Place.__table__
_PURPOSES = ("case", "health", "criminal", "credit", "share", "contact")


def print_visit_report(desk: Desk, visit_id: uuid.UUID, words: Words, formatter: Formatter) -> bytes:
    """A visit as a PDF file.

    Raises:
        RecordMissing: no such visit here.
        NotAllowed: this person prints nothing there.
    """
    from tarahum_desktop.reports.visit_report.document import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_visit_report,
    )

    return render_visit_report(read_visit_report(desk, visit_id, words), words, formatter)


def read_visit_report(desk: Desk, visit_id: uuid.UUID, words: Words) -> VisitReport:
    """What the report says, as plain values; sensitive parts only for who may see them."""
    with desk.reading() as connection:
        query = (
            select(_VISIT, _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.committee_code)
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
            .where(_VISIT.c.id == visit_id)
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            raise RecordMissing(entity="visit")
        desk.require(Action.PRINT, row.scope)
        return _Filling(desk, connection, row, words).report()


class _Filling:
    """One report being filled."""

    def __init__(self, desk: Desk, connection: Connection, row: Any, words: Words) -> None:
        self._desk, self._connection, self._row, self._words = desk, connection, row, words
        self._arabic = words.language == "ar"
        self._answers: Answers = answers_as_amended(desk, connection, row)
        self._amended_at = last_approval(connection, row.id)
        document = desk.forms.version(connection, row.form_code, row.form_version).document
        self._said = AnswerWords(document, words.language, self._answers)
        self._services = self._named(Service)
        self._facilities = self._named(Facility)

    def report(self) -> VisitReport:
        row, said = self._row, self._said
        return VisitReport(
            committee=self._one_name(_COMMITTEE, row.committee_code),
            file_number=row.file_number,
            head_name=said.head_name(),
            visit=self._header(),
            printing=self._printing(),
            members=self._members(),
            consents=self._consents(),
            inmate=self._inmate(),
            income_total=said.amount(self._answers.get("inc_total")) or row.income_halalas or 0,
            expense_total=said.amount(self._answers.get("exp_total")) or row.expense_halalas or 0,
            needs=tuple(self._need(need) for need in self._answers.rows("needs")),
            matrix=self._matrix(),
            risk_flags=said.options("risk_flags") if self._may(Action.VIEW_HEALTH) else (),
            observations=said.text("observations") or row.observations or "",
            recommendation=said.option("recommendation"),
            next_visit=day_of(self._answers.get("next_visit")) or row.next_visit_on,
            amended_at=self._amended_at,
            signatures=self._signatures(),
            receipt_number=row.receipt_number or "",
        )

    def _may(self, action: Action) -> bool:
        return self._desk.may(action, self._row.scope, own=self._row.officer_id == self._desk.user.id)

    def _header(self) -> VisitHeader:
        said, row = self._said, self._row
        place = " · ".join(
            filter(None, (said.option("visit_place"), self._one_name(_PLACE, said.text("district"))))
        )
        return VisitHeader(
            said.option("visit_type"), row.visited_on, place, said.option("outcome"), self._officers(),
            said.option("respondent"), said.text("mobile"),
        )  # fmt: skip

    def _officers(self) -> tuple[str, ...]:
        team = self._answers.get("team")
        codes = [code for code in team if isinstance(code, str)] if isinstance(team, tuple) else []
        users = {str(user.id): user for user in self._connection.execute(select(_USER))}
        found = [self._name_of(users[code]) for code in codes if code in users]
        if not found and str(self._row.officer_id) in users:
            found = [self._name_of(users[str(self._row.officer_id)])]
        return tuple(found)

    def _printing(self) -> Printing:
        desk = self._desk
        query = select(_DEVICE.c.name).where(_DEVICE.c.number == desk.replica.device).limit(1)
        device = self._connection.scalar(query) or str(desk.replica.device)
        by = (desk.user.name_ar if self._arabic else desk.user.name_en) or desk.user.login
        return Printing(by, device, desk.now())

    def _members(self) -> tuple[Member, ...]:
        said, today = self._said, self._row.visited_on
        head = Member(
            said.head_name(), self._words.t("Head of household"), said.age(self._answers.get("birth"), today),
            said.text("id_number"), "", None,
        )  # fmt: skip
        rest = tuple(
            Member(
                said.name4(row.get("m_name")), said.column("members", row, "m_relation"),
                said.age(row.get("m_birth"), today), said.cell(row, "m_id"),
                said.column("members", row, "m_education"), said.amount(row.get("m_income")),
            )
            for row in self._answers.rows("members")
        )  # fmt: skip
        return (head, *rest) if said.head_name() else rest

    def _consents(self) -> tuple[ConsentLine, ...]:
        lines = []
        for purpose in _PURPOSES:
            word = self._answers.get(f"consent_{purpose}")
            if isinstance(word, Mapping):
                given = word.get("decision") == "given"
                lines.append(ConsentLine(self._said.label(f"consent_{purpose}"), given, self._row.visited_on))
        return tuple(lines)

    def _inmate(self) -> Inmate | None:
        said = self._said
        if not self._answers.get("custody_status") or not self._may(Action.VIEW_CRIMINAL):
            return None
        entry, release = said.day("entry_date"), said.day("expected_release")
        facility = self._facilities.get(said.text("facility"), said.text("facility"))
        name, number = said.person(self._connection, "inmate_person")
        return Inmate(
            name,
            number,
            said.option("inmate_relation"),
            facility,
            said.option("custody_status"),
            entry,
            release,
        )

    def _need(self, row: Row) -> Need:
        service = self._said.cell(row, "need_service")
        return Need(
            self._services.get(service, service), self._said.person_of(self._connection, row.get("need_person"), self._words),
            self._said.column("needs", row, "need_priority"),
        )  # fmt: skip

    def _matrix(self) -> tuple[Rating, ...]:
        scores = self._answers.get("ssm")
        if not isinstance(scores, Mapping):
            return ()
        return tuple(self._said.rating(domain.value, scores.get(domain.value)) for domain in MatrixDomain)

    def _signatures(self) -> tuple[Signature, ...]:
        officer = ", ".join(self._officers())
        strokes = self._said.strokes
        return (
            Signature(officer, strokes("signature")),
            Signature(self._said.head_name(), strokes("beneficiary_signature")),
        )

    def _named(self, entity: type[Service | Facility]) -> dict[str, str]:
        table: Any = entity.__table__
        return {row.code: self._name_of(row) for row in self._connection.execute(select(table))}

    def _one_name(self, table: Any, code: str) -> str:
        row = self._connection.execute(select(table).where(table.c.code == code).limit(1)).one_or_none()
        return self._name_of(row) if row else code

    def _name_of(self, row: Any) -> str:
        return str((row.name_ar if self._arabic else row.name_en) or row.name_ar)
