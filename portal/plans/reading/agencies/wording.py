"""The words around agencies: what opens their names, and the verbs that end them."""

from portal.text import spelling, unmarked

# Words an agency's name may start with, beside the names of the catalogue.
_HEADS = """
công chức|cán bộ|viên chức|bộ phận|phòng|ban|văn phòng|trung tâm|trạm|trường|nhà trường|hội|đoàn|đội|tổ|
chi hội|chi đoàn|đài|bưu điện|ngân hàng|ủy ban|hội đồng|thường trực|đảng ủy|chi bộ|hợp tác xã|doanh nghiệp|
cơ sở|ông|bà|đồng chí|đ/c|các đồng chí|thành viên|các cơ quan|các đơn vị|các ngành|các ban|các hội|các chi|
các thành viên|các doanh nghiệp|các cộng tác viên|các cơ sở|các câu lạc bộ|các trường|các chi hội|ngành|
lực lượng|dân quân|thủ trưởng|trưởng|phó|chủ tịch|phó chủ tịch|cộng tác viên|người|nhân viên|công đoàn|
câu lạc bộ|thư viện|nhà văn hóa|kế toán|y tế|toàn thể|bí thư|hiệu trưởng|giám đốc|chánh văn phòng|sở|
chi cục|bệnh viện|nhóm|mạng lưới|liên đoàn|quỹ|khuyến nông|thú y|tư pháp|địa chính|tài chính|quân sự|
bảo hiểm|tòa án|giáo viên|ban quản lý|cấp ủy|thôn|bản|ấp|khu phố|khu dân cư|xóm|buôn|làng|hộ|gia đình|
cơ quan|đơn vị|đoàn thể|tổ chức chính trị|tổ chức đoàn thể|tổ chức hội|đài truyền thanh|văn hóa|mặt trận|
trưởng ban|đồn|hạt|công ty|xí nghiệp|hợp tác|kho bạc|điện lực|khối|liên đội|tổ chức xã hội|ban chấp hành|
bch|viện|phân trạm|giáo xứ|chùa|ủy viên|chuyên viên|chuyên trách|trạm trưởng|tổng phụ trách|già làng|
tình nguyện viên|ban đại diện|các tổ|các đội|các nhóm|các lực lượng|các trung tâm|các câu lạc|các hộ|các gia đình
"""
# Duty verbs and the adverbs before them: an agency's name ends where one begins.
_VERBS = """
chủ trì|phối hợp|tham mưu|thực hiện|xây dựng|tổ chức|triển khai|hướng dẫn|kiểm tra|tuyên truyền|vận động|
rà soát|cập nhật|tổng hợp|báo cáo|theo dõi|đôn đốc|bố trí|đảm bảo|bảo đảm|lồng ghép|chỉ đạo|đưa|cử|cung cấp|
tiếp nhận|quản lý|đối chiếu|lập|phát động|huy động|giám sát|tăng cường|duy trì|chịu trách nhiệm|
có trách nhiệm|căn cứ|chủ động|tiếp tục|thường xuyên|định kỳ|kịp thời|nghiêm túc|đẩy mạnh|nâng cao|
tạo điều kiện|hỗ trợ|giúp|làm đầu mối|là|khám|tiêm|cân|đo|quán triệt|đăng|phát|mở|tham gia|giới thiệu|
phát hiện|can thiệp|thẩm định|chốt|quyết toán|cân đối|phân bổ|gửi|nộp|chuẩn bị|phân công|thành lập|
kiện toàn|ban hành|niêm yết|phối kết hợp|làm tốt|điều tra|xử lý|tư vấn|thống kê|thu thập|đánh giá|sơ kết|
tổng kết|khảo sát|ký kết|tập huấn|biên soạn|đăng tải|phổ biến|ngăn chặn|phòng ngừa|cải tạo|lắp đặt|sửa chữa|
ủng hộ|trao|tặng|thăm|giải quyết|chi trả|cấp phát|in ấn|treo|viết|đăng ký|giao|đề nghị|tích cực|khẩn trương|
tập trung|hằng|hàng|trước|trong|theo|dựa vào|sẽ|phải|cần|cùng|đồng thời|tùy theo|trên cơ sở|nếu|khi|từ|
hoàn thành|thông báo|nhắc nhở|chia sẻ|khuyến khích|động viên|kêu gọi|phản ánh|cấp|hoàn thiện|công khai|
liên hệ|tiếp cận|tham vấn|trình|thực thi|giữ|chăm lo|bám sát|chấn chỉnh|thanh tra|xác minh|xác định|
kiểm soát|đổi mới|phát huy|xem xét|quan tâm|lắng nghe|tạo|góp|nắm|đi|ra|có|được|cho|chậm nhất|vào|tự|dạy|
mời|gắn|bổ sung|điều chỉnh|thiết lập|khai thác|nghiên cứu|đề xuất|kiến nghị|phê duyệt|trợ giúp|bảo vệ|
chăm sóc|giáo dục|phòng chống|phòng, chống|đến|ngay|bàn giao|ký cam kết|cam kết|nhân rộng|tuần tra|cắm|rào|
khen thưởng|biểu dương|bồi dưỡng|khắc phục|ứng phó|hòa giải|lưu trữ|điểm danh|phân loại|sắp xếp|ưu tiên|tố giác|
tiến hành
"""


def _phrases(listed: str) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(tuple(spelling(phrase).split()) for phrase in listed.replace("\n", "").split("|"))


# After these a verb belongs to the name: "Ban bảo vệ trẻ em", "Đội kiểm tra", "Tổ giám sát".
NAMED_BY_VERB = frozenset(
    {"ban", "tổ", "đội", "đài", "hội", "nhóm", "quỹ", "đồng", "tâm", "lưới", "bộ", "người"}
)
PERSONS = frozenset({"ông", "bà", "đồng", "đ/c"})
_MARKED = (_phrases(_HEADS), _phrases(_VERBS))
_PLAIN = (_phrases(unmarked(_HEADS)), _phrases(unmarked(_VERBS)))
_LONGEST = 4


def opens_with(words: list[str]) -> str | None:
    """Say what `words` (lower case, tones placed the old way) open with: "agency", "verb" or None.

    The longer phrase decides: "tổ chức" is a verb though "tổ" opens an agency; text typed without accents
    is compared without them.
    """
    heads, verbs = _PLAIN if all(word.isascii() for word in words) and len(words) > 1 else _MARKED
    head, verb = _longest(words, heads), _longest(words, verbs)
    if head == verb == 0:
        return None
    return "agency" if head > verb else "verb"


def _longest(words: list[str], phrases: dict[tuple[str, ...], None]) -> int:
    return next((count for count in range(_LONGEST, 0, -1) if tuple(words[:count]) in phrases), 0)
