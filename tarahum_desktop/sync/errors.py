"""What can be wrong with something another replica sent, or with this replica's own clock."""

from tarahum_desktop.domain.errors import TarahumError


class SyncError(TarahumError):
    """Anything that stops an exchange; local work goes on."""

    code = "sync_failed"


class BadBatch(SyncError):
    """A batch that is not what its maker signed, or not a batch: refused whole."""

    code = "batch_unreadable"


class UnknownDevice(SyncError):
    """The device is not enrolled at the receiver, or its key does not fit."""

    code = "device_unknown"


class DeviceRevoked(SyncError):
    """The device was revoked; its batches go to quarantine."""

    code = "device_revoked"


class BatchTooEarly(SyncError):
    """A batch whose predecessors, or the changes its author had seen, have not arrived yet."""

    code = "batch_waiting"


class ClockAhead(SyncError):
    """A stamp lies too far in the receiver's future. Fact ``ahead_ms``."""

    code = "clock_ahead"


class HardDelete(SyncError):
    """Replicated rows are never deleted; they are marked as removed."""

    code = "hard_delete"


class UncapturedWrite(SyncError):
    """A bulk statement would have changed replicated rows without a change record."""

    code = "uncaptured_write"


class FixedField(SyncError):
    """A field that never changes after creation was about to change. Facts ``entity``, ``field``."""

    code = "fixed_field"


class BatchHeld(SyncError):
    """The receiver keeps a batch until what it waits for arrives, or until somebody there lets it in."""

    code = "batch_held"


class RowChanged(SyncError):
    """An exchange changed a row while somebody edited what they had read before. Fact ``entity``."""

    code = "row_changed"


class RowTaken(SyncError):
    """A new row's id is there already, brought by somebody else in the same moment. Fact ``entity``."""

    code = "row_taken"
