"""Small batches, pages and messages that would ask for gigabytes, or for hours, from a reader that believed them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec
import zstandard

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.codec.envelope import dictionary, open_batch
from tarahum_desktop.sync.codec.page import open_page
from tarahum_desktop.sync.exchange import messages

Bomb = tuple[str, bytes]
_CHANCE: Final = bytes(10)
_NOBODY: Final = [0, 0]
_MANY: Final = 100_000


def burst(bomb: Bomb) -> str:
    """What a reader makes of it; everybody's signature counts here."""
    kind, data = bomb
    try:
        if kind == "batch":
            open_batch(data, lambda _device: b"", lambda *_: True)
        elif kind == "page":
            open_page(data, b"", lambda *_: True)
        else:
            messages.decode(data, getattr(messages, kind))
    except TarahumError as error:
        return f"refused {error.code}"
    return "taken"


def _frame(document: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3, dict_data=dictionary(), write_checksum=False).compress(document)


def _batch(document: bytes, rows: int = _MANY, ids: bytes = _CHANCE) -> Bomb:
    header = msgspec.msgpack.encode([1, "ryd", 7, 1, rows, {}])
    return "batch", msgspec.msgpack.encode([b"TRH1", header, ids, _frame(document), bytes(64)])


def _page(body: list[Any]) -> Bomb:
    ids = _CHANCE * (body[0])
    header = msgspec.msgpack.encode(["ryd", "person"])
    frame = _frame(msgspec.msgpack.encode(body))
    return "page", msgspec.msgpack.encode([b"TRS1", header, ids, frame, bytes(64)])


def _of(groups: list[Any], rows: int = _MANY) -> Bomb:
    body = [rows, [0, 5], [0, 5], _NOBODY, [0, 0], groups]
    return _batch(msgspec.msgpack.encode(body), rows)


def _array(count: int) -> bytes:
    return b"\xdd" + count.to_bytes(4, "big")


def empty_lists() -> Bomb:
    """Sixty million empty lists where a document should be."""
    count = 60 * 1024 * 1024
    return _batch(_array(count) + b"\x90" * count)


def empty_lists_in_a_column() -> Bomb:
    """The same in the place of one column of a good document."""
    count = 60 * 1024 * 1024
    head = msgspec.msgpack.encode([1, [0, 5], [0, 5], _NOBODY, [0, 0], 0])[:-1]
    column = b"\x92\x06" + _array(count) + b"\x90" * count
    group = b"\x91\x95\xa6person\x01\x91\xaafirst_name\x92\x00\x00\x91" + column
    return _batch(head + group, 1)


def maps_in_maps() -> Bomb:
    """Nesting that would end the stack."""
    return _batch(b"\x81\x01" * 1_000_000 + b"\xc0")


def one_text_in_every_row() -> Bomb:
    """A text of eight megabytes which a hundred thousand rows share: 800 GB in a table."""
    return _of([["person", 0, ["mobile"], [0, 0], [[[0, "x" * 2**23], [0, b""], [0, None]]]]])


def digits_after_a_long_prefix() -> Bomb:
    """A prefix of eight megabytes before a number in every row, which would be built in full."""
    column = [5, "x" * 2**23, 3, [0, 7]]
    return _of([["person", 0, ["mobile"], [0, 0], [[column, [0, b""], [0, None]]]]])


def few_texts_many_times() -> Bomb:
    """The same with a table of few values."""
    column = [2, ["x" * 2**22, "y"], bytes(_MANY)]
    return _of([["person", 0, ["mobile"], [0, 0], [[column, [0, b""], [0, None]]]]])


def more_indexes_than_rows() -> Bomb:
    """Sixty million indexes of one row."""
    column = [2, ["x", "y"], bytes(60 * 1024 * 1024)]
    return _of([["person", 0, ["mobile"], [0, 0], [[column, [0, b""], [0, None]]]]], 1)


def replaced_stamps_in_every_row() -> Bomb:
    """A million replaced stamps which a hundred thousand edits share."""
    return _of([["person", 0, ["mobile"], [0, 0], [[[0, "x"], [0, bytes(12_000_000)], [0, None]]]]])


