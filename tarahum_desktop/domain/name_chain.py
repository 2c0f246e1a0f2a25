"""What a new member's names probably are, from the family's other names: a suggestion to be typed over, never a rule.

Children carry their father's chain, so in a household headed by their mother they carry her husband's. A wife keeps her
own father's chain and family, so nothing is suggested for her (domain rules, section 4: names).
"""

from tarahum_desktop.domain.names import Gender, NameParts

_CHILDREN = frozenset({"son", "daughter"})
_SIBLINGS = frozenset({"brother", "sister"})


def expected_names(
    relation: str, head: NameParts, head_gender: Gender | None, husband: NameParts | None = None
) -> NameParts:
    """Father, grandfather and family of a member by relation to the head; the first name is always empty.

    ``husband`` is the household's member who is married to a head that is a woman, when known.
    """
    if relation in _CHILDREN:
        father = head if head_gender is Gender.MALE else husband if head_gender is Gender.FEMALE else None
        return NameParts("", father.first, father.father, father.family) if father else NameParts("")
    if relation in _SIBLINGS:
        return NameParts("", head.father, head.grandfather, head.family)
    return NameParts("")
