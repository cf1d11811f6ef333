"""Names for a commune (xã): the catalogue speaks of wards (phường)."""

from dataclasses import replace

from portal.plans.reading.duty import AgencyRef, Duty


def named_for_commune(duty: Duty) -> Duty:
    """Return the duty with "xã" where a catalogue name says "phường" and the document does not."""
    return replace(
        duty,
        agencies=tuple(map(_renamed, duty.agencies)),
        supporting=tuple(map(_renamed, duty.supporting)),
        agency_path=tuple(name.replace(" phường", " xã") for name in duty.agency_path),
    )


def _renamed(ref: AgencyRef) -> AgencyRef:
    if ref.code is None or "phường" in ref.written.lower():
        return ref
    return replace(ref, name=ref.name.replace(" phường", " xã"))
