"""Arabic personal names: how they are searched, split, shown and compared.

A name is kept as written and compared on a normal form. The base folding equals Lucene's
ArabicNormalizer; joining of compound names, the family mark «آل» and the article are extensions for
Saudi names. A name match is only ever a candidate, never proof that two records are one person.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from tarahum_desktop.domain.text import ascii_digits, clean, without_marks

FOLD_VERSION: Final = 1
"""Stored beside every folded column: a change of the folding is a re-index migration."""

_LETTERS: Final = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ە": "ه", "ء": None},
)
_FAMILY_MARK: Final = "آل"
_ARTICLE: Final = "ال"
_FAMILY_WORDS: Final = frozenset({"آل", "ال"})
_LINKS: Final = frozenset({"بن", "بنت", "ابن", "ابنه"})
_OPENS_COMPOUND: Final = frozenset({"عبد", "ابو", "ام"})
_CLOSES_COMPOUND: Final = frozenset({"الله", "الدين"})
# «عبيد» is also a whole first name, so it joins only what cannot be a father's name.
_AFTER_OBAID: Final = frozenset({"الرحمن"})
_SHORTEST_FAMILY: Final = 3
_SEARCHED: Final = re.compile(r"[^\W_]+")


class Gender(StrEnum):
    """Decides the link word of a full name."""

    MALE = "male"
    FEMALE = "female"


class NameMatch(StrEnum):
    """The result of comparing two names; ``REVIEW`` is no match, but worth a person's eye."""

    MATCH = "match"
    REVIEW = "review"
    NO_MATCH = "no_match"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in the four fields of an identity document, as written; unknown parts are empty."""

    first: str
    father: str = ""
    grandfather: str = ""
    family: str = ""

    def full(self, gender: Gender) -> str:
        """Return the shown form: «أحمد بن محمد بن علي الغامدي», «هدى بنت سالم العتيبي»."""
        link = "بنت" if gender is Gender.FEMALE else "بن"
        words = [self.first]
        if self.father:
            words += [link, self.father]
        if self.grandfather:
            words += ["بن", self.grandfather]
        return " ".join(word for word in (*words, self.family) if word)


@dataclass(frozen=True, slots=True)
class NameKey:
    """The matching normal form of a name; ``family`` starts with «آل» when that mark was written."""

    first: str
    father: str
    grandfather: str
    family: str

    @property
    def block(self) -> str:
        """The key candidates share: first name and family without its mark."""
        return f"{self.first} {self.family.removeprefix(_FAMILY_MARK)}".strip()


def fold(text: str) -> str:
    """Return the form under which free text is indexed and searched; folding twice changes nothing."""
    words = [_Word(word, word) for word in _SEARCHED.findall(_plain(text))]
    return " ".join(word.plain for word in _compounds(words))


def split_name(text: str) -> NameParts:
    """Split a one-line name, best effort: compounds stay together, «بن» is dropped.

    Two names are first and family, three are first, father and family; names between the
    grandfather and the family are left out.
    """
    names = [group.written for group in _with_family_mark(_compounds(_words(text)))]
    match names:
        case []:
            return NameParts("")
        case [first]:
            return NameParts(first)
        case [first, family]:
            return NameParts(first, family=family)
        case [first, father, family]:
            return NameParts(first, father, family=family)
        case _:
            return NameParts(names[0], names[1], names[2], names[-1])


def name_key(name: str | NameParts) -> NameKey:
    """Return the normal form used to compare a name, from one line or from its four fields."""
    parts = split_name(name) if isinstance(name, str) else name
    return NameKey(_key(parts.first), _key(parts.father), _key(parts.grandfather), _family_key(parts.family))


def compare_names(a: str | NameParts, b: str | NameParts) -> NameMatch:
    """Compare two names.

    They match when first, father and family are equal, and the grandfather too where both have one.
    A missing father or family, or families that differ only by «آل», leave the answer to a person.
    """
    return compare_keys(name_key(a), name_key(b))


def compare_keys(left: NameKey, right: NameKey) -> NameMatch:
    """Compare two names by their normal forms, as ``compare_names`` does."""
    if not left.first or left.first != right.first:
        return NameMatch.NO_MATCH
    pairs = (
        (left.father, right.father),
        (left.grandfather, right.grandfather),
        (left.family.removeprefix(_FAMILY_MARK), right.family.removeprefix(_FAMILY_MARK)),
    )
    if any(x and y and x != y for x, y in pairs):
        return NameMatch.NO_MATCH
    father_known, family_known = all(pairs[0]), all(pairs[2])
    if not father_known and not family_known:
        return NameMatch.NO_MATCH
    if father_known and family_known and left.family == right.family:
        return NameMatch.MATCH
    return NameMatch.REVIEW


def _plain(text: str) -> str:
    """Letters without marks, case or hamza: NFKD turns أ إ آ ؤ ئ into a letter and a mark to drop."""
    opened = unicodedata.normalize("NFKD", clean(text))
    lowered = opened.casefold()
    if lowered != opened:
        opened = unicodedata.normalize("NFKD", lowered)
    return ascii_digits(without_marks(opened).translate(_LETTERS))


def _words(text: str) -> list["_Word"]:
    return [_Word(word, _plain(word)) for word in clean(text).split()]


def _key(text: str) -> str:
    return "".join(word.plain for word in _words(text) if word.plain not in _LINKS)


def _family_key(text: str) -> str:
    words = [word for word in _words(text) if word.plain not in _LINKS]
    key = "".join(word.plain for word in words)
    if len(words) > 1 and without_marks(words[0].written) in _FAMILY_WORDS:
        return _FAMILY_MARK + key.removeprefix(_ARTICLE)
    rest = key.removeprefix(_ARTICLE)
    if len(rest) < _SHORTEST_FAMILY:
        return key
    return _FAMILY_MARK + rest if words and without_marks(words[0].written).startswith(_FAMILY_MARK) else rest


def _with_family_mark(words: Iterable["_Word"]) -> list["_Word"]:
    """Join a standing «آل» or «ال» to the name after it."""
    joined: list[_Word] = []
    for word in words:
        if joined and without_marks(joined[-1].written) in _FAMILY_WORDS:
            joined[-1] = joined[-1].followed_by(word)
        else:
            joined.append(word)
    return joined


def _compounds(words: Iterable["_Word"]) -> list["_Word"]:
    """Join words that make one name («عبد الله», «أبو بكر», «نور الدين») and drop «بن» after the first."""
    joined: list[_Word] = []
    opened = ""
    for word in words:
        if joined and word.plain in _LINKS:
            continue
        opens = opened in _OPENS_COMPOUND or (opened == "عبيد" and word.plain in _AFTER_OBAID)
        if joined and (opens or word.plain in _CLOSES_COMPOUND):
            joined[-1] = joined[-1].followed_by(word)
        else:
            joined.append(word)
        opened = word.plain
    return joined


class _Word(NamedTuple):
    """A name as written, with spaces inside a compound, and its plain letters, without."""

    written: str
    plain: str

    def followed_by(self, other: "_Word") -> "_Word":
        return _Word(f"{self.written} {other.written}", self.plain + other.plain)
