"""The help of those who steer a ward: its leader and its coordinator."""

from flask_babel import lazy_gettext as _l

from portal.tenants.access import ROLE_TEXTS, Role
from portal.tenants.guide import CHILDREN, Guide, Step

LEADER = Guide(
    "leader",
    ROLE_TEXTS[Role.LEADER],
    _l("Mở một lần mỗi ngày: xem bốn con số, rồi quyết định những gì đang chờ."),
    (
        Step(
            _l("Hôm nay cần quyết gì?"),
            _l(
                "Mở “Cần quyết định”: việc chờ duyệt, xin lùi hạn, cơ quan từ chối. Bấm ngay trên dòng đó là xong."
            ),
            "tasks.home",
            _l("Mở Cần quyết định"),
        ),
        Step(
            _l("Duyệt hay trả lại?"),
            _l(
                "Mở việc, xem kết quả và minh chứng. “Duyệt” là xong và sang việc chờ tiếp theo. “Trả "
                "lại” cần một lý do "
                "ngắn; cơ quan đọc thấy câu đó đầu tiên. Bấm nhầm thì “Hoàn tác”."
            ),
        ),
        Step(
            _l("Ai đang chậm?"),
            _l(
                "Trên bảng việc, màu đỏ là quá hạn; cột bên trái đếm theo cơ quan. “Nhắc ngay” gửi thư "
                "cho cơ quan đó."
            ),
            "tasks.board",
            _l("Mở bảng việc"),
        ),
        Step(
            _l("Chỉ tiêu đến đâu?"),
            _l("Trang “Chỉ tiêu”: số hiện tại so với mức đề ra, kỳ nào chưa nhập, cơ quan nào báo cáo."),
            "plans.indicators_page",
            _l("Mở Chỉ tiêu"),
        ),
        Step(
            _l("Báo cáo định kỳ?"),
            _l(
                "Mở báo cáo của kỳ, đọc số liệu và phần người điều phối viết, bấm “Duyệt và khóa”. Sau đó "
                "không ai sửa được; cần sửa thì lập bản điều chỉnh."
            ),
            "reports.reports_page",
            _l("Mở Báo cáo"),
        ),
        CHILDREN,
    ),
)

COORDINATOR = Guide(
    "coordinator",
    ROLE_TEXTS[Role.COORDINATOR],
    _l("Đưa kế hoạch vào một lần mỗi năm; mỗi tuần xem ai chậm, nhắc, và gỡ vướng mắc."),
    (
        Step(
            _l("Bắt đầu từ đâu?"),
            _l(
                "Tải tệp kế hoạch lên. Hệ thống đọc phần giao việc và lập sẵn việc cho từng cơ quan. "
                "Kiểm tra, đặt hạn còn "
                "thiếu, rồi bấm tạo việc và giao. Trước nút đó chưa ai nhận được tin."
            ),
            "plans.plans_page",
            _l("Mở Kế hoạch"),
        ),
        Step(
            _l("Ai nhận việc?"),
            _l("Mỗi cơ quan cần ít nhất một người có địa chỉ e-mail. Thêm người ở trang “Người và cơ quan”."),
            "tenants.people_page",
            _l("Mở Người và cơ quan"),
        ),
        Step(
            _l("Mỗi tuần làm gì?"),
            _l(
                "Trên bảng việc: xem việc chờ duyệt, việc quá hạn, việc chưa có hạn. Mỗi dòng có nút "
                "làm ngay."
            ),
            "tasks.board",
            _l("Mở bảng việc"),
        ),
        Step(
            _l("Nhắc thế nào?"),
            _l(
                "Thư nhắc tự gửi vào 8 giờ các ngày làm việc, trước hạn, đúng hạn và sau hạn. “Nhắc "
                "ngay” gửi thêm một thư. "
                "Trang “Tin nhắc” cho biết thư nào đã gửi, đến ai, vì sao không gửi."
            ),
            "reminders.outbox",
            _l("Mở Tin nhắc"),
        ),
        Step(
            _l("Số liệu chỉ tiêu?"),
            _l(
                "Chọn cơ quan báo cáo từng chỉ tiêu một lần; cơ quan nhập tử số, mẫu số theo kỳ. Kỳ "
                "nào chưa nhập hiện màu đỏ."
            ),
            "plans.indicators_page",
            _l("Mở Chỉ tiêu"),
        ),
        Step(
            _l("Làm báo cáo gửi cấp trên?"),
            _l(
                "Trang “Báo cáo”: chọn kỳ, số liệu tính sẵn từ bảng việc và chỉ tiêu, anh/chị viết phần nhận "
                "xét. Lãnh đạo duyệt xong thì gửi, hoặc tải về dạng .docx."
            ),
            "reports.reports_page",
            _l("Mở Báo cáo"),
        ),
        CHILDREN,
    ),
)
