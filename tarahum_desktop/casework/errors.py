"""Why a use case was not carried out, as types with codes; facts are ids and numbers only."""

from tarahum_desktop.domain.errors import TarahumError


class CaseworkError(TarahumError):
    """Anything a use case refuses."""

    code = "casework_refused"


class NotAllowed(CaseworkError):
    """The person's roles do not allow this here. Fact ``action``."""

    code = "not_allowed"


class RecordMissing(CaseworkError):
    """No such record on this machine: it may belong to another office or not have arrived. Fact ``entity``."""

    code = "record_missing"


class DraftMissing(CaseworkError):
    """The draft was submitted or discarded, or is another person's."""

    code = "draft_missing"


class DraftRefused(CaseworkError):
    """A draft value that is too large or not an answer."""

    code = "draft_value_refused"


class FormMissing(CaseworkError):
    """No version of the form is on this machine. Facts ``form``, ``version``."""

    code = "form_missing"


class ReasonMissing(CaseworkError):
    """This step needs a reason in words."""

    code = "reason_missing"


class VisitNotReady(CaseworkError):
    """A visit that lacks answers; ``missing`` and ``wrong`` are paths of the form, in its order.

    The paths are kept beside the facts, which reach logs: a path holds row ids, but never an answer.
    """

    code = "visit_not_ready"

    def __init__(self, missing: tuple[str, ...], wrong: tuple[str, ...]) -> None:
        super().__init__(None, count=len(missing) + len(wrong))
        self.missing = missing
        self.wrong = wrong


class ExchangeRunning(CaseworkError):
    """One exchange at a time."""

    code = "exchange_running"


class NoDocumentReason(CaseworkError):
    """A person without a document is put on record only with the reason why there is none. Fact ``row``, from 0."""

    code = "no_id_reason_missing"
