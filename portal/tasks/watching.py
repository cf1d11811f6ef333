"""What open pages of the board watch for: changes of the ward's cards, and of what the person may see."""

import hashlib
from collections.abc import Collection

from flask_login import current_user

from portal.accounts.signing_in import access_of
from portal.tasks.card_face import Face
from portal.tenants.boundary import this_ward
from portal.unchanged import Watch


def watch_board() -> Watch:
    """For a page of the entered ward; to be made before its cards are read."""
    return Watch(this_ward(), access_of(current_user.id))


def shown(faces: Collection[Face]) -> str:
    """What stands for a page of these faces: whatever comes, goes or changes makes it another."""
    versions, latest = sum(face.version for face in faces), max((face.stamp[1] for face in faces), default="")
    return f"{len(faces)}.{versions}.{latest}"


def standing(faces: Collection[Face], *beside: object) -> str:
    """As `shown`, for a page that shows other things beside its faces: values whose `repr` says all that is shown."""
    digest = hashlib.sha256(repr(beside).encode()).hexdigest()[:16]
    return f"{shown(faces)}.{digest}"
