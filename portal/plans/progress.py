"""How far the reading of a plan has come: only steps that have happened count, as the rows tell."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.plans.plan import Plan
from portal.plans.unit_plan import UnitPlan
from portal.tenants.ward_job import WardJob


@dataclass(frozen=True)
class Progress:
    """`steps`: their names in order; `done`: how many have happened; `note`: what else there is to say."""

    steps: tuple[str, ...]
    done: int
    note: str

    @property
    def percent(self) -> int:
        """The share of steps that have happened, 0 to 100."""
        return 100 * self.done // len(self.steps)


def progress(plan: Plan, job: WardJob | None, now: datetime) -> Progress:
    """The progress of a plan that is being read, at this moment."""
    steps = (_("Nhận tệp"), _("Mở tài liệu"), _("Đọc phần giao việc"), _("Đề xuất việc"))
    return Progress(steps, 2 if plan.step == "opened" else 1, _note(job, now))


def unit_progress(plan: UnitPlan, now: datetime) -> Progress:
    """The same for a plan of an oversight unit, which is published once it is read."""
    steps = (_("Nhận tệp"), _("Mở tài liệu"), _("Đọc chỉ tiêu"), _("Công bố"))
    return Progress(steps, 2 if plan.attempts else 1, _words(plan.attempts, plan.lease_until, now))


def _note(job: WardJob | None, now: datetime) -> str:
    return _words(job.attempts if job else 0, job.lease_until if job else None, now)


def _words(attempts: int, lease_until: datetime | None, now: datetime) -> str:
    if attempts == 0:
        return _("Đang chờ đến lượt.")
    if lease_until is not None and lease_until < now:
        return _("Lần đọc trước bị ngắt giữa chừng. Hệ thống tự đọc lại.")
    if attempts > 1:
        return _("Lần đọc trước bị ngắt. Đang đọc lại, lần %(n)s.", n=attempts)
    return ""
