"""Commands walk through wards: one short transaction each, and a ward that fails does not stop the others."""

import logging
from collections.abc import Callable

from sqlalchemy import select

from portal.db import drop, keep, session_as
from portal.errors import Refused, kind_of
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward

log = logging.getLogger(__name__)


def each_ward(slug: str | None, work: Callable[[], int]) -> tuple[int, list[int]]:
    """Do the work in one ward, or in all that are in force. Returns the sum, and the wards that failed.

    Commits ward by ward: each is an edge of its own. Raises Refused for a ward that does not exist.
    """
    asked = (
        select(Ward.id).where(Ward.slug == slug) if slug else select(Ward.id).where(Ward.valid_to.is_(None))
    )
    ward_ids = list(session_as("auth").scalars(asked.order_by(Ward.id)))
    if slug and not ward_ids:
        raise Refused(f"Không có phường nào mang mã {slug}.")
    done, failed = 0, []
    for ward_id in ward_ids:
        with inside_ward(ward_id):
            try:
                done += work()
                keep()
            except Exception as error:
                drop()
                failed.append(ward_id)
                log.error("ward %s failed: %s", ward_id, kind_of(error))
    return done, failed


def ward_named(slug: str, work: Callable[[], None]) -> None:
    """Do the work in one ward and keep it. Raises Refused when there is no such ward."""
    ward_id = session_as("auth").scalar(select(Ward.id).where(Ward.slug == slug))
    if ward_id is None:
        raise Refused(f"Không có phường nào mang mã {slug}.")
    with inside_ward(ward_id):
        work()
        keep()
