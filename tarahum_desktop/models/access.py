"""Who may do what, on which machine: users, role grants, devices and scopes (national scope)."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
    Flag,
    Key,
    Moment,
    OptionalCode,
    OptionalDay,
    OptionalDocument,
    OptionalMoment,
    OptionalWhole,
    Reference,
    Whole,
    Words,
)


class User(Replicated):
    """A named person who signs in; never shared between people."""

    __tablename__ = "user_account"
    login: Mapped[Key]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    committee_code: Mapped[OptionalCode]
    active: Mapped[Flag]


class RoleGrant(Replicated):
    """A role of one user in one scope, for a time."""

    __tablename__ = "role_grant"
    user_id: Mapped[Reference]
    role: Mapped[Words]
    scope_code: Mapped[Words]
    first_day: Mapped[OptionalDay]
    last_day: Mapped[OptionalDay]


class Device(Replicated):
    """A machine with its public keys; ``number`` is the device's part of every stamp it makes.

    ``scopes`` are those it may read and write, ``write_scopes`` those it may only send to, ``leaving`` those among
    ``scopes`` it is to let go once everything it wrote there has arrived.
    """

    __tablename__ = "device"
    number: Mapped[Whole]
    name: Mapped[Words]
    kind: Mapped[Words]
    committee_code: Mapped[OptionalCode]
    signing_key: Mapped[Bytes]
    sealing_key: Mapped[Bytes]
    scopes: Mapped[Document]
    enrolled_at: Mapped[Moment]
    revoked_at: Mapped[OptionalMoment]
    write_scopes: Mapped[OptionalDocument]
    leaving: Mapped[OptionalDocument]
    # Each request names its device by number.
    __table_args__ = (Index(None, "scope", "id"), Index(None, "number"))


class DeviceOrder(Replicated):
    """What the centre wants of a device, by whatever carrier reaches it: ``wipe``, ``lease``, ``update_notice``."""

    __tablename__ = "device_order"
    device_number: Mapped[OptionalWhole]
    kind: Mapped[Words]
    detail: Mapped[Document]
    issued_at: Mapped[Moment]
    expires_at: Mapped[OptionalMoment]


class Scope(Replicated):
    """A set of rows read by the same people; the unit of subscription."""

    __tablename__ = "scope"
    code: Mapped[Code]
    kind: Mapped[Words]
    committee_code: Mapped[OptionalCode]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
