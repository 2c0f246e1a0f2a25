"""From folded words to what the full-text table is asked, step by step: whole words, beginnings, parts, similar words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tarahum_desktop.casework.search.hits import How
from tarahum_desktop.casework.search.memory import SearchMemory

_MOST_WORDS_FOR_ONE: Final = 30
Asked = tuple[How, str]


def exact_steps(words: Sequence[str]) -> Iterator[Asked]:
    """The words as they are, then as beginnings."""
    if words:
        yield How.EXACT, " ".join(f'"{word}"' for word in words)
        yield How.BEGINNING, " ".join(f'"{word}"*' for word in words)


def inside_steps(words: Sequence[str], memory: SearchMemory) -> Iterator[Asked]:
    """Each word as a beginning or as a part of a word here; nothing when no word has any."""
    parts = [memory.words.holding(word, _MOST_WORDS_FOR_ONE) for word in words]
    if any(parts):
        yield How.INSIDE, _all_of(words, lambda at: parts[at])


def similar_steps(words: Sequence[str], memory: SearchMemory) -> Iterator[Asked]:
    """Each word also as a word spelt almost so: one letter away first, then two."""
    parts = [memory.words.holding(word, _MOST_WORDS_FOR_ONE) for word in words]
    near = [memory.words.similar(word, _MOST_WORDS_FOR_ONE) for word in words]
    furthest = max((distance for found in near for _word, distance in found), default=0)
    for allowed in range(1, furthest + 1):
        yield (
            How.SIMILAR,
            _all_of(
                words,
                lambda at: [*parts[at], *(word for word, distance in near[at] if distance <= allowed)],  # noqa: B023 - read at once
            ),
        )


def _all_of(words: Sequence[str], others: Callable[[int], list[str]]) -> str:
    # The words come from folding, which leaves letters and digits only: no quote can end a string here.
    return " AND ".join(
        "(" + " OR ".join([f'"{word}"*', *(f'"{other}"' for other in others(at))]) + ")"
        for at, word in enumerate(words)
    )
