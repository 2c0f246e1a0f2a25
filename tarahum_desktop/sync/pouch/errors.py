"""What can be wrong with a pouch, a stick or a request to join; in every case nothing here has changed."""

from tarahum_desktop.sync.errors import SyncError


class PouchError(SyncError):
    """A file that cannot be taken as a pouch."""

    code = "pouch_unreadable"


class PouchHalfCopied(PouchError):
    """The file ends before its end. Fact ``percent``: how much of it is there."""

    code = "pouch_half_copied"


class PouchDamaged(PouchError):
    """The sealed content is not what was written."""

    code = "pouch_damaged"


class PouchForeign(PouchError):
    """Sealed to other machines. Facts ``number``, ``maker`` and ``receiver``: the first of them."""

    code = "pouch_foreign"


class PouchTampered(PouchError):
    """The content opens, but is not what its maker signed."""

    code = "pouch_tampered"


class PouchNewer(PouchError):
    """A newer program made it, in a form this one does not know. Fact ``format``."""

    code = "pouch_newer"


class PouchExpired(PouchError):
    """Older than it may be. Facts ``number`` and ``maker``."""

    code = "pouch_expired"


class PouchMakerUnknown(PouchError):
    """Its maker is not a device known here. Fact ``maker``."""

    code = "pouch_maker_unknown"


class PouchMakerRevoked(PouchError):
    """Its maker may no longer exchange. Fact ``maker``."""

    code = "pouch_maker_revoked"


class PouchTooLarge(PouchError):
    """Larger than a pouch may be."""

    code = "pouch_too_large"


class NoReceiver(PouchError):
    """Nobody is known here to whom a pouch could be sealed."""

    code = "pouch_no_receiver"


class StickError(SyncError):
    """The stick, or the folder that stands for one, does not do."""

    code = "stick_failed"


class StickUnregistered(StickError):
    """It carries no registration, or one that no office of this committee signed."""

    code = "stick_unregistered"


class StickForeign(StickError):
    """It is registered for another committee."""

    code = "stick_foreign"


class StickRetired(StickError):
    """Its registration was withdrawn here."""

    code = "stick_retired"


class StickFull(StickError):
    """No room. Facts ``needed`` and ``free`` in bytes."""

    code = "stick_full"


class StickReadOnly(StickError):
    """It cannot be written to."""

    code = "stick_read_only"


class StickGone(StickError):
    """It was pulled out, or does not answer."""

    code = "stick_gone"


class StickUnfaithful(StickError):
    """What was read back is not what was written."""

    code = "stick_unfaithful"


class RequestRefused(SyncError):
    """A request file to join that is none, or was changed."""

    code = "join_request_unreadable"
