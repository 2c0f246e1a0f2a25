"""The address of a PostgreSQL database, which may name several hosts: a primary and those that may take its place.

It is written as libpq writes it (PostgreSQL manual, 34.1.1.2): ``postgresql://user:password@one:5432,two:5432/name``.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVER: Final = "postgresql+psycopg"
_PORT: Final = "5432"
# Scheme, user and password, hosts, the rest. A password is written with %40 for an @, and hosts hold none.
_SEVERAL: Final = re.compile(
    r"^(?P<head>[a-z0-9+]+://(?:[^@/]*@)?)(?P<hosts>[^/?@]*,[^/?@]*)(?P<tail>[/?].*)?$"
)
_HOST: Final = re.compile(r"^(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(?P<port>\d{1,5}))?$")


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """What SQLAlchemy reads, and what goes to libpq beside it."""

    url: URL
    options: dict[str, Any]


def read_address(address: str) -> PostgresAddress:
    """The parts of an address; of several hosts the one that takes writes is connected to, whichever it is then.

    Raises:
        ArgumentError: it is none.
    """
    several = _SEVERAL.match(address)
    if several is None:
        return PostgresAddress(make_url(address).set(drivername=_DRIVER), {})
    url = make_url(several["head"] + (several["tail"] or "")).set(drivername=_DRIVER)
    hosts = [_HOST.match(host) for host in several["hosts"].split(",")]
    if not all(hosts):
        raise ArgumentError("a host of the database's address cannot be read")
    found = [host for host in hosts if host is not None]
    return PostgresAddress(
        url,
        {
            "host": ",".join(host["host"].strip("[]") for host in found),
            "port": ",".join(host["port"] or _PORT for host in found),
            "target_session_attrs": url.query.get("target_session_attrs", "read-write"),
        },
    )
