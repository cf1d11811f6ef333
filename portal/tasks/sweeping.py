"""Files nobody names are taken off the disk: a process that died between writing a file and its row left one."""

from datetime import datetime, timedelta

from portal import files
from portal.tasks.evidence import shelf_of
from portal.tasks.locked_queries import stored_names
from portal.tenants.boundary import entered_ward

#: A file as young as this may belong to a request that is still running.
YOUNG = timedelta(hours=6)


def sweep_evidence(now: datetime) -> int:
    """Delete the entered ward's evidence files that no row names. Returns how many there were."""
    shelf = shelf_of(entered_ward())
    old = files.stored_before(shelf, now - YOUNG)
    lost = old - stored_names() if old else set()
    for name in lost:
        files.delete_leftover(shelf, name)
    return len(lost)
