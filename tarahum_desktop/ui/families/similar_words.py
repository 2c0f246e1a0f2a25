"""The warning that somebody being typed may be on record, in one sentence."""

from collections.abc import Sequence

from tarahum_desktop.casework.duplicates.typed import SimilarPerson
from tarahum_desktop.domain.record_match import MatchDecision
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit

_SURE = frozenset({MatchDecision.SAME_PERSON, MatchDecision.SAME_PERSON_CONFLICT_REVIEW})


def similar_sentence(kit: Kit, people: Sequence[SimilarPerson]) -> str:
    """Says who the likeliest is, how sure that is, and how many more there are."""
    words, best = kit.words, people[0]
    if best.decision in _SURE:
        sentence = words.t("This identity number is already on record: {name}. Please open that file first.")
    else:
        sentence = words.t(
            "Somebody like this is already on record: {name}. Please look whether it is the same person."
        )
    told = sentence.format(name=_who(kit, best))
    more = len(people) - 1
    if not more:
        return told
    others = words.n("and {count} other", "and {count} others", more).format(count=kit.formats.number(more))
    return f"{told} ({others})"


def _who(kit: Kit, person: SimilarPerson) -> str:
    known = (
        isolate(person.name), kit.formats.code(person.file_number) if person.file_number else "",
        kit.formats.phone(person.mobile) if person.mobile else "",
    )  # fmt: skip
    return kit.words.p("list separator", ", ").join(part for part in known if part)
