"""Makes the ASGI application of a centre. All state is in the database, so any number of workers may run."""

import asyncio
import logging
import os
import signal
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.mend_book import count_when_due
from tarahum_server.centre import Centre, open_centre
from tarahum_server.compaction import compact_by_age
from tarahum_server.desk import Desk
from tarahum_server.metrics import SHARED_FOLDER_VARIABLE, Metrics
from tarahum_server.place import CentrePlace
from tarahum_server.routes import Counter, make_router
from tarahum_server.settings import FOLDER_VARIABLE, Settings, read_settings

_LOG = logging.getLogger("tarahum.server")
_UPKEEP_SECONDS: Final = 3600
_UPKEEP_AT_MOST_SECONDS: Final = 5.0
_KEEP_ALIVE_SECONDS: Final = 60
_GRACE_SECONDS: Final = 30
# Connections; far more than the turns and the queue hold, for whoever finds no place there is told when to come again.
_MOST_AT_ONCE: Final = 4096
_BACKLOG: Final = 2048


def create_app(centre: Centre) -> FastAPI:
    """The application over an open centre, which it closes when it ends."""
    desk = Desk(CentrePlace(centre))
    counter = Counter(desk, Metrics(), centre.settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        _end_in_two_steps(counter)
        upkeep = asyncio.create_task(_keep_log_small(centre))
        yield
        upkeep.cancel()
        await asyncio.gather(upkeep, return_exceptions=True)
        centre.close()

    app = FastAPI(title="Tarahum centre", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.include_router(make_router(counter, desk))
    return app


async def _keep_log_small(centre: Centre) -> None:
    """Compact the log every hour for a few seconds at most, and once a week see that the books fit the rows."""
    settings = centre.settings
    while settings.pack_days or settings.drop_days:
        await asyncio.sleep(_UPKEEP_SECONDS)
        ages = settings.pack_days, settings.drop_days
        try:
            await asyncio.to_thread(compact_by_age, centre.replica, *ages, _UPKEEP_AT_MOST_SECONDS)
            await asyncio.to_thread(count_when_due, centre.replica)
        except (TarahumError, SQLAlchemyError) as error:
            # The log is whole as it is, and the next hour tries again.
            _LOG.error("compaction stopped by %s", type(error).__name__)


def _end_in_two_steps(counter: Counter) -> None:
    """When told to end, first refuse newcomers with a time to come again, then let the server close its door.

    A device or a balancer that meets the refusal goes on elsewhere or later; a door closed at once would break lines.
    """
    if threading.current_thread() is not threading.main_thread():
        return  # signals are the affair of whoever runs this thread
    closes_door: Any = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()

    async def end(number: int) -> None:
        await counter.end()
        closes_door(number, None)

    def told(number: int, _frame: object) -> None:
        signal.signal(number, closes_door)  # told twice: at once
        loop.call_soon_threadsafe(lambda: ending.append(loop.create_task(end(number))))

    ending: list[asyncio.Task[None]] = []  # the loop itself would let go of a task nobody holds
    if callable(closes_door):
        signal.signal(signal.SIGTERM, told)


def worker_app() -> FastAPI:
    """The application of one of several worker processes; the folder comes by the environment."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    return create_app(open_centre(read_settings(folder, os.environ)))


def server_config(settings: Settings, app: FastAPI | str) -> uvicorn.Config:
    """How uvicorn serves it: TLS unless on a loopback address, no access log, bounded in every direction."""
    return uvicorn.Config(app, **_options(settings), factory=isinstance(app, str))


def _options(settings: Settings) -> dict[str, Any]:
    secure = not settings.plain_http
    return {
        "host": settings.host,
        "port": settings.port,
        "workers": settings.workers,
        "ssl_certfile": settings.path(settings.certificate) if secure else None,
        "ssl_keyfile": settings.path(settings.certificate_key) if secure else None,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "proxy_headers": False,
        "limit_concurrency": _MOST_AT_ONCE,
        "backlog": _BACKLOG,
        "timeout_keep_alive": _KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": _GRACE_SECONDS,
    }


def serve(settings: Settings) -> None:
    """Serve until told to end; what is being answered then is answered first."""
    if settings.workers == 1:
        uvicorn.Server(server_config(settings, create_app(open_centre(settings)))).run()
        return
    os.environ[FOLDER_VARIABLE] = str(settings.folder)
    with tempfile.TemporaryDirectory(prefix="tarahum-metrics-", ignore_cleanup_errors=True) as counts:
        os.environ[SHARED_FOLDER_VARIABLE] = counts
        uvicorn.run("tarahum_server.app:worker_app", factory=True, **_options(settings))
