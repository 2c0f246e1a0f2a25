"""What the engine says about a form at one moment: what is shown, asked, wrong, missing and computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.checks import Issue
from tarahum_desktop.domain.forms.model import Text
from tarahum_desktop.domain.forms.values import Row, Value


class SectionStatus(StrEnum):
    """Where a section stands. A closed section asks nothing; errors come before anything else."""

    CLOSED = "closed"
    EMPTY = "empty"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    ERRORS = "errors"


@dataclass(frozen=True, slots=True)
class FieldState:
    """One question now. ``closed_because`` is set when a missing consent hides it; ``suggestion`` waits to be accepted."""

    visible: bool
    required: bool = False
    value: Value = None
    missing: bool = False
    errors: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    closed_because: Text | None = None
    suggestion: Value = None


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section now; ``missing`` and ``wrong`` are paths in the order of the page."""

    code: str
    status: SectionStatus
    closed_because: Text | None
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    warned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowState:
    """The remembered work on one row, reused while neither the row nor what its rules look at has changed."""

    kept: Row
    context: tuple[object, ...]
    fields: Mapping[str, FieldState]


@dataclass(frozen=True, slots=True)
class FormState:
    """The whole form now. ``kept`` are the answers that count: nothing hidden, totals included."""

    sections: Mapping[str, SectionState]
    fields: Mapping[str, FieldState]
    kept: Answers
    rows: Mapping[tuple[str, str], RowState] = field(repr=False, default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether the form may be submitted; a draft never needs this."""
        return not any(section.missing or section.wrong for section in self.sections.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """Paths that stop submission, in the order of the form."""
        return tuple(
            path for section in self.sections.values() for path in (*section.wrong, *section.missing)
        )

    def total(self, code: str) -> int | None:
        """Return a computed number by its field code."""
        value = self.kept.get(code)
        return value if isinstance(value, int) else None
