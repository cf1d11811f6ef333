"""The ward's evidence on disk: every file sealed with the ward's own key, which the platform's master key wraps.

The envelope of security.md C46 and C83: taking a ward's key away makes all of its evidence unreadable at once, and a
new master key is put to use by wrapping the wards' keys again, without touching a file.
"""

import os
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from portal import files
from portal.db import db, new_id
from portal.errors import NotFound
from portal.sealing import KEY_BYTES, Damaged, MasterKeys, seal, unseal
from portal.tasks.evidence import Evidence
from portal.tasks.ward_key import WardKey
from portal.tenants.boundary import entered_ward


def put(evidence: Evidence, data: bytes, now: datetime) -> None:
    """Keep the bytes of a file that is not in the vault yet, and say in its row where they lie."""
    key = _open_key(_key_row(now))
    evidence.sealed = True
    evidence.stored_as = files.store(
        evidence.shelf, seal(key, data, _about(evidence)), limit=_ROOM, kept_with=db.session()
    ).name


def take(evidence: Evidence) -> bytes:
    """The file as people get it. Raises NotFound when it is not there any more or was tampered with."""
    with files.open_stored(evidence.shelf, evidence.stored_as) as kept:
        data = kept.read()
    if not evidence.sealed:
        return data
    row = db.session.scalar(select(WardKey))
    if row is None:
        raise NotFound
    try:
        return unseal(_open_key(row), data, _about(evidence))
    except Damaged:
        raise NotFound from None


def wrap_again() -> bool:
    """Wrap the entered ward's key with the master key in use now. False: it was so already, or there is none.

    Raises Damaged when the key it was wrapped with is not among the master keys.
    """
    row = db.session.scalar(select(WardKey).with_for_update())
    masters = _masters()
    if row is None or row.master == masters.current:
        return False
    key = _open_key(row)
    row.master, row.wrapped = masters.current, seal(masters.keys[masters.current], key, _about_key())
    return True


#: A sealed file is 28 bytes longer than what is in it.
_ROOM = files.MAX_BYTES + 28


def _masters() -> MasterKeys:
    masters: MasterKeys = current_app.config["PORTAL"].file_keys
    return masters


def _key_row(now: datetime) -> WardKey:
    """The ward's key, made with its first file; of two made at the same moment one is kept."""
    asked = select(WardKey)
    row = db.session.scalar(asked)
    if row is None:
        masters = _masters()
        wrapped = seal(masters.keys[masters.current], os.urandom(KEY_BYTES), _about_key())
        made = {"ward_id": entered_ward(), "id": new_id(), "master": masters.current, "wrapped": wrapped}
        db.session.execute(insert(WardKey).values(**made, made_at=now).on_conflict_do_nothing())
        row = db.session.scalars(asked).one()
    return row


def _open_key(row: WardKey) -> bytes:
    """The ward's key itself. Raises Damaged when no master key opens it."""
    master = _masters().keys.get(row.master)
    if master is None:
        raise Damaged
    return unseal(master, row.wrapped, _about_key())


def _about_key() -> str:
    return f"ward-key:{entered_ward()}"


def _about(evidence: Evidence) -> str:
    return f"evidence:{entered_ward()}:{evidence.id}"
