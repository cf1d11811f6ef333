"""What the guard finds: a stretch of the text, what kind of thing it tells, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Kind(StrEnum):
    """What tells who a child is (Decree 56/2017, art. 33; security.md C61)."""

    NAME = "name"
    PARENT = "parent"
    BIRTH = "birth"
    IDENTITY = "identity"
    INSURANCE = "insurance"
    PHONE = "phone"
    ADDRESS = "address"
    SCHOOL = "school"
    CERTIFICATE = "certificate"


KIND_TEXTS = {
    Kind.NAME: _l("họ tên trẻ"),
    Kind.PARENT: _l("tên cha mẹ, người nuôi dưỡng"),
    Kind.BIRTH: _l("ngày, năm sinh"),
    Kind.IDENTITY: _l("số căn cước, định danh"),
    Kind.INSURANCE: _l("số bảo hiểm"),
    Kind.PHONE: _l("số điện thoại"),
    Kind.ADDRESS: _l("địa chỉ nhà"),
    Kind.SCHOOL: _l("lớp và trường của một trẻ"),
    Kind.CERTIFICATE: _l("số giấy khai sinh"),
}

#: Kinds that are names: masked to their initials, everything else to HIDDEN.
NAMES = frozenset({Kind.NAME, Kind.PARENT})

#: What stands in the text where something was masked. Part of the stored text, so in Vietnamese only.
HIDDEN = "[đã che]"


@dataclass(frozen=True, order=True)
class Finding:
    """`text[start:end]` of what was read tells `kind`."""

    start: int
    end: int
    kind: Kind
