"""Makes the search ready after unlocking, on a thread of its own: typing and painting go on meanwhile."""

import logging
import threading
from typing import Final

from tarahum_desktop.bootstrap.sweeping import spare_what_stays
from tarahum_desktop.casework.person_index import index_some, memory_of
from tarahum_desktop.casework.search.family_book import LoadingStopped
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.errors import TarahumError

_BREATH_SECONDS: Final = 0.02
"""Between two steps of indexing, so that whoever saves something is not kept waiting by a row of them."""
log = logging.getLogger(__name__)


class SearchKeeper:
    """Loads what the search keeps in memory, then makes an index of an older program anew; ``stop`` ends it."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._memory = memory_of(place.replica)
        self._thread = threading.Thread(target=self._run, name="tarahum-search", daemon=False)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End it after the row or step that runs, and wait for that."""
        self._memory.stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._memory.warm(self._place.replica.engine, self._place.desk.today().isoformat())
            spare_what_stays()
            while index_some(self._place.replica) and not self._memory.stopping.wait(_BREATH_SECONDS):
                pass
        except LoadingStopped:
            return
        except TarahumError as error:  # the search goes on without it, and the next unlocking tries again
            log.warning("the search could not be made ready: %s", error.code)
