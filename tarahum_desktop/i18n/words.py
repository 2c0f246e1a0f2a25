"""The one way a sentence reaches a person: an English message id, looked up in the person's language.

``Words`` is injected, never global, so two windows, a report and a test can speak different languages
in one process.
"""

import gettext
from dataclasses import dataclass
from typing import Literal

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.resource_files import resource

Language = Literal["ar", "en"]
Direction = Literal["rtl", "ltr"]
DOMAIN = "tarahum"


class TranslationsMissingError(TarahumError):
    """The compiled translations are not there: the set-up step did not run or the copy is damaged."""

    code = "translations_missing"


@dataclass(frozen=True)
class Words:
    """Looks up messages of one language."""

    language: Language
    translations: gettext.NullTranslations

    @property
    def direction(self) -> Direction:
        """The writing direction of the language."""
        return "rtl" if self.language == "ar" else "ltr"

    def t(self, message: str) -> str:
        """The message in this language; the empty string stays empty (gettext would give its header)."""
        return self.translations.gettext(message) if message else ""

    def n(self, one: str, many: str, count: int) -> str:
        """The plural form for ``count``; ``{count}`` inside it is left for the caller to fill."""
        return self.translations.ngettext(one, many, count)

    def p(self, context: str, message: str) -> str:
        """The message as meant in ``context``, where one English word has two translations."""
        return self.translations.pgettext(context, message)


def msgid(message: str) -> str:
    """Mark a message kept as data (a screen's title, an error's sentence) for the extractor."""
    return message


def load_words(language: Language) -> Words:
    """Words of ``language``; English is the message ids themselves.

    Raises:
        TranslationsMissingError: there is no compiled catalogue for the language.
    """
    if language == "en":
        return Words("en", gettext.NullTranslations())
    path = resource("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    try:
        with path.open("rb") as file:
            return Words(language, gettext.GNUTranslations(file))
    except FileNotFoundError as error:
        raise TranslationsMissingError from error
