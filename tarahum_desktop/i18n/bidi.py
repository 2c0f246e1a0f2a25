"""Direction marks: added around what must stay left to right, removed from what people paste."""

LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def isolate_ltr(text: str) -> str:
    """``text`` wrapped so that a phone, an IBAN or a code keeps its order inside Arabic."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def isolate(text: str) -> str:
    """``text`` wrapped so that its own direction (a name in either script) does not disturb the sentence."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def strip_marks(text: str) -> str:
    """``text`` without the invisible direction controls that pasted text brings."""
    return text.translate(_MARKS)
