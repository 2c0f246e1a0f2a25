"""The screen of forms without widgets."""

from typing import Protocol

from tarahum_desktop.casework.forms.errors import FormNotPublished
from tarahum_desktop.casework.forms.publish import FormPreview, Published
from tarahum_desktop.casework.forms.versions import FormLine, FormsDesk
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.forms.versions import VersionChange
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.forms.ports import FormsPorts
from tarahum_desktop.ui.worker import Background


class FormsScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The forms are being read."""

    def show_forms(self, desk: FormsDesk) -> None:
        """All versions."""

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""

    def show_changes(self, line: FormLine, before: int, changes: tuple[VersionChange, ...]) -> None:
        """What a version changed."""

    def show_reading(self) -> None:
        """A file is being read."""

    def show_preview(self, preview: FormPreview) -> None:
        """What a file would become, or its faults."""

    def show_refusal(self, sentence: str) -> None:
        """The file was not read, or the form not published."""

    def show_published(self, published: Published) -> None:
        """A version was published."""


class FormsPresenter:
    """Reads, compares, checks files and publishes."""

    def __init__(self, screen: FormsScreen, ports: FormsPorts, background: Background, words: Words) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self.desk: FormsDesk | None = None
        self.preview: FormPreview | None = None
        self.sending = False

    def reload(self) -> None:
        """Read all forms."""
        if self.desk is None:
            self._screen.show_loading()
        self._background.query(
            self._ports.load, self._loaded, lambda e: self._screen.show_error(self._said(e)), replaces="forms"
        )

    def compare(self, line: FormLine) -> None:
        """Say what a version changed."""
        self._background.query(
            lambda: self._ports.changes(line.code, line.version),
            lambda found: self._screen.show_changes(line, *found),
            lambda error: self._screen.show_error(self._said(error)),
            replaces="changes",
        )

    def read_file(self) -> None:
        """Ask for a file and check it."""
        path = self._ports.choose()
        if path:
            self._screen.show_reading()
            self._background.query(
                lambda: self._ports.read(path), self._read, self._refused, replaces="preview"
            )

    def publish(self) -> None:
        """Publish what was checked, once however often the key is pressed."""
        preview = self.preview
        if preview is None or preview.document is None or self.sending:
            return
        self.sending = True
        self._background.command(lambda: self._ports.publish(preview.content), self._published, self._refused)

    def drop(self) -> None:
        """Think better of the file."""
        self.preview = None

    def _loaded(self, desk: FormsDesk) -> None:
        self.desk = desk
        self._screen.show_forms(desk)

    def _read(self, preview: FormPreview) -> None:
        self.preview = preview
        self._screen.show_preview(preview)

    def _published(self, published: Published) -> None:
        self.sending, self.preview = False, None
        self._screen.show_published(published)
        self.reload()

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        if isinstance(error, FormNotPublished):
            self._read(FormPreview(b"", None, error.problems))
        self._screen.show_refusal(self._said(error))

    def _said(self, error: TarahumError) -> str:
        return error_sentence(self._words, error)
