"""What the visit form may ask of casework on one unlocked machine."""

import uuid
from collections.abc import Mapping, Sequence

from tarahum_desktop.bootstrap.form_bench import FormBench
from tarahum_desktop.bootstrap.picture_picker import choose_picture, read_picture
from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.casework.amending.amend_draft import amended_visit, begin_amendment, propose_draft
from tarahum_desktop.casework.attachments.pictures import keep_picture, picture_or_thumb
from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.drafts import load_draft, save_field
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.forms.questionnaires import (
    household_of_questionnaire,
    is_questionnaire,
    submit_questionnaire,
)
from tarahum_desktop.casework.places import known_positions
from tarahum_desktop.casework.stay_choice import StayLine, stays_to_choose
from tarahum_desktop.casework.visit_before import visit_before
from tarahum_desktop.casework.visit_departed import GoneHome, where_gone
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.visit_slip import print_visit_slip
from tarahum_desktop.casework.visits import household_for_visit, submit_visit
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.rule_dates import partial_date
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.ports import (
    Closed,
    Draft,
    DraftKind,
    Listed,
    PaperPorts,
    PicturePorts,
    Place,
    VisitPorts,
)

NEW_STAY = "new"
_NO_DRAFT = uuid.UUID(int=0)


class _VisitDesk:
    """Casework's functions in the shape of the form's ports; always asks for the desk as it is now."""

    def __init__(self, place: Workplace, kit: Kit, bench: FormBench) -> None:
        self._place, self._kit, self._bench = place, kit, bench
        self._language = kit.words.language

    def form(self, visit_id: str) -> FormDocument:
        """The version the draft was begun with, whatever was published since."""
        if self._bench.holds(visit_id):
            return self._bench.draft(visit_id)[0]
        desk = self._place.desk
        draft = load_draft(desk, uuid.UUID(visit_id))
        with desk.reading() as connection:
            return desk.forms.version(connection, draft.form_code, draft.form_version).document

    def load_draft(self, visit_id: str) -> Draft:
        if self._bench.holds(visit_id):
            return self._bench.draft(visit_id)[1]
        desk, draft_id = self._place.desk, uuid.UUID(visit_id)
        draft, amended = load_draft(desk, draft_id), amended_visit(desk, draft_id)
        before = visit_before(desk, draft_id)
        if is_questionnaire(desk, draft_id):
            return Draft(draft.answers, before.title, draft.last_path, kind=DraftKind.QUESTIONNAIRE)
        if amended is not None:
            return Draft(
                draft.answers, before.title, draft.last_path, before=amended.answers, before_on=amended.visited_on,
                amends=True,
            )  # fmt: skip
        return Draft(
            draft.answers, before.title, draft.last_path, before=before.answers, before_on=before.visited_on,
            now_with="" if before.title else self._now_with(where_gone(desk, draft.household_id)),
        )  # fmt: skip

    def save_draft(self, visit_id: str, path: str, value: Value) -> None:
        save_field(self._place.desk, uuid.UUID(visit_id), path, value)

    def submit(self, visit_id: str, _answers: Answers) -> Closed:
        """Submit what is kept, not what the window holds: only kept answers were promised to be safe."""
        desk, draft_id = self._place.desk, uuid.UUID(visit_id)
        if amended_visit(desk, draft_id) is not None:
            propose_draft(desk, draft_id)
            return Closed()
        if is_questionnaire(desk, draft_id):
            submit_questionnaire(desk, draft_id)
            return Closed()
        done = submit_visit(desk, draft_id)
        return Closed(done.receipt_number, self._now_with(done.gone))

    def _now_with(self, gone: GoneHome | None) -> str:
        """That the family left, and who has it; empty while it is here."""
        words = self._kit.words
        if gone is None:
            return ""
        office = gone.now_with_ar if self._language == "ar" else gone.now_with_en or gone.now_with_ar
        if not office:
            return words.t("The family's file is with another colleague now; the visit goes there.")
        return words.t("The family is with {office} now; the visit goes there.").format(
            office=isolate(office)
        )

    def amend(self, visit_id: str) -> str:
        return str(begin_amendment(self._place.desk, uuid.UUID(visit_id)))

    def listed(self, visit_id: str, name: str) -> Sequence[Listed]:
        draft_id = _NO_DRAFT if self._bench.holds(visit_id) else uuid.UUID(visit_id)
        if name == "stays":
            return self._stays(draft_id)
        found = form_list(self._place.desk, draft_id, name, self._language)
        return [Listed(item.code, item.text) for item in found]

    def keep_picture(self, visit_id: str, path: str, kind: str) -> Mapping[str, Value]:
        return keep_picture(self._place.desk, uuid.UUID(visit_id), read_picture(path, kind))

    def picture(self, sha256: str) -> bytes | None:
        return picture_or_thumb(self._place.desk, bytes.fromhex(sha256))

    def villages(self) -> Mapping[str, Place]:
        return known_positions(self._place.desk)

    def household(self, visit_id: str) -> str:
        desk, found = self._place.desk, uuid.UUID(visit_id.rpartition(":")[2])
        if is_questionnaire(desk, found):
            return str(household_of_questionnaire(desk, found))
        return str(household_for_visit(desk, found))

    def slip(self, visit_id: str) -> bytes:
        return print_visit_slip(self._place.desk, uuid.UUID(visit_id), self._kit.words, self._kit.formats)

    def report(self, visit_id: str) -> bytes:
        return print_visit_report(self._place.desk, uuid.UUID(visit_id), self._kit.words, self._kit.formats)

    def _stays(self, draft_id: uuid.UUID) -> Sequence[Listed]:
        lines = stays_to_choose(self._place.desk, draft_id)
        found = [Listed(str(one.id), self._stay_words(one), str(one.person_id)) for one in lines]
        again = self._kit.words.t("A new stay, not on record yet")
        persons = dict.fromkeys(str(one.person_id) for one in lines)
        return [*found, *(Listed(NEW_STAY, again, person) for person in persons)]

    def _stay_words(self, stay: StayLine) -> str:
        words = self._kit.words
        facility = stay.facility_en if self._language == "en" else stay.facility_ar
        entry, release = self._date(stay.entry), self._date(stay.release)
        until = words.t("to {date}").format(date=release) if release else words.t("still open")
        since = words.t("from {date}").format(date=entry) if entry else ""
        return " · ".join(part for part in (facility, since, until) if part)

    def _date(self, code: str) -> str:
        given = partial_date(code) if code else None
        return "" if given is None else self._kit.formats.partial_date(given)


def latest_form(place: Workplace) -> FormDocument:
    """The newest version of the form on this machine."""
    desk = place.desk
    with desk.reading() as connection:
        return desk.forms.latest(connection).document


def visit_ports(place: Workplace, kit: Kit, bench: FormBench) -> VisitPorts:
    """The ports of the form; ``bench`` holds what is only looked at."""
    desk = _VisitDesk(place, kit, bench)
    anywhere = str(_NO_DRAFT)
    return VisitPorts(
        form=desk.form,
        load_draft=desk.load_draft,
        save_draft=desk.save_draft,
        submit=desk.submit,
        services=lambda: desk.listed(anywhere, "services"),
        household_members=lambda visit_id: desk.listed(visit_id, "members"),
        listed=desk.listed,
        villages=desk.villages,
        amend=desk.amend,
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
        now=lambda: place.desk.now().astimezone(SAUDI_TIME),
        new_row_id=lambda: str(new_id()),
        pictures=PicturePorts(lambda: choose_picture(kit.words), desk.keep_picture, desk.picture),
        papers=PaperPorts(
            desk.slip,
            desk.report,
            lambda name, content: save_pdf(kit.words, name, content),
            desk.household,
        ),
    )
