"""One Alembic history for every database a replica may stand on.

Alembic itself is imported only when there is something to migrate: it takes longer to load than an unlocking
should, and on almost every day the database is at ``HEAD`` already.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine, inspect

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0003"
"""The newest revision this program knows; a test holds it equal to the history's own head."""


def migration_config() -> "Config":
    """The configuration that finds this folder."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Bring the database to a revision in one transaction: a failing step leaves nothing behind."""
    if current_revision(engine) == revision:
        return
    from alembic import command  # noqa: PLC0415 - see above

    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current_revision(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.execution_options(read_only=True).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found


def head_revision() -> str:
    """The newest revision this program knows."""
    return HEAD
