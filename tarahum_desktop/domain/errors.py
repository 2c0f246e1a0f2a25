"""The one root of every error a person may meet.

An error carries a stable code and facts made of ids and numbers. The sentence a person reads is chosen
by the code in the i18n room; nothing personal is ever part of an error, because errors reach logs.
"""


class TarahumError(Exception):
    """An expected failure with a stable ``code`` and non-personal ``facts``."""

    code = "unexpected"

    def __init__(self, code: str | None = None, **facts: str | int) -> None:
        self.code = code or type(self).code
        self.facts = facts
        super().__init__(self.code, facts)
