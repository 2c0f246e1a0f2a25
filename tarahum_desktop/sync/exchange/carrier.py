"""What the engine asks of a carrier that talks to the other side at once (HTTP, or the office LAN)."""

from collections.abc import Sequence
from typing import Protocol

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.calls import Call, Reply, Request
from tarahum_desktop.sync.exchange.messages import (
    HelloReply,
    HelloRequest,
    PullReply,
    PullRequest,
    PushReply,
    SnapshotReply,
    SnapshotRequest,
)


class LineFailed(SyncError):
    """The line broke or never came up; whatever was acknowledged stays, the rest is sent again."""

    code = "line_failed"


class AnswerCut(LineFailed):
    """The line broke in the midst of an answer; ``begun`` is what arrived of it."""

    def __init__(self, begun: bytes) -> None:
        super().__init__()
        self.begun = begun


class Carrier(Protocol):
    """One open line to another replica; every call raises LineFailed when the line breaks."""

    def hello(self, request: HelloRequest) -> HelloReply:
        """Open an exchange, or compare at its end."""

    def push(self, payload: bytes) -> PushReply:
        """Hand over one sealed batch."""

    def push_run(self, payloads: Sequence[bytes]) -> PushReply:
        """Hand over sealed batches one behind the other; the reply is to the last, or to the first that was not taken.

        Each counts as soon as it has arrived, whether or not the reply comes back.
        """

    def pull(self, request: PullRequest) -> PullReply:
        """Take log entries."""

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """Take a page of a scope."""

    def ask(self, call: Call[Request, Reply], request: Request) -> Reply:
        """Any other call."""
