"""Tables every replica shares, and the engines below them."""

from tarahum_desktop.models.access import Device, RoleGrant, Scope, User
from tarahum_desktop.models.agreement import Agreement
from tarahum_desktop.models.base import Base, Replicated, replicated_entities
from tarahum_desktop.models.case import Case, CaseMove
from tarahum_desktop.models.catalogue import (
    ApprovalLevel,
    FormVersion,
    Programme,
    ReferenceItem,
    Service,
    Track,
)
from tarahum_desktop.models.consent import Consent
from tarahum_desktop.models.custody import CustodyEpisode
from tarahum_desktop.models.household import Household, Membership
from tarahum_desktop.models.local import (
    Draft,
    DraftField,
    Invitation,
    LocalSetting,
    PersonIndex,
    RequestNonce,
)
from tarahum_desktop.models.organisation import Committee, Facility, Place, Region, Team
from tarahum_desktop.models.person import Person
from tarahum_desktop.models.plan import Delivery, FollowUp, PlanItem
from tarahum_desktop.models.synclog import (
    AppliedVector,
    BatchLog,
    Conflict,
    ExchangeRecord,
    HeldBatch,
    Outbox,
    ScopeState,
)
from tarahum_desktop.models.visit import MatrixRating, Visit

__all__ = [
    "Agreement",
    "AppliedVector",
    "ApprovalLevel",
    "Base",
    "BatchLog",
    "Case",
    "CaseMove",
    "Committee",
    "Conflict",
    "Consent",
    "CustodyEpisode",
    "Delivery",
    "Device",
    "Draft",
    "DraftField",
    "ExchangeRecord",
    "Facility",
    "FollowUp",
    "FormVersion",
    "HeldBatch",
    "Household",
    "Invitation",
    "LocalSetting",
    "MatrixRating",
    "Membership",
    "Outbox",
    "Person",
    "PersonIndex",
    "Place",
    "PlanItem",
    "Programme",
    "ReferenceItem",
    "Region",
    "Replicated",
    "RequestNonce",
    "RoleGrant",
    "Scope",
    "ScopeState",
    "Service",
    "Team",
    "Track",
    "User",
    "Visit",
    "replicated_entities",
]
