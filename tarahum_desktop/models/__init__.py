"""Tables every replica shares, and the engines below them."""

from tarahum_desktop.models.access import Device, DeviceOrder, RoleGrant, Scope, User
from tarahum_desktop.models.agreement import Agreement
from tarahum_desktop.models.amendment import Amendment, Questionnaire
from tarahum_desktop.models.attachment import Attachment
from tarahum_desktop.models.base import Base, Replicated, replicated_entities
from tarahum_desktop.models.care import Alert, Assignment, ReleaseCheck
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
from tarahum_desktop.models.course import Attendance, Course, CourseMember, CourseSession
from tarahum_desktop.models.custody import CustodyEpisode, CustodyMove
from tarahum_desktop.models.household import Household, Membership
from tarahum_desktop.models.import_run import ImportRun
from tarahum_desktop.models.inmate_request import InmateRequest
from tarahum_desktop.models.local import (
    Blob,
    BlobChunk,
    Draft,
    DraftField,
    FieldHistory,
    Finding,
    ImportMade,
    ImportMapping,
    Invitation,
    LocalSetting,
    PersonIndex,
    RequestNonce,
    SavedList,
)
from tarahum_desktop.models.minute import Minute, MinuteDecision
from tarahum_desktop.models.money import Entitlement, FundEntry, Payment, PaymentSheet
from tarahum_desktop.models.organisation import Committee, Facility, Place, Region, Team
from tarahum_desktop.models.person import Person
from tarahum_desktop.models.plan import Delivery, FollowUp, PlanItem
from tarahum_desktop.models.referral import Referral
from tarahum_desktop.models.relocation import Addendum, Arrival, Departure, Relocation
from tarahum_desktop.models.ruling import PersonMerge, Ruling
from tarahum_desktop.models.service_rules import ServiceRulesVersion
from tarahum_desktop.models.synclog import (
    AppliedVector,
    BatchLog,
    CentreReceipt,
    Conflict,
    DeviceContact,
    ExchangeRecord,
    HealRecord,
    HeldBatch,
    Outbox,
    PeerPosition,
    Pouch,
    PouchStick,
    ScopeState,
    StrangeRow,
)
from tarahum_desktop.models.visit import MatrixRating, Visit

__all__ = [
    "Addendum",
    "Agreement",
    "Alert",
    "Amendment",
    "AppliedVector",
    "ApprovalLevel",
    "Arrival",
    "Assignment",
    "Attachment",
    "Attendance",
    "Base",
    "BatchLog",
    "Blob",
    "BlobChunk",
    "Case",
    "CaseMove",
    "CentreReceipt",
    "Committee",
    "Conflict",
    "Consent",
    "Course",
    "CourseMember",
    "CourseSession",
    "CustodyEpisode",
    "CustodyMove",
    "Delivery",
    "Departure",
    "Device",
    "DeviceContact",
    "DeviceOrder",
    "Draft",
    "DraftField",
    "Entitlement",
    "ExchangeRecord",
    "Facility",
    "FieldHistory",
    "Finding",
    "FollowUp",
    "FormVersion",
    "FundEntry",
    "HealRecord",
    "HeldBatch",
    "Household",
    "ImportMade",
    "ImportMapping",
    "ImportRun",
    "InmateRequest",
    "Invitation",
    "LocalSetting",
    "MatrixRating",
    "Membership",
    "Minute",
    "MinuteDecision",
    "Outbox",
    "Payment",
    "PaymentSheet",
    "PeerPosition",
    "Person",
    "PersonIndex",
    "PersonMerge",
    "Place",
    "PlanItem",
    "Pouch",
    "PouchStick",
    "Programme",
    "Questionnaire",
    "ReferenceItem",
    "Referral",
    "Region",
    "ReleaseCheck",
    "Relocation",
    "Replicated",
    "RequestNonce",
    "RoleGrant",
    "Ruling",
    "SavedList",
    "Scope",
    "ScopeState",
    "Service",
    "ServiceRulesVersion",
    "StrangeRow",
    "Team",
    "Track",
    "User",
    "Visit",
    "replicated_entities",
]
