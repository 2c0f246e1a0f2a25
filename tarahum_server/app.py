"""Makes the ASGI application of a centre. All state is in the database, so any number of workers may run."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from tarahum_server.centre import Centre, open_centre
from tarahum_server.desk import Desk
from tarahum_server.metrics import Metrics
from tarahum_server.routes import make_router
from tarahum_server.settings import FOLDER_VARIABLE, Settings, read_settings

_KEEP_ALIVE_SECONDS = 60
_GRACE_SECONDS = 30
_MOST_AT_ONCE = 256


def create_app(centre: Centre) -> FastAPI:
    """The application over an open centre, which it closes when it ends."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        centre.close()

    app = FastAPI(title="Tarahum centre", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.include_router(make_router(Desk(centre), Metrics(), centre.settings))
    return app


def worker_app() -> FastAPI:
    """The application of one of several worker processes; the folder comes by the environment."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    return create_app(open_centre(read_settings(folder, os.environ)))


def server_config(settings: Settings, app: FastAPI | str) -> uvicorn.Config:
    """How uvicorn serves it: TLS unless on a loopback address, no access log, bounded in every direction."""
    secure = not settings.plain_http
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        ssl_certfile=settings.path(settings.certificate) if secure else None,
        ssl_keyfile=settings.path(settings.certificate_key) if secure else None,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def serve(settings: Settings) -> None:
    """Serve until told to end; what is being answered then is answered first."""
    if settings.workers == 1:
        uvicorn.Server(server_config(settings, create_app(open_centre(settings)))).run()
        return
    os.environ[FOLDER_VARIABLE] = str(settings.folder)
    config = server_config(settings, "tarahum_server.app:worker_app")
    options = {
        name: getattr(config, name)
        for name in (
            "host", "port", "workers", "ssl_certfile", "ssl_keyfile", "access_log", "server_header", "date_header",
            "proxy_headers", "limit_concurrency", "timeout_keep_alive", "timeout_graceful_shutdown",
        )
    }  # fmt: skip
    uvicorn.run("tarahum_server.app:worker_app", factory=True, log_level="warning", **options)
