"""Words of two syllables that official Vietnamese on children is made of; a title is not cut between them."""

from portal.text import spelling

_COMPOUNDS = """
trẻ em|nhu cầu|nhân dân|ủy ban|bạo lực|xâm hại|thương tích|tai nạn|đuối nước|hoàn cảnh|đặc biệt|gia đình|nhà trường|
trường học|học sinh|học đường|giáo viên|phụ huynh|cha mẹ|cộng đồng|xã hội|kinh tế|văn hóa|pháp luật|chính sách|
chế độ|quyền lợi|nhiệm vụ|kế hoạch|chương trình|đề án|dự án|mục tiêu|chỉ tiêu|tiêu chí|kết quả|báo cáo|tổng hợp|
thông tin|dữ liệu|số liệu|danh sách|hồ sơ|thủ tục|khai sinh|hộ tịch|bảo hiểm|y tế|sức khỏe|dinh dưỡng|tiêm chủng|
khuyết tật|mồ côi|nạn nhân|đối tượng|nguy cơ|tình hình|tình trạng|vụ việc|cơ quan|đơn vị|đoàn thể|tổ chức|địa bàn|
địa phương|khu phố|dân phố|dân cư|thôn bản|cộng tác|tác viên|cán bộ|công chức|viên chức|hội viên|đoàn viên|
thanh niên|thiếu niên|nhi đồng|phụ nữ|nông dân|thanh thiếu|thiếu nhi|trung thu|hành động|phát động|tuyên truyền|
truyền thông|vận động|phổ biến|giáo dục|đào tạo|tập huấn|hướng dẫn|kiểm tra|giám sát|thanh tra|đánh giá|rà soát|
thống kê|cập nhật|theo dõi|đôn đốc|quản lý|bảo vệ|chăm sóc|trợ giúp|hỗ trợ|can thiệp|phòng ngừa|ngăn chặn|phát hiện|
xử lý|giải quyết|tiếp nhận|tư vấn|tâm lý|kỹ năng|kiến thức|nhận thức|an toàn|an ninh|trật tự|giao thông|thực phẩm|
môi trường|nguồn lực|kinh phí|ngân sách|quyết toán|dự toán|doanh nghiệp|nhà hảo|hảo tâm|quà tặng|vui chơi|giải trí|
thể dục|thể thao|sinh hoạt|hoạt động|mô hình|câu lạc|lạc bộ|phong trào|diễn đàn|lắng nghe|ý kiến|kiến nghị|hiệu quả|
chất lượng|định kỳ|đột xuất|kịp thời|thường xuyên|phối hợp|chủ trì|tham mưu|triển khai|thực hiện|xây dựng|ban hành|
kiện toàn|thành lập|củng cố|tăng cường|nâng cao|đẩy mạnh|duy trì|bố trí|bảo đảm|đảm bảo|huy động|kêu gọi|ủng hộ|
lồng ghép|phân công|phụ trách|lãnh đạo|chỉ đạo|điều hành|thường trực|hội đồng|ban chỉ|mặt trận|tổ quốc|công an|
quân sự|biên phòng|trung tâm|hành chính|dịch vụ|trực tuyến|điện tử|chuyển đổi|công nghệ|hệ thống|phần mềm|
mạng lưới|tổng đài|đường dây|số điện|điện thoại|tin báo|tố giác|tội phạm|điều tra|lao động|thương binh|giảm nghèo|
cận nghèo|hộ nghèo|tổng kết|sơ kết|khen thưởng|thi đua|biển báo|cảnh báo|sông suối|ao hồ|bể bơi|dạy bơi|học bơi|
nghỉ hè|năm học|khai giảng|mầm non|tiểu học|mẫu giáo|phổ thông|cơ sở|trung học|loa đài|truyền thanh|băng rôn|
khẩu hiệu|thay thế|sinh sản|vị thành|thành niên|dân số|phát triển|tăng trưởng|bình đẳng|hạnh phúc|thân thiện|
lành mạnh|phù hợp|quy định|quy chế|quy trình|thẩm quyền|trách nhiệm|đặc khu|khu vực|công trình|cơ sở|vật chất|
thiết bị|học tập|sách vở|học bổng|đỡ đầu|nhân đạo|từ thiện|bảo trợ|trợ cấp|di cư|tạm trú|thường trú|căn cước|
định danh|ma túy|tảo hôn|kết hôn|cận huyết|huyết thống|bỏ học|mua bán|bóc lột|xung quanh|nguy hiểm|cứu hộ|cứu nạn
"""
_PAIRS = frozenset(spelling(pair) for pair in _COMPOUNDS.replace("\n", "").split("|"))


def cuts_compound(last: str, following: str) -> bool:
    """Say whether a cut between the words `last` and `following` would split a word of two syllables."""
    return spelling(f"{last} {following}".strip(' ,.;:”"')) in _PAIRS
