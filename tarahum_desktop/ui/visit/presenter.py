"""The visit form without widgets: holds the answers, asks the engine, keeps every finished answer at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.forms.model import FormDocument, Section
from tarahum_desktop.domain.forms.state import FormState
from tarahum_desktop.domain.forms.values import Value, is_empty
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.visit.ports import Draft, Listed, Loaded, VisitPorts
from tarahum_desktop.ui.worker import Background

HOUSEHOLD = "household"
HEAD = "head"


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
        """The visit is closed."""


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
        self._visit_id = ""
        self._waiting = 0
        self._failed = False
        self.draft = Draft(Answers(document.key))
        self.lists: Mapping[str, Sequence[Listed]] = {}
        self.answers = self.draft.answers
        self.state: FormState = self.engine.state(self.answers, ports.today())
        self.current = document.sections[0]
        self.tried = False
        self.sending = False

    @property
    def screen(self) -> VisitScreen:
        """The widgets."""
        assert self._screen is not None, "attach comes first"
        return self._screen

    @property
    def ports(self) -> VisitPorts:
        """What the fields of the form may ask for: today, now."""
        return self._ports

    @property
    def locked(self) -> bool:
        """Whether the visit can only be read."""
        return bool(self.draft.receipt)

    def attach(self, screen: VisitScreen) -> None:
        """Say who shows the form."""
        self._screen = screen

    def open(self, visit_id: str) -> None:
        """Load a draft and go on where it was left."""
        self._visit_id = visit_id
        self._background.query(lambda: self._load(visit_id), self._opened, self._refused)

    def _load(self, visit_id: str) -> Loaded:
        names = {field.lookup for field in self.document.every_field() if field.lookup}
        lists: dict[str, Sequence[Listed]] = {
            name: self._ports.listed(visit_id, name) for name in sorted(names - {"services", "members"})
        }
        lists["services"] = self._ports.services()
        lists["members"] = self._ports.household_members(visit_id)
        return Loaded(self._ports.load_draft(visit_id), lists)

    def _opened(self, loaded: Loaded) -> None:
        self.draft, self.lists = loaded.draft, loaded.lists
        self.answers = loaded.draft.answers
        try:
            self.state = self.engine.state(self.answers, self._ports.today())
        except TarahumError as error:
            self._refused(error)
            return
        self.current = self._section_of(loaded.draft.last_path)
        self.screen.show_form(loaded.draft.last_path)
        if not self.locked and self._has("started_at") and is_empty(self.answers.get("started_at")):
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

    def add_row(self, group: str) -> str:
        """Add an empty row and return its id; empty text when no more fit."""
        field = next(one for one in self.document.fields() if one.code == group)
        if self.locked or len(self.answers.rows(group)) >= field.limits.max_rows:
            return ""
        row_id = self._ports.new_row_id()
        self.answers = self.answers.with_row(group, row_id)
        self._save(f"{group}/{row_id}", {})
        self._think()
        self.screen.show_rows(group)
        return row_id

    def remove_row(self, group: str, row_id: str) -> None:
        """Take a row away; ``restore_row`` brings it back."""
        if self.locked:
            return
        self.answers = self.answers.without_row(group, row_id)
        self._save(f"{group}/{row_id}", None)
        self._think()
        self.screen.show_rows(group)

    def restore_row(self, group: str, row_id: str, values: Mapping[str, Value]) -> None:
        """Undo a removal; the row comes back at the end."""
        self.answers = self.answers.with_row(group, row_id)
        self._save(f"{group}/{row_id}", {})
        for column, value in values.items():
            self.answers = self.answers.with_value(FieldPath(group, row_id, column), value)
            self._save(f"{group}/{row_id}/{column}", value)
        self._think()
        self.screen.show_rows(group)

    def go(self, code: str, focus: str = "") -> None:
        """Open a section."""
        self.current = next(section for section in self.document.sections if section.code == code)
        self.screen.show_section(focus)

    def step(self, by: int) -> None:
        """Open the next or the previous section; at either end nothing happens."""
        sections = self.document.sections
        at = sections.index(self.current) + by
        if 0 <= at < len(sections):
            self.go(sections[at].code)

    def submit(self) -> None:
        """Close the visit, or show what it still needs, first of all the first."""
        if self.locked or self.sending:
            return
        self.tried = True
        problems = self.state.problems
        if problems:
            count = len(problems)
            sentence = self.words.n(
                "{count} answer is still needed before the visit can be submitted.",
                "{count} answers are still needed before the visit can be submitted.",
                count,
            ).format(count=self.formatter.number(count))
            self.go(self._section_of(problems[0]).code, problems[0])
            self.screen.say(sentence, "attention")
            return
        if self._has("ended_at"):
            self.answer("ended_at", self._ports.now().isoformat(timespec="seconds"))
        try:
            final = self.engine.submission(self.answers, self._ports.today())
        except TarahumError as error:
            self._refused(error)
            return
        self.sending = True
        visit_id = self._visit_id
        self._background.command(lambda: self._ports.submit(visit_id, final), self._submitted, self._refused)

    def listed(self, name: str) -> Sequence[Listed]:
        """A list by name. The members are those of this form first, then those known before."""
        if name != "members":
            return self.lists.get(name, ())
        words = self.words
        here = [Listed(HOUSEHOLD, words.t("The whole household")), Listed(HEAD, self._head_name())]
        rows = [Listed(row.id, name_of(row.get("m_name"))) for row in self.answers.rows("members")]
        here += [row for row in rows if row.text]
        known = {one.code for one in here}
        return [*here, *(one for one in self.lists.get(name, ()) if one.code not in known)]

    def listed_text(self, name: str, code: str) -> str:
        """The words for one thing of a list; its code when the list does not hold it."""
        return next((one.text for one in self.listed(name) if one.code == code), code)

    def _head_name(self) -> str:
        parts = (self.answers.get(code) for code in ("head_first", "head_father", "head_family"))
        name = " ".join(part for part in parts if isinstance(part, str))
        return name or self.words.t("The head of household")

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
        self.screen.show_state(self.state)

    def _save(self, path: str, value: Value) -> None:
        self._waiting += 1
        visit_id = self._visit_id
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

    def _submitted(self, receipt: str) -> None:
        self.sending = False
        self.draft = Draft(self.answers, self.draft.title, self.draft.last_path, receipt)
        self.screen.show_submitted(receipt)
        self._on_submitted()

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        self.screen.say(error_sentence(self.words, error), "danger")


def name_of(value: Value) -> str:
    """A four-part name as one line."""
    if not isinstance(value, Mapping):
        return ""
    parts = (value.get(part) for part in ("first", "father", "grandfather", "family"))
    return " ".join(part for part in parts if isinstance(part, str) and part)
