"""One polite sentence for every error code: what is wrong in plain words, and what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.sentences_care import CARE
from tarahum_desktop.i18n.sentences_centre import CENTRE
from tarahum_desktop.i18n.sentences_entry import ENTRY
from tarahum_desktop.i18n.sentences_exchange import EXCHANGE
from tarahum_desktop.i18n.sentences_family import FAMILY
from tarahum_desktop.i18n.sentences_files import FILES
from tarahum_desktop.i18n.sentences_forms import FORMS
from tarahum_desktop.i18n.sentences_giving import GIVING
from tarahum_desktop.i18n.sentences_hub import HUB
from tarahum_desktop.i18n.sentences_imports import IMPORTS
from tarahum_desktop.i18n.sentences_moving import MOVING
from tarahum_desktop.i18n.sentences_partners import PARTNERS
from tarahum_desktop.i18n.sentences_plans import PLANS
from tarahum_desktop.i18n.sentences_pouch import POUCH
from tarahum_desktop.i18n.sentences_prison import PRISON
from tarahum_desktop.i18n.sentences_review import REVIEW
from tarahum_desktop.i18n.sentences_rules import RULES
from tarahum_desktop.i18n.sentences_search import SEARCH
from tarahum_desktop.i18n.sentences_store import STORE
from tarahum_desktop.i18n.sentences_visit import VISIT
from tarahum_desktop.i18n.words import Words, msgid

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        **ENTRY,
        **CARE,
        **RULES,
        **REVIEW,
        **MOVING,
        **SEARCH,
        **STORE,
        **EXCHANGE,
        **CENTRE,
        **FILES,
        **FORMS,
        **FAMILY,
        **GIVING,
        **HUB,
        **IMPORTS,
        **PARTNERS,
        **PLANS,
        **POUCH,
        **VISIT,
        **PRISON,
    }
)

GENERAL = msgid("This could not be done. Please try again, and tell your office this code: {code}")


def code_sentence(words: Words, code: str, facts: Mapping[str, str | int] = MappingProxyType({})) -> str:
    """The sentence of a code in the reader's language, with its facts filled in where it names them."""
    message = SENTENCES.get(code)
    if message is None:
        return words.t(GENERAL).format(code=code)
    return words.t(message).format_map(_Facts(facts))


def error_sentence(words: Words, error: TarahumError) -> str:
    """The sentence a person reads for an error."""
    return code_sentence(words, error.code, error.facts)


class _Facts(dict[str, str | int]):
    """A fact that is not given leaves a dash: an error must never hide behind another one."""

    def __missing__(self, key: str) -> str:
        return "–"
