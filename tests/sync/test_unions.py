"""Lists of a field that is not known here are united whatever anybody wrote into it, the same in every order."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.merge_policy import Policy
from tarahum_desktop.sync.merge import Head, merge_field

WIRE = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.binary(max_size=12)
    | st.text(max_size=20)
)
LISTS = st.sampled_from(
    ('["a","b"]', "[]", '{"a":1}', "[1,", "5", "NaN", "[" * 3000, '"\\ud800"', '["b",["c"]]')
)


@given(values=st.lists(WIRE | LISTS, min_size=1, max_size=3))
def test_any_values_unite_to_the_same_in_every_order(values):
    edits = [Head(bytes([at] * 12), value, None) for at, value in enumerate(values)]
    united = set()
    for order in permutations(edits):
        heads = [order[0]]
        for edit in order[1:]:
            heads = merge_field(Policy.APPEND, heads, edit, ())
        united.add((heads[0].stamp, heads[0].value if len(values) > 1 else "alone"))
    assert len(united) == 1
