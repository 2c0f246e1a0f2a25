"""Why a content that is on record cannot be shown."""

from tarahum_desktop.casework.errors import CaseworkError


class ContentNotHere(CaseworkError):
    """It has not arrived on this machine, or was let go of to make room; it can be fetched."""

    code = "content_not_here"

    def __init__(self, sha256: bytes) -> None:
        super().__init__()
        self.sha256 = sha256


class ContentNotThere(CaseworkError):
    """The centre does not have it yet: the machine it was made on has not sent it."""

    code = "content_not_there"


class ContentNotFetched(CaseworkError):
    """It could not be fetched now. Fact ``reason``."""

    code = "content_not_fetched"
