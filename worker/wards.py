"""How a job works: inside the app, inside one ward, kept when it finishes and forgotten when it fails."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select

from portal.db import drop, keep, session_as
from portal.errors import kind_of
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward

log = logging.getLogger(__name__)


@contextmanager
def job(app: Flask) -> Iterator[None]:
    """A job that belongs to no ward: the edge commits when the work is done."""
    with app.app_context():
        try:
            yield
            keep()
        except BaseException:
            drop()
            raise


@contextmanager
def job_for_one_ward(app: Flask, ward_id: int) -> Iterator[None]:
    """A job inside one ward: enter, work, commit."""
    with inside_ward(ward_id), job(app):
        yield


def in_every_ward(app: Flask, work: Callable[[], object]) -> int:
    """Do the work in each ward, one short transaction each; a ward that fails does not stop the others.

    Returns how many wards failed.
    """
    with job(app):
        ward_ids = list(
            session_as("auth").scalars(select(Ward.id).where(Ward.valid_to.is_(None)).order_by(Ward.id))
        )
    return in_wards(app, ward_ids, work)


def in_wards(app: Flask, ward_ids: Iterable[int], work: Callable[[], object]) -> int:
    """Do the work in each of these wards, one short transaction each. Returns how many failed; the others go on."""
    failed = 0
    for ward_id in ward_ids:
        try:
            with job_for_one_ward(app, ward_id):
                work()
        except Exception as error:
            failed += 1
            log.error("ward %s failed: %s", ward_id, kind_of(error))
    return failed
