"""The rule for one field by itself: whoever hears the same edits, in any causal order, shows the same heads."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.domain.merge_policy import Policy
from tarahum_desktop.sync.clock import HybridClock, make_stamp, stamp_reading
from tarahum_desktop.sync.merge import Head, merge_field
from tests.convergence.profiles import share

REPLICAS = 5
CREATED = Head(make_stamp(1, 9), "[]", None)


@dataclass(frozen=True)
class Edit:
    """One edit as it travels, with all its author had heard of by then."""

    head: Head
    replaces: tuple[bytes, ...]
    seen: frozenset[bytes]


@dataclass
class Node:
    """A replica reduced to one field."""

    number: int
    policy: Policy
    heads: list[Head] = field(default_factory=lambda: [CREATED])
    heard: set[bytes] = field(default_factory=set)
    clock: HybridClock = field(default_factory=HybridClock)

    def edit(self, value: str, wall: int, *, decides: bool) -> Edit:
        self.clock.resume(max(stamp_reading(head.stamp) for head in self.heads))
        stamp = make_stamp(self.clock.tick(wall), self.number)
        replaced = self.heads if decides else self.heads[:1]
        made = Edit(Head(stamp, value, None), tuple(head.stamp for head in replaced), frozenset(self.heard))
        self.hear(made)
        return made

    def hear(self, edit: Edit) -> None:
        self.heads = merge_field(self.policy, self.heads, edit.head, edit.replaces)
        self.heard.add(edit.head.stamp)

    def may_hear(self, edit: Edit) -> bool:
        return edit.seen <= self.heard


def deliver(node: Node, edits: list[Edit], choose) -> None:
    """Everything a node has not heard, in an order somebody else chooses, causes before effects."""
    waiting = [edit for edit in edits if edit.head.stamp not in node.heard]
    while waiting:
        ready = [edit for edit in waiting if node.may_hear(edit)]
        edit = ready[choose(len(ready))]
        node.hear(edit)
        waiting.remove(edit)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "decide", "hear", "hear"]),
        st.integers(0, REPLICAS - 1),
        st.integers(0, 50),
        st.integers(-3, 3),
    ),
    max_size=30,
)


@settings(max_examples=share(300, 20_000), deadline=None)
@given(steps=STEPS, policy=st.sampled_from([Policy.MERGE, Policy.REVIEW, Policy.APPEND]), data=st.data())
def test_any_causal_order_of_any_edits_on_five_replicas_ends_in_the_same_heads(steps, policy, data):
    nodes = [Node(number, policy) for number in range(REPLICAS)]
    edits: list[Edit] = []
    for at, (what, who, which, wall) in enumerate(steps):
        node = nodes[who]
        if what == "hear":
            ready = [e for e in edits if e.head.stamp not in node.heard and node.may_hear(e)]
            if ready:
                node.hear(ready[which % len(ready)])
        else:
            edits.append(node.edit(f"[{at}]", max(0, 10 + wall), decides=what == "decide"))
    for node in nodes:
        deliver(node, edits, lambda count: data.draw(st.integers(0, count - 1)))
    assert all(node.heads == nodes[0].heads for node in nodes)
    if policy is Policy.REVIEW:
        replaced = {stamp for edit in edits for stamp in edit.replaces}
        unreplaced = {edit.head.stamp for edit in edits} - replaced
        assert {head.stamp for head in nodes[0].heads} == (unreplaced or {CREATED.stamp})


@settings(max_examples=share(200, 5_000), deadline=None)
@given(
    steps=STEPS,
    policy=st.sampled_from([Policy.MERGE, Policy.REVIEW, Policy.APPEND]),
    start=st.integers(0, 30),
)
def test_hearing_part_of_the_same_edits_again_changes_nothing_in_the_end(steps, policy, start):
    """A snapshot may bring edits before the log brings them, and those they replaced, once more."""
    author, reader = Node(1, policy), Node(2, policy)
    edits = [
        (author if who % 2 else reader).edit(f"[{at}]", 10 + wall, decides=what == "decide")
        for at, (what, who, _, wall) in enumerate(steps)
    ]
    for node in (author, reader):
        deliver(node, edits, lambda _count: 0)
    before = list(reader.heads)
    in_causal_order = sorted(edits, key=lambda edit: len(edit.seen))
    for edit in in_causal_order[start:]:
        reader.hear(edit)
    assert reader.heads == before == author.heads
