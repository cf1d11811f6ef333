"""Schools named level by level in one list are the schools of the ward."""

import re

from portal.plans.reading.duty import AgencyRef
from portal.tenants.catalogue import AGENCY_KINDS
from portal.text import fold

_ANY_SCHOOL = re.compile(
    r"^(?:(?:cac|truong|nha|hoc|mn|mam|non|mau|giao|tieu|thcs|thpt|th|trung|co|so|pho|thong|cap|va|"
    r"tren|dia|ban|phuong|xa|thi|tran|cong|lap|tu|thuc|\d)\b[\s,;.&–-]*)+$"
)


def gathered(refs: tuple[AgencyRef, ...]) -> tuple[AgencyRef, ...]:
    """Return `refs` with "Trường mầm non, các trường tiểu học" made one group; a school of its own name stays."""
    schools = [ref for ref in refs if ref.code == "truong" and _ANY_SCHOOL.match(fold(ref.name))]
    if len(schools) < 2:
        return refs
    every = AgencyRef(", ".join(ref.written for ref in schools), "truong", AGENCY_KINDS["truong"].name)
    return tuple(every if ref is schools[0] else ref for ref in refs if ref not in schools[1:])