def names_without_end() -> Bomb:
    """Thirty million names of fields."""
    names = ["a"] * 15_000_000
    return _of([["person", 0, names, [0, 0], []]], 1)


def columns_without_end() -> Bomb:
    """A thousand columns of a hundred thousand rows each."""
    names = [f"f{n}" for n in range(1_000)]
    columns = [[[0, "x"], [0, b""], [0, None]]] * 1_000
    return _of([["person", 0, names, [0, 0], columns]])


def groups_without_end() -> Bomb:
    """A million groups for one row."""
    return _of([["person", 0, [], [0, 0], []]] * 1_000_000, 1)


def needs_without_end() -> Bomb:
    """A header that names a million devices."""
    needs = dict.fromkeys(range(1_000_000), 1)
    header = msgspec.msgpack.encode([1, "ryd", 7, 1, 1, needs])
    return "batch", msgspec.msgpack.encode([b"TRH1", header, _CHANCE, b"", bytes(64)])


def a_frame_that_claims() -> Bomb:
    """A frame of a few bytes that claims to hold four gigabytes."""
    frame = b"\x28\xb5\x2f\xfd\xa0" + (2**32 - 1).to_bytes(4, "little") + b"\x00" * 8
    header = msgspec.msgpack.encode([1, "ryd", 7, 1, 1, {}])
    return "batch", msgspec.msgpack.encode([b"TRH1", header, _CHANCE, frame, bytes(64)])


def _rows(rows: int, **parts: Any) -> list[Any]:
    """A page's document: good rows with ids that differ in their times, but for these parts."""
    counting = [4, 0, [0, 2]]
    plain = {"times": counting, "ids": counting, "readings": [0, 5], "devices": [0, 5], "authors": [0, None]}
    plain |= {"marks": [0, None], "carried": [0, None], "losers": [0, None]} | parts
    return [rows, *plain.values(), [], []]


def marks_in_every_row() -> Bomb:
    """Marks of eight megabytes which twenty thousand rows share: each row's would be read."""
    return _page(_rows(20_000, marks=[0, bytes(2**23)]))


def marks_without_end() -> Bomb:
    """Marks of a million fields in one row."""
    marks = msgspec.msgpack.encode({f"f{n}": (bytes(12), None) for n in range(1_000_000)})
    return _page(_rows(2, marks=[0, marks]))


def losers_without_end() -> Bomb:
    """A million open conflicts of one row."""
    losers = msgspec.msgpack.encode([("mobile", bytes(12), b"\xc0", None, None)])[1:] * 1_000_000
    return _page(_rows(2, losers=[0, _array(1_000_000) + losers]))


def carried_in_carried() -> Bomb:
    """A carried value that is ten million empty lists."""
    value = _array(10_000_000) + b"\x90" * 10_000_000
    carried = b"\x81\xa1x\x92" + value + b"\xc4\x0c" + bytes(12)
    return _page(_rows(2, carried=[0, carried]))


def scopes_in_a_hello() -> Bomb:
    """A message that says to hold four billion parts."""
    return "HelloRequest", b"\x95\x01\x02\x01\x00\xdf\xff\xff\xff\xff"


def entries_in_a_reply() -> Bomb:
    """Sixteen million parts where log entries should be."""
    return "PullReply", b"\x93" + _array(16_000_000) + b"\x90" * 16_000_000


BOMBS: Final[Mapping[str, Callable[[], Bomb]]] = MappingProxyType(
    {
        make.__name__: make
        for make in (
            empty_lists, empty_lists_in_a_column, maps_in_maps, one_text_in_every_row, digits_after_a_long_prefix,
            few_texts_many_times, more_indexes_than_rows, replaced_stamps_in_every_row, names_without_end,
            columns_without_end, groups_without_end, needs_without_end, a_frame_that_claims, marks_in_every_row,
            marks_without_end, losers_without_end, carried_in_carried, scopes_in_a_hello, entries_in_a_reply,
        )
    }
)  # fmt: skip
