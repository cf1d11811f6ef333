"""The words of the weekly digest: its heading and its lines, made of counts."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.tasks.timeliness import Bucket

#: count -> words, the tone of its colour; shown when it is not nought.
_LINES = (
    (Bucket.OPEN_OVERDUE.value, _l("việc quá hạn"), "late"),
    ("this_week", _l("việc đến hạn tuần này"), "soon"),
    ("review", _l("việc chờ duyệt"), "doing"),
    ("extensions", _l("việc xin lùi hạn"), "soon"),
    ("refused", _l("việc bị từ chối"), "late"),
    ("unanswered", _l("việc chưa ai nhận sau 3 ngày làm việc"), "soon"),
    ("blocked", _l("việc có vướng mắc"), "soon"),
)


def digest_heading(shown: Mapping[str, object]) -> str:
    """`Đầu tuần: 3 việc quá hạn, 2 việc chờ duyệt`, or that nothing is pressing."""
    late, review = int(str(shown[Bucket.OPEN_OVERDUE.value])), int(str(shown["review"]))
    parts = []
    if late:
        parts.append(_("%(n)s việc quá hạn", n=late))
    if review:
        parts.append(_("%(n)s việc chờ duyệt", n=review))
    if not parts:
        return _("Đầu tuần: không có việc quá hạn")
    return _("Đầu tuần: %(counts)s", counts=", ".join(parts))


def digest_lines(shown: Mapping[str, object]) -> list[tuple[int, str, str]]:
    """Number, words and tone of what needs somebody, then how much is done in all."""
    lines = [(int(str(shown[key])), str(words), tone) for key, words, tone in _LINES if shown[key]]
    done = sum(int(str(shown[key.value])) for key in (Bucket.DONE_ON_TIME, Bucket.DONE_LATE))
    total = sum(int(str(shown[one.value])) for one in Bucket)
    return [*lines, (done, _("việc đã xong trên %(total)s việc", total=total), "done")]
