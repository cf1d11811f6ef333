"""The help: for each role what one does here, in the order one does it, each with the way to the page."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from portal.tenants.access import ROLE_TEXTS, Role
from portal.tenants.guide import Guide, Step
from portal.tenants.guides_steering import COORDINATOR, LEADER
from portal.tenants.guides_working import AGENCY, LINK, VIEWER

CITY = Guide(
    "city",
    ROLE_TEXTS[Role.CITY_VIEWER],
    _l("Chỉ thấy số đếm của các phường, không thấy việc, tên người hay tệp."),
    (
        Step(
            _l("Phường nào chậm?"),
            _l(
                "Trang “Tổng hợp” xếp phường chậm nhất lên đầu; ô càng đậm càng nhiều việc xong, số đỏ "
                "là việc quá hạn."
            ),
            "rollups.overview",
            _l("Mở Tổng hợp"),
        ),
        Step(
            _l("Số liệu có mới không?"),
            _l("Trên trang ghi số liệu đến lúc nào. “Cập nhật ngay” đếm lại."),
        ),
        Step(
            _l("Giao chỉ tiêu xuống phường?"),
            _l(
                "Công bố kế hoạch của cấp trên một lần; phường nào dẫn chiếu thì thấy chỉ tiêu nào còn "
                "thiếu hoặc nhẹ hơn."
            ),
            "plans.unit_plans_page",
            _l("Mở Kế hoạch"),
        ),
        Step(
            _l("Cần phường trả lời, giải trình hay gửi báo cáo?"),
            _l(
                "Gửi một yêu cầu cho một hay nhiều phường. Ở phường nó thành việc có hạn và được nhắc; ở đây thấy "
                "nơi nào đã gửi."
            ),
            "rollups.asks_page",
            _l("Mở Yêu cầu"),
        ),
        Step(
            _l("Đến kỳ báo cáo cấp trên?"),
            _l(
                "Báo cáo lập sẵn từ số liệu các phường: tải về Word, Excel hoặc PDF. Báo cáo năm có thêm bảng điểm "
                "phù hợp với trẻ em mà các phường đã gửi."
            ),
            "reports.unit_report_periods",
            _l("Mở Báo cáo"),
        ),
        Step(
            _l("Chỉ tiêu nào có thể không đạt?"),
            _l("Mỗi chỉ tiêu có kết quả cộng của các phường so với mức đề ra, và phường nào chưa báo số."),
            "rollups.targets_page",
            _l("Mở Chỉ tiêu"),
        ),
        Step(
            _l("Đưa số liệu sang hệ thống khác?"),
            _l(
                "Tạo khóa chỉ đọc để hệ thống khác lấy số liệu đã công bố, hoặc đăng ký địa chỉ nhận tin khi số "
                "liệu đổi. Thu hồi lúc nào cũng được."
            ),
            "reports.read_tokens_page",
            _l("Mở Dữ liệu mở"),
        ),
    ),
)

OPERATOR = Guide(
    "operator",
    ROLE_TEXTS[Role.OPERATOR],
    _l("Mở phường mới và mời người điều phối đầu tiên. Không xem được việc của phường nào."),
    (
        Step(
            _l("Thêm một phường?"),
            _l(
                "Ghi tên, mã đường dẫn, cơ quan theo dõi và e-mail người điều phối. Người đó nhận thư "
                "mời và tự làm tiếp."
            ),
            "tenants.wards_page",
            _l("Mở danh sách phường"),
        ),
    ),
)

#: Every guide, in the order of the choice on top of the page.
GUIDES = (LEADER, COORDINATOR, AGENCY, VIEWER, CITY, OPERATOR, LINK)

_OF_ROLE = {
    Role.LEADER: LEADER,
    Role.COORDINATOR: COORDINATOR,
    Role.AGENCY_LEAD: AGENCY,
    Role.AGENCY_MEMBER: AGENCY,
    Role.VIEWER: VIEWER,
    Role.CITY_VIEWER: CITY,
    Role.OPERATOR: OPERATOR,
}


def guide_for(roles: Collection[Role], asked: str = "") -> Guide:
    """The guide somebody asked for, or that of the first of their roles; without any, that of a "
    "letter's reader."""
    wanted = next((guide for guide in GUIDES if guide.code == asked), None)
    return wanted or next((_OF_ROLE[role] for role in _OF_ROLE if role in roles), LINK)
