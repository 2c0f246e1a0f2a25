"""What a pouch proves about a clock that never meets another one.

An answer was made after the pouch it answers and before now. Where this machine's clock says otherwise by more than
clocks are allowed to differ, it is wrong, and the nearest time that fits is the best one known.
"""

from tarahum_desktop.sync.clock import MAX_AHEAD_MS


def proven_time(now_ms: int, answer_ms: int, question_ms: int | None) -> int | None:
    """The true time now as far as it is proven; None while this clock may be right.

    Args:
        now_ms: this machine's best known time.
        answer_ms: when an answer was made, by the clock of an office or the centre.
        question_ms: when what it answers was made, by this machine's clock; None when it answers nothing of ours.
    """
    if now_ms < answer_ms - MAX_AHEAD_MS:
        return answer_ms
    if question_ms is not None and question_ms > answer_ms + MAX_AHEAD_MS:
        return now_ms - (question_ms - answer_ms)
    return None
