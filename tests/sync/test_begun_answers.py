"""Of an answer that was cut anywhere, everything that arrived is read, and nothing that did not."""

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.sync.exchange.begun import read_begun
from tarahum_desktop.sync.exchange.messages import LogEntry, Piece, PullReply, encode

_POSITIONS = st.integers(0, 2**63 - 1)
_CONTENTS = st.one_of(st.binary(max_size=20), st.integers(250, 260).map(bytes), st.just(bytes(65_540)))
_ENTRIES = st.lists(st.builds(LogEntry, _POSITIONS, _CONTENTS), max_size=20)
_PIECES = st.builds(Piece, _POSITIONS, _POSITIONS, _POSITIONS, _CONTENTS)


@given(_ENTRIES, st.floats(0, 1))
def test_whole_entries_and_the_beginning_of_the_next_are_kept(entries, share):
    whole = encode(PullReply(entries, 7, 9))
    answer = whole[: int(len(whole) * share)]
    found, piece = read_begun(answer)
    assert found == entries[: len(found)]
    kept = sum(len(entry.payload) for entry in found) + (len(piece.content) if piece else 0)
    if piece:
        following = entries[len(found)]
        assert (piece.position, piece.size, piece.offset) == (following.position, len(following.payload), 0)
        assert following.payload.startswith(piece.content)
    heads = 5 + 15 * (len(found) + 1) + 25
    assert kept >= len(answer) - heads


@given(_PIECES, st.integers(0, 70_000))
def test_what_arrived_of_a_piece_is_kept(piece, size):
    found, begun = read_begun(encode(PullReply([], 7, 9, piece))[:size])
    assert found == []
    if begun:
        assert piece.content.startswith(begun.content)
        assert (begun.position, begun.size, begun.offset) == (piece.position, piece.size, piece.offset)


@given(st.binary(max_size=300))
def test_whatever_else_arrives_is_no_fault(answer):
    read_begun(answer)
