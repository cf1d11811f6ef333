"""Who may do what: one table, read by the check on every request and by the page that shows it."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from flask_babel import lazy_gettext as _l


class Permission(StrEnum):
    """What a route can need. The Vietnamese sentences are what the permissions page prints."""

    SEE_OWN_CARDS = "see_own_cards"
    SEE_ALL_CARDS = "see_all_cards"
    READ_CONFIDENTIAL = "read_confidential"
    WORK_CARDS = "work_cards"
    ANSWER_FOR_AGENCY = "answer_for_agency"
    DECIDE_CARDS = "decide_cards"
    ASSIGN_CARDS = "assign_cards"
    SEE_PLANS = "see_plans"
    MANAGE_PLANS = "manage_plans"
    SEND_REMINDERS = "send_reminders"
    SEE_OUTBOX = "see_outbox"
    SET_REMINDERS = "set_reminders"
    MANAGE_PEOPLE = "manage_people"
    RELEASE_WORDS = "release_words"
    MAKE_REPORTS = "make_reports"
    APPROVE_REPORTS = "approve_reports"
    SEE_ROLLUP = "see_rollup"
    READ_SENT_REPORTS = "read_sent_reports"
    SHARE_FIGURES = "share_figures"
    ASK_WARDS = "ask_wards"
    PUBLISH_PLANS = "publish_plans"
    MANAGE_WARDS = "manage_wards"


class Role(StrEnum):
    """The hats people wear."""

    OPERATOR = "operator"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    AGENCY_LEAD = "agency_lead"
    AGENCY_MEMBER = "agency_member"
    VIEWER = "viewer"
    CITY_VIEWER = "city_viewer"


PERMISSION_TEXTS = {
    Permission.SEE_OWN_CARDS: _l("Xem việc của cơ quan mình"),
    Permission.SEE_ALL_CARDS: _l("Xem mọi việc của phường"),
    Permission.READ_CONFIDENTIAL: _l(
        "Đọc việc bảo mật của mọi cơ quan, giữ danh sách người xem tệp có tên trẻ em"
    ),
    Permission.WORK_CARDS: _l("Nhận việc, làm, nộp kết quả, thêm minh chứng, trao đổi"),
    Permission.ANSWER_FOR_AGENCY: _l("Từ chối việc, xin lùi hạn thay cơ quan"),
    Permission.DECIDE_CARDS: _l("Duyệt, trả lại, gia hạn"),
    Permission.ASSIGN_CARDS: _l("Thêm việc, giao việc, sửa việc, đặt hạn"),
    Permission.SEE_PLANS: _l("Xem kế hoạch"),
    Permission.MANAGE_PLANS: _l("Tải kế hoạch lên, kiểm tra, xác nhận"),
    Permission.SEND_REMINDERS: _l("Nhắc ngay"),
    Permission.SEE_OUTBOX: _l("Xem tin đã gửi"),
    Permission.SET_REMINDERS: _l("Đặt mốc nhắc, giờ gửi, ngày làm việc"),
    Permission.MANAGE_PEOPLE: _l("Thêm người, mời, phân vai"),
    Permission.RELEASE_WORDS: _l("Cho lưu nguyên văn câu có thể nêu tên trẻ, ghi lý do"),
    Permission.MAKE_REPORTS: _l("Lập báo cáo định kỳ, gửi báo cáo đã duyệt lên cấp trên"),
    Permission.APPROVE_REPORTS: _l("Duyệt và khóa báo cáo định kỳ"),
    Permission.SEE_ROLLUP: _l("Xem số liệu tổng hợp của các phường"),
    Permission.READ_SENT_REPORTS: _l("Đọc báo cáo mà các phường đã gửi"),
    Permission.ASK_WARDS: _l("Nhắc phường, yêu cầu giải trình, yêu cầu gửi báo cáo"),
    Permission.SHARE_FIGURES: _l(
        "Cấp và thu hồi mã để phần mềm khác đọc số liệu tổng hợp, đặt webhook báo cho phần mềm đó"
    ),
    Permission.PUBLISH_PLANS: _l("Công bố kế hoạch của cấp trên, xem chỉ tiêu nào phường còn thiếu"),
    Permission.MANAGE_WARDS: _l("Thêm, nhập, chia, đổi tên phường; mời người điều phối đầu tiên"),
}

ROLE_TEXTS = {
    Role.OPERATOR: _l("Vận hành hệ thống"),
    Role.LEADER: _l("Lãnh đạo phường"),
    Role.COORDINATOR: _l("Điều phối"),
    Role.AGENCY_LEAD: _l("Phụ trách cơ quan"),
    Role.AGENCY_MEMBER: _l("Cán bộ cơ quan"),
    Role.VIEWER: _l("Người xem của phường"),
    Role.CITY_VIEWER: _l("Cơ quan theo dõi cấp trên"),
}

_P = Permission
_SEES_WARD = {_P.SEE_OWN_CARDS, _P.SEE_ALL_CARDS, _P.SEE_PLANS}
_STEERS = _SEES_WARD | {
    _P.WORK_CARDS,
    _P.DECIDE_CARDS,
    _P.ASSIGN_CARDS,
    _P.MANAGE_PLANS,
    _P.SEND_REMINDERS,
    _P.SEE_OUTBOX,
    _P.SET_REMINDERS,
    _P.MANAGE_PEOPLE,
    _P.MAKE_REPORTS,
}
_WORKS = {_P.SEE_OWN_CARDS, _P.SEE_PLANS, _P.WORK_CARDS}

#: The table. An operator runs the platform and sees no ward's cards; the city sees counts only.
TABLE: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset({_P.MANAGE_WARDS}),
    Role.LEADER: frozenset(_STEERS | {_P.RELEASE_WORDS, _P.READ_CONFIDENTIAL, _P.APPROVE_REPORTS}),
    Role.COORDINATOR: frozenset(_STEERS),
    Role.AGENCY_LEAD: frozenset(_WORKS | {_P.ANSWER_FOR_AGENCY}),
    Role.AGENCY_MEMBER: frozenset(_WORKS),
    Role.VIEWER: frozenset(_SEES_WARD),
    Role.CITY_VIEWER: frozenset(
        {_P.SEE_ROLLUP, _P.ASK_WARDS, _P.READ_SENT_REPORTS, _P.SHARE_FIGURES, _P.PUBLISH_PLANS}
    ),
}


@dataclass(frozen=True)
class Actor:
    """Somebody acting in a ward: who they are there, and the hats they wear."""

    contact_id: uuid.UUID
    name: str
    roles: frozenset[Role]
    agency_ids: frozenset[uuid.UUID] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """Whether any of the hats allows it."""
        return permission in self._permissions

    @cached_property
    def _permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(TABLE[role] for role in self.roles))

    @property
    def steers(self) -> bool:
        """Coordinator or leader: assigns and decides."""
        return self.may(Permission.ASSIGN_CARDS)
