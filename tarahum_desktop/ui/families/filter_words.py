"""The words of filters and of the values they offer."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.casework.search.facts import ADULT_YEARS, STUDY_MONTHS
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.words import Words, msgid
from tarahum_desktop.ui.families.ports import Labels
from tarahum_desktop.ui.kit import Kit

_CHOICES: Mapping[str, str] = MappingProxyType({
    "committee": msgid("Any committee"),
    "team": msgid("Any team"),
    "place": msgid("Any place"),
    "state": msgid("Any state of the case"),
    "kind": msgid("Prisoner, released or neither"),
    "officer": msgid("Any officer"),
    "need": msgid("Any need"),
})  # fmt: skip
_FLAGS: Mapping[str, str] = MappingProxyType({
    "overdue": msgid("Overdue contact"),
    "restricted": msgid("Restricted"),
    "women": msgid("Headed by a woman"),
    "children": msgid("Children under {years}"),
    "old_study": msgid("No visit for {months} months"),
})  # fmt: skip
_SORTS: Mapping[str, str] = MappingProxyType({
    "best": msgid("Best match first"),
    "name": msgid("By name"),
    "file": msgid("By file number"),
    "study": msgid("Longest without a visit first"),
})  # fmt: skip
_KINDS: Mapping[str, str] = MappingProxyType({
    "prisoner": msgid("Family of a prisoner"),
    "released": msgid("Family of a released person"),
    "family": msgid("Neither prisoner nor released"),
})  # fmt: skip


def choice_title(words: Words, facet: str) -> str:
    """What a filter shows while it leaves everything open."""
    return words.t(_CHOICES[facet])


def flag_title(kit: Kit, facet: str) -> str:
    """A filter that is on or off."""
    number = kit.formats.number
    return kit.words.t(_FLAGS[facet]).format(years=number(ADULT_YEARS), months=number(STUDY_MONTHS))


def sort_title(words: Words, sort: str) -> str:
    """An order of the list."""
    return words.t(_SORTS[sort])


def value_words(words: Words, labels: Labels, facet: str, code: str) -> str:
    """One value of a filter."""
    if facet == "state":
        return case_state_words(words, code)
    if facet == "kind":
        return words.t(_KINDS.get(code, code))
    return labels.get(facet, {}).get(code, code)
