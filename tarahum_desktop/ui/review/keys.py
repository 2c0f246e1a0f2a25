"""Every decision of the review desk as an action with its key."""

from collections.abc import Sequence

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.review.conflict_panel import THIRD, ConflictPanel
from tarahum_desktop.ui.review.pair_panel import PairPanel
from tarahum_desktop.ui.review.presenter import ReviewPresenter


def review_actions(here: ReviewPresenter, conflicts: ConflictPanel, pairs: PairPanel) -> Sequence[Action]:
    """What can be done here now."""
    group = msgid("To decide")

    def on_either() -> bool:
        return here.conflict is not None or here.settled is not None

    def third() -> None:
        if here.conflict is not None:
            conflicts.begin_third()
        else:
            here.deciding.press(THIRD)

    def on_pair() -> bool:
        return here.pair is not None and not pairs.asking

    return (
        Action("review.conflicts", msgid("List of conflicts"), lambda: here.choose_tab("conflicts"), "Ctrl+1", "conflict", group=group),
        Action("review.pairs", msgid("List of duplicates"), lambda: here.choose_tab("pairs"), "Ctrl+2", "families", group=group),
        Action("review.exceptions", msgid("List of exceptions"), lambda: here.choose_tab("exceptions"), "Ctrl+3", "warning", group=group),
        Action("review.settled", msgid("List of earlier decisions"), lambda: here.choose_tab("settled"), "Ctrl+4", "clock", group=group),
        Action("review.harmless", msgid("Take the latest value where nothing depends on it"), here.deciding.settle_harmless, "F7", "check", group=group),
        Action("review.mine", msgid("Keep the first value, or mark a decision as seen"), lambda: here.deciding.press(1), "1", "check", on_either, group),
        Action("review.theirs", msgid("Keep the second value, or put back the one set aside"), lambda: here.deciding.press(2), "2", "check", on_either, group),
        Action("review.third", msgid("Type another value, or open the file of a decision"), third, "3", "edit", on_either, group),
        Action("review.same", msgid("The two are one person"), pairs.ask, "S", "check", on_pair, group),
        Action("review.different", msgid("The two are different people"), here.different, "D", "families", on_pair, group),
        Action("review.later", msgid("Decide about the two later"), here.later, "L", "clock", on_pair, group),
        Action("review.look", msgid("Look through all records now"), here.look, "F6", "search", group=group),
        Action("review.again", msgid("Read again"), here.open, "F5", "sync", group=group),
    )  # fmt: skip
