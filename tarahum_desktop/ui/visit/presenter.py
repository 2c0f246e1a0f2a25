"""The visit form without widgets: holds the answers, asks the engine, keeps every finished answer at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.compare import Changed
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.forms.model import Field, FormDocument, Section
from tarahum_desktop.domain.forms.state import FormState
from tarahum_desktop.domain.forms.values import Value, is_empty
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.visit import leaving
from tarahum_desktop.ui.visit.draft_kinds import still_needed
from tarahum_desktop.ui.visit.last_time import NOTHING, LastTime
from tarahum_desktop.ui.visit.lists import FormLists
from tarahum_desktop.ui.visit.ports import Closed, Draft, DraftKind, Loaded, VisitPorts
from tarahum_desktop.ui.worker import Background

REASON = "amendment_reason"
"""Where a correction keeps its reason: beside the answers, and no question of the form."""


class VisitScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_form(self, focus: str) -> None:
        """Everything is loaded: build the section that is open and go to the answer at ``focus`` (or its first)."""

    def show_section(self, focus: str) -> None:
        """Another section is open."""

    def show_state(self, state: FormState) -> None:
        """Answers changed."""

    def show_rows(self, group: str) -> None:
        """Rows were added or removed."""

    def show_saving(self, sentence: str, tone: Tone) -> None:
        """Whether what was answered is kept."""

    def say(self, sentence: str, tone: Tone) -> None:
        """Something the person should know."""

    def show_submitted(self, receipt: str) -> None:
        """The visit is closed, or the correction is proposed."""

    def ask_reason(self) -> None:
        """A correction lacks its reason."""


class VisitPresenter:
    """One visit being recorded. Call ``attach`` once, then ``open``."""

    def __init__(
        self,
        document: FormDocument,
        ports: VisitPorts,
        background: Background,
        words: Words,
        formatter: Formatter,
        on_submitted: Callable[[], None] = lambda: None,
    ) -> None:
        self.document = document
        self.engine = FormEngine(document)
        self.words, self.formatter = words, formatter
        self._ports, self._background, self._on_submitted = ports, background, on_submitted
        self._screen: VisitScreen | None = None
        self.visit_id = ""
        self._waiting = 0
        self._failed = False
        self.draft = Draft(Answers(document.key))
        self.answers = self.draft.answers
        self.lists = FormLists(words, document, lambda: self.answers)
        self.last_time = LastTime(document, None, None, all_of_it=False)
        self.changed: Mapping[str, Changed] = NOTHING
        self.state: FormState = self.engine.state(self.answers, ports.today())
        self.current = document.sections[0]
        self.tried = self.sending = self.closed = False

    @property
    def screen(self) -> VisitScreen:
        """The widgets."""
        assert self._screen is not None, "attach comes first"
        return self._screen

    @property
    def ports(self) -> VisitPorts:
        """What the fields of the form may ask for: today, now, pictures."""
        return self._ports

    @property
    def background(self) -> Background:
        """The way to the worker."""
        return self._background

    @property
    def locked(self) -> bool:
        """Whether the visit can only be read."""
        return self.closed or self.draft.done or bool(self.draft.receipt)

    def attach(self, screen: VisitScreen) -> None:
        """Say who shows the form."""
        self._screen = screen

    def open(self, visit_id: str) -> None:
        """Load a draft and go on where it was left."""
        self.visit_id = visit_id
        self._background.query(lambda: self._load(visit_id), self._opened, self.refused)

    def _load(self, visit_id: str) -> Loaded:
        ports = self._ports
        names = {field.lookup for field in self.document.every_field() if field.lookup}
        lists = {name: ports.listed(visit_id, name) for name in sorted(names - {"services", "members"})}
        lists["services"] = ports.services()
        lists["members"] = ports.household_members(visit_id)
        return Loaded(ports.load_draft(visit_id), lists, ports.villages())

    def _opened(self, loaded: Loaded) -> None:
        draft = self.draft = loaded.draft
        self.lists.loaded, self.lists.villages = loaded.lists, loaded.villages
        self.answers = draft.answers
        self.last_time = LastTime(self.document, draft.before, draft.before_on, all_of_it=draft.amends)
        try:
            self.state = self.engine.state(self.answers, self._ports.today())
        except TarahumError as error:
            self.refused(error)
            return
        self.changed = self.last_time.changed(self.answers, self.state)
        self.current = self._section_of(draft.last_path)
        self.screen.show_form(draft.last_path)
        fresh = not self.locked and not draft.amends
        if fresh and self._has("started_at") and is_empty(self.answers.get("started_at")):
            self.answer("started_at", self._ports.now().isoformat(timespec="seconds"))

    def answer(self, path: str, value: Value) -> None:
        """Keep one finished answer: in memory now, on disk as the worker's next step."""
        place = FieldPath.parse(path)
        old = self.answers.at(place)
        if self.locked or old == value or (is_empty(old) and is_empty(value)):
            return
        self.answers = self.answers.with_value(place, value)
        self._save(path, None if is_empty(value) else value)
        self._think()

    def before(self, path: str) -> Changed | None:
        """How the answer at a path differs from the earlier visit; None when it does not."""
        return self.changed.get(path)

    def take_back(self, path: str) -> bool:
        """Give an answer as it was at the earlier visit; False when there is nothing to take back."""
        changed = self.before(path)
        if changed is None or self.locked:
            return False
        self.answer(path, changed.before)
        return True

    def add_row(self, group: str) -> str:
        """Add an empty row and return its id; empty text when no more fit."""
        field = self._group(group)
        full = len(self.answers.rows(group)) >= field.limits.max_rows
        if self.locked or full or leaving.is_left_group(field):
            return ""
        row_id = self._ports.new_row_id()
        self._keep((self.answers.with_row(group, row_id), {f"{group}/{row_id}": {}}), group)
        return row_id

    def remove_row(self, group: str, row_id: str) -> str:
        """Take a row away; who is on record is asked about instead. Returns the path to go on at, or nothing."""
        row = self.answers.row(group, row_id)
        if self.locked or row is None:
            return ""
        if leaving.is_left_group(self._group(group)):
            back = group.removesuffix(leaving.LEFT)
            self._keep(leaving.come_back(self.answers, group, row_id), group, back)
            return f"{back}/{row_id}"
        asked = leaving.left_group(self.document, group)
        if asked is not None and self.lists.is_known(row_id):
            self._keep(leaving.leave(self.answers, group, row), group, asked.code)
            return f"{asked.code}/{row_id}/{asked.columns[1].code}"
        self._keep((self.answers.without_row(group, row_id), {f"{group}/{row_id}": None}), group)
        return ""

    def restore_row(self, group: str, row_id: str, values: Mapping[str, Value]) -> None:
        """Undo a removal; the row comes back at the end."""
        answers = self.answers.with_row(group, row_id)
        kept: dict[str, Value] = {f"{group}/{row_id}": {}}
        for column, value in values.items():
            answers = answers.with_value(FieldPath(group, row_id, column), value)
            kept[f"{group}/{row_id}/{column}"] = value
        self._keep((answers, kept), group)

    def go(self, code: str, focus: str = "") -> None:
        """Open a section."""
        self.current = next(section for section in self.document.sections if section.code == code)
        self.screen.show_section(focus)

    def step(self, by: int) -> bool:
        """Open the next or the previous section; False at either end, where nothing happens."""
        sections = self.document.sections
        at = sections.index(self.current) + by
        if 0 <= at < len(sections):
            self.go(sections[at].code)
            return True
        return False

    def submit(self) -> None:
        """Close the visit, or show what it still needs, first of all the first."""
        if self.locked or self.sending or self.draft.kind is DraftKind.SPECIMEN:
            return
        self.tried = True
        if problems := self.state.problems:
            self._show_problems(problems)
            return
        if self.draft.amends and is_empty(self.answers.get(REASON)):
            self.screen.ask_reason()
            return
        if self._has("ended_at") and not self.draft.amends:
            self.answer("ended_at", self._ports.now().isoformat(timespec="seconds"))
        try:
            final = self.engine.submission(self.answers, self._ports.today())
        except TarahumError as error:
            self.refused(error)
            return
        self.sending = True
        visit_id = self.visit_id
        self._background.command(lambda: self._ports.submit(visit_id, final), self._submitted, self.refused)

    def refused(self, error: TarahumError) -> None:
        """Say why something was not done."""
        self.sending = False
        self.screen.say(error_sentence(self.words, error), "danger")

    def _show_problems(self, problems: tuple[str, ...]) -> None:
        self.go(self._section_of(problems[0]).code, problems[0])
        self.screen.say(still_needed(self.words, self.formatter, self.draft, len(problems)), "attention")

    def _group(self, code: str) -> Field:
        return next(one for one in self.document.fields() if one.code == code)

    def _keep(self, moved: tuple[Answers, Mapping[str, Value]], *groups: str) -> None:
        self.answers, kept = moved
        for path, value in kept.items():
            self._save(path, value)
        self._think()
        for group in groups:
            self.screen.show_rows(group)

    def _has(self, code: str) -> bool:
        return any(field.code == code for field in self.document.fields())

    def _section_of(self, path: str) -> Section:
        code = path.split("/", maxsplit=1)[0]
        for section in self.document.sections:
            if any(field.code == code and not field.automatic for field in section.fields):
                return section
        return self.document.sections[0]

    def _think(self) -> None:
        self.state = self.engine.state(self.answers, self._ports.today(), self.state)
        self.changed = self.last_time.changed(self.answers, self.state)
        self.screen.show_state(self.state)

    def _save(self, path: str, value: Value) -> None:
        if self.draft.kind is DraftKind.SPECIMEN:
            return
        self._waiting += 1
        visit_id = self.visit_id
        self.screen.show_saving(self.words.t("Keeping…"), "soft")
        self._background.command(
            lambda: self._ports.save_draft(visit_id, path, value),
            lambda _done: self._saved(),
            self._not_saved,
        )

    def _saved(self) -> None:
        self._waiting -= 1
        if not self._waiting and not self._failed:
            self.screen.show_saving(self.words.t("Everything answered is kept here"), "accent")

    def _not_saved(self, error: TarahumError) -> None:
        self._waiting -= 1
        self._failed = True
        self.screen.show_saving(self.words.t("Not everything is kept"), "danger")
        self.screen.say(error_sentence(self.words, error), "danger")

    def _submitted(self, done: Closed) -> None:
        self.sending, self.closed = False, True
        self.draft = replace(self.draft, answers=self.answers, receipt=done.receipt, now_with=done.now_with)
        self.screen.show_submitted(done.receipt)
        self._on_submitted()
