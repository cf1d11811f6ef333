"""Whom a plan names under "Nơi nhận" (Decree 30/2020), and the ward writes to nobody of: offered to be added."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.plans.agency_book import AgencyBook
from portal.plans.queries import plans
from portal.tenants.agency import Agency
from portal.tenants.queries import agencies_without_people

#: "(b/c)", "(để thực hiện)": why they get it, not who they are.
_PURPOSE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Missing:
    """An agency of which nobody is written to; `named`: the plan names it under "Nơi nhận"."""

    agency: Agency
    named: bool


def missing_recipients() -> list[Missing]:
    """The working agencies of which nobody has an e-mail address, those the latest plan names first."""
    lonely = agencies_without_people()
    if not lonely:
        return []
    latest = next(iter(plans(confirmed_only=True)), None)
    said = latest[0].details.get("recipients") if latest else None
    named = _named([str(one) for one in said] if isinstance(said, list) else [])
    return sorted((Missing(one, one.id in named) for one in lonely), key=lambda missing: not missing.named)


def _named(lines: list[str]) -> set[object]:
    """The ids of the agencies these lines name."""
    book = AgencyBook()
    return {agency.id for name in _names(lines) if (agency := book.known(name))}


def _names(lines: list[str]) -> Iterator[str]:
    """Each line as a whole, and the names it lists."""
    for line in lines:
        plain = _PURPOSE.sub(" ", line).strip(" -+–;.,")
        yield from {plain, *(part.strip() for part in re.split(r"[;,]", plain))} - {""}
