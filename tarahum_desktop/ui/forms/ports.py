"""What the screen of forms asks of the program."""

from collections.abc import Callable
from dataclasses import dataclass

from tarahum_desktop.casework.forms.publish import FormPreview, Published
from tarahum_desktop.casework.forms.versions import FormsDesk
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.versions import VersionChange


@dataclass(frozen=True)
class FormsPorts:
    """All but ``choose``, ``specimen`` and ``candidate`` may raise a TarahumError and run on the worker.

    Attributes:
        load: all versions.
        changes: form code and version → the version before (0 for none) and what changed since.
        choose: asks for a file on the Qt thread; empty when the person thought better of it.
        read: path → what the file would become; a form document or an XLSForm workbook, told by its content.
        publish: the content of a preview → what was published.
        specimen: form code and version → what the form screen opens to show it.
        candidate: a form that is not published → the same for it.
    """

    load: Callable[[], FormsDesk]
    changes: Callable[[str, int], tuple[int, tuple[VersionChange, ...]]]
    choose: Callable[[], str]
    read: Callable[[str], FormPreview]
    publish: Callable[[bytes], Published]
    specimen: Callable[[str, int], str]
    candidate: Callable[[FormDocument], str]
