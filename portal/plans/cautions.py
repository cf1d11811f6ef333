"""What should make somebody pause before a plan's cards are made: wrong year, other ward, known number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.plans.plan import Plan, PlanState
from portal.tenants.ward import Ward
from portal.text import fold

#: Words that stand before the name of a commune-level unit.
_UNIT = re.compile(r"^(?:ubnd|uy ban nhan dan)?\s*(?:phuong|xa|thi tran|dac khu)\s+(?P<name>.+)$")


@dataclass(frozen=True)
class Caution:
    """A sentence, and the plan it speaks of, if any."""

    words: str
    plan: Plan | None = None


def cautions(plan: Plan, ward: Ward, others: Iterable[Plan], year: int) -> list[Caution]:
    """Everything odd about a plan that was read; `year` is the present one, `others` are the ward's plans."""
    found = [_wrong_year(plan, year), _other_ward(plan, ward), _known_number(plan, others)]
    return [caution for caution in found if caution]


def _wrong_year(plan: Plan, year: int) -> Caution | None:
    if plan.year is None or abs(plan.year - year) <= 1:
        return None
    return Caution(_("Đây là kế hoạch năm %(plan)s, nay là năm %(now)s.", plan=plan.year, now=year))


def _other_ward(plan: Plan, ward: Ward) -> Caution | None:
    issuer = str(plan.details.get("issuer") or "")
    named = _UNIT.match(fold(issuer))
    # The sample is of an invented ward, and everybody knows.
    if plan.source == "sample" or named is None or named["name"] == fold(ward.name):
        return None
    return Caution(_("Văn bản này của %(issuer)s, không phải của %(ward)s.", issuer=issuer, ward=ward.office))


def _known_number(plan: Plan, others: Iterable[Plan]) -> Caution | None:
    if not plan.number:
        return None
    same = next((one for one in others if one.id != plan.id and _same_document(one, plan)), None)
    if same is None:
        return None
    state = (
        _("đã giao việc") if same.standing is PlanState.CONFIRMED else _("đang chờ kiểm tra, chưa giao việc")
    )
    return Caution(
        _("Phường đã có kế hoạch số %(number)s, %(state)s.", number=plan.full_number, state=state), same
    )


def _same_document(one: Plan, other: Plan) -> bool:
    """The same number and sign; and the same day, where both say one."""
    same_number = one.number == other.number and fold(one.symbol) == fold(other.symbol)
    days = {one.issued_on, other.issued_on} - {None}
    return same_number and len(days) < 2 and one.year == other.year
