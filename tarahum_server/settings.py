"""How a centre is set up: one folder, a `server.toml` in it, and environment variables that go before the file.

The address of the database holds its password, so it is read from the file (0600) or the environment and never
from the command line, where every user of the machine could see it.
"""

import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from tarahum_desktop.domain.errors import TarahumError

FILE_NAME: Final = "server.toml"
FOLDER_VARIABLE: Final = "TARAHUM_SERVER_FOLDER"
_PREFIX: Final = "TARAHUM_SERVER_"
_WHOLE: Final = frozenset(
    {
        "port",
        "workers",
        "threads",
        "lease_days",
        "body_seconds",
        "waiting",
        "body_megabytes",
        "drain_seconds",
        "pack_days",
        "drop_days",
    }
)


class BadSettings(TarahumError):
    """A setting is unknown, of the wrong kind or out of its bounds. Fact ``setting`` where it is one."""

    code = "settings_refused"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a centre.

    Attributes:
        folder: holds key, certificates and, by default, the database.
        database: ``postgresql://user:password@host/name``; empty for the embedded ``centre.db``.
        host, port: where to listen.
        certificate, certificate_key, authority: PEM files; the authority is handed to devices to trust, and is
            empty for a certificate of a public authority.
        plain_http: no TLS; on a loopback address only (for a proxy on the same machine).
        workers: processes; each has its own threads and database connections.
        threads: database work at once in one worker.
        lease_days: how long a device may work without contact.
        waiting: requests that may wait for their turn in one worker; whoever comes then is told when to come again.
        body_megabytes: of bodies at once in the memory of one worker.
        drain_seconds: how long a worker that was told to end goes on refusing newcomers before it closes its door.
        body_seconds: how long a caller may take to send a body.
        pack_days: log entries older than this are packed together; 0 for never.
        drop_days: log entries older than this are no longer kept, and whoever was away longer takes a snapshot; 0 for
            never.
        metrics_for_all: whether others than this machine may read the metrics.
    """

    folder: Path
    database: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8443
    certificate: str = "tls/server.pem"
    certificate_key: str = "tls/server.key"
    authority: str = "tls/authority.pem"
    plain_http: bool = False
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1
    threads: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    lease_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30
    body_seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] = 60
    waiting: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 128
    body_megabytes: Annotated[int, msgspec.Meta(ge=16, le=4096)] = 64
    drain_seconds: Annotated[int, msgspec.Meta(ge=0, le=60)] = 2
    pack_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 30
    drop_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 0
    metrics_for_all: bool = False

    def path(self, name: str) -> Path:
        """A file named in the settings; relative names lie in the folder."""
        return self.folder / name

    def authority_pem(self) -> str:
        """What devices are told to trust; empty for a public certificate or plain HTTP."""
        if self.plain_http or not self.authority:
            return ""
        return self.path(self.authority).read_text("ascii")


def read_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a folder; raises BadSettings."""
    values: dict[str, Any] = {}
    file = folder / FILE_NAME
    try:
        if file.is_file():
            values = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(setting=FILE_NAME) from error
    values.update(_from(environment))
    try:
        settings = msgspec.convert({**values, "folder": folder}, Settings)
    except msgspec.ValidationError as error:
        raise BadSettings from error
    if settings.plain_http and not _is_loopback(settings.host):
        raise BadSettings(setting="plain_http")
    return settings


def _from(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in Settings.__struct_fields__:
        given = environment.get(_PREFIX + field.upper())
        if given is None or field == "folder":
            continue
        if field in _WHOLE:
            if not given.isascii() or not given.isdigit():
                raise BadSettings(setting=field)
            found[field] = int(given)
        elif field in {"plain_http", "metrics_for_all"}:
            found[field] = given.lower() in {"1", "true", "yes"}
        else:
            found[field] = given
    return found


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
