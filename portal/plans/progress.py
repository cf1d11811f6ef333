"""How far the reading of a plan has come: only steps that have happened count, as the rows tell."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.plans.plan import Plan
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


def _note(job: WardJob | None, now: datetime) -> str:
    if job is None or job.attempts == 0:
        return _("Đang chờ đến lượt.")
    if job.lease_until is not None and job.lease_until < now:
        return _("Lần đọc trước bị ngắt giữa chừng. Hệ thống tự đọc lại.")
    if job.attempts > 1:
        return _("Lần đọc trước bị ngắt. Đang đọc lại, lần %(n)s.", n=job.attempts)
    return ""
