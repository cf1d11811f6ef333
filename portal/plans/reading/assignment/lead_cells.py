"""Agencies in a table cell or after a label: lists, lines and numbered lines of names."""

import re

from portal.plans.reading.agencies.names import agency_ref
from portal.plans.reading.agencies.phrases import agencies_at
from portal.plans.reading.duty import AgencyRef, Mode
from portal.plans.reading.structure.markers import marker_of
from portal.tenants.catalogue import AGENCY_KINDS

_SUPPORT = re.compile(r"(?i)[,;.\n(]?\s*(?:và\s+)?(?:đơn vị )?phối hợp(?: với| cùng)?\s*:?\s*")
_LEAD = re.compile(r"(?i)(?:đơn vị |cơ quan )?,?\s*chủ trì\s*:?\s*")


def agencies_in_cell(cell: str) -> tuple[AgencyRef, ...]:
    """Return every agency a cell names; words that name no known one are kept as an unknown agency."""
    found: dict[tuple[str | None, str], AgencyRef] = {}
    for line in re.split(r"\n|;", cell):
        marker = marker_of(line.strip())
        for ref in _agencies_in_line(line.strip()[marker.end if marker else 0 :]):
            found.setdefault((ref.code, ref.name), ref)
    return tuple(found.values())


def _agencies_in_line(rest: str) -> list[AgencyRef]:
    refs: list[AgencyRef] = []
    while rest.strip(" .,;"):
        listed = agencies_at(rest)
        if listed is None:
            return [*refs, agency_ref(rest)]
        refs += listed.agencies
        rest = re.sub(r"^(?:và|cùng)\s+", "", rest[listed.end :].lstrip(" ,;.+-–&/"))
    return refs


def says_both(cell: str) -> bool:
    """Say whether a lead's cell names helpers too: "X chủ trì, phối hợp Y"."""
    return bool(_SUPPORT.search(cell))


def lead_and_supporting(cell: str) -> tuple[tuple[AgencyRef, ...], tuple[AgencyRef, ...]]:
    """Return (leads, supporting) of words that may hold both: "Chủ trì: X; phối hợp: Y"."""
    match = _SUPPORT.search(cell)
    lead = _LEAD.sub("", cell[: match.start()] if match else cell).strip(" -,()")
    return agencies_in_cell(lead), agencies_in_cell(cell[match.end() :].strip(" ()")) if match else ()


def mode_for(leads: tuple[AgencyRef, ...]) -> Mode:
    """Return "request" when UBND may only request all these agencies: the Front and the mass organisations."""
    requested = bool(leads) and all(ref.code and AGENCY_KINDS[ref.code].mode == "request" for ref in leads)
    return "request" if requested else "assign"
