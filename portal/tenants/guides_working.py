"""The help of those who work in a ward or look at it, and of whoever has only a letter."""

from flask_babel import lazy_gettext as _l

from portal.tenants.access import ROLE_TEXTS, Role
from portal.tenants.guide import BY_LINK, CHILDREN, Guide, Step

AGENCY = Guide(
    "agency",
    ROLE_TEXTS[Role.AGENCY_MEMBER],
    _l("Mở khi có thư nhắc, hoặc hai lần mỗi tháng: nhận việc, làm, nộp kết quả."),
    (
        BY_LINK,
        Step(
            _l("Việc của tôi ở đâu?"),
            _l(
                "“Việc của tôi” xếp việc quá hạn lên đầu, rồi việc trong tuần. Mỗi việc có một nút cho "
                "bước tiếp theo."
            ),
            "tasks.mine",
            _l("Mở Việc của tôi"),
        ),
        Step(
            _l("Nộp kết quả thế nào?"),
            _l(
                "Mở việc, ghi một câu kết quả, chụp ảnh minh chứng nếu việc cần, bấm “Nộp kết quả”. "
                "Lãnh đạo duyệt hoặc "
                "trả lại kèm lý do."
            ),
        ),
        Step(
            _l("Không kịp, hoặc không phải việc của mình?"),
            _l(
                "Xin lùi hạn kèm ngày và lý do; ghi vướng mắc để phường biết cần giúp gì; hoặc từ chối "
                "kèm lý do. "
                "Đừng để việc quá hạn mà không báo."
            ),
        ),
        Step(
            _l("Nhập số liệu chỉ tiêu?"),
            _l(
                "Khi đến kỳ, số liệu cần nhập hiện ngay ở “Việc của tôi”: hai con số và một nút. Nhập "
                "nhầm thì sửa, số cũ còn trong lịch sử."
            ),
            "plans.indicators_page",
            _l("Mở Chỉ tiêu"),
        ),
        CHILDREN,
    ),
)

VIEWER = Guide(
    "viewer",
    ROLE_TEXTS[Role.VIEWER],
    _l("Xem tất cả, không sửa gì."),
    (
        Step(
            _l("Phường đang làm đến đâu?"),
            _l(
                "Bảng việc có bốn cột theo trạng thái; đổi cách xem sang danh sách, lịch hoặc năm. Địa "
                "chỉ trang giữ cả bộ lọc."
            ),
            "tasks.board",
            _l("Mở bảng việc"),
        ),
        Step(
            _l("Kế hoạch viết gì?"),
            _l("Trang “Kế hoạch” có nguyên văn; mỗi đoạn giao việc dẫn đến việc của nó."),
            "plans.plans_page",
            _l("Mở Kế hoạch"),
        ),
        Step(
            _l("Chỉ tiêu đạt chưa?"),
            _l("Trang “Chỉ tiêu” cho biết số hiện tại, mức đề ra và diễn biến từng kỳ."),
            "plans.indicators_page",
            _l("Mở Chỉ tiêu"),
        ),
    ),
)

LINK = Guide(
    "link",
    _l("Nhận thư nhắc, không có tài khoản"),
    _l("Bấm một lần trong thư là báo được."),
    (
        BY_LINK,
        Step(
            _l("Trang này hỏi mật khẩu?"),
            _l(
                "Không. Trang mở từ thư không bao giờ hỏi mật khẩu, mã OTP hay tiền. Trang nào hỏi thì "
                "đừng điền, báo cho phường."
            ),
        ),
        Step(
            _l("Muốn có tài khoản?"),
            _l("Nhờ người điều phối của phường thêm vào. Thư mời có đường dẫn đặt mật khẩu."),
            "accounts.sign_in_page",
            _l("Đăng nhập"),
        ),
        CHILDREN,
    ),
)
