"""What names are made of here: family names of the Kinh and of Lào Cai's other peoples, middle and given names."""

import re

from portal.text import spelling, unmarked


def _words(listed: str) -> frozenset[str]:
    return frozenset(spelling(word) for word in listed.split())


#: Family names; some are also common words, so that none of them is a name by itself.
SURNAMES = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ "
    "Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm Phùng "
    "Mai Tô Hà Tạ Tăng Thái Chu Châu Cao Quách Kiều La "
    "Lại Lưu Lương Lục Mạc Mạch Nghiêm Ninh Phí Phó Quản Tống Từ "
    "Thạch Thân Tôn Trà Triệu Uông Ưng Văn Vi Viên Bạch Bế "
    "Cù Cấn Doãn Đàm Đan Đậu Đồng Giáp Giang Hứa Hán Hàn Khổng "
    "Khuất Khúc Kim Lều Lãnh Ma Mẫn Nhan Nhâm Nông Phương "
    "Sơn Sầm Tiêu Thẩm Thiều Trình Ứng Ngụy Âu Bàng Biện Cung "
    "Giàng Vàng Thào Sùng Mùa Má Lù Hảng Cư Lồ Ly Tráng Thền "
    "Sình Lầu Vừ Cháng Chấu Hầu Sồng Tếnh Hờ Dế Lự Lử Phừ Xồng "
    "Tẩn Chảo Phàn Bàn Chẻo Lò Sần Phu Sờ Ky Vù Lỳ Pờ Khoàng "
    "Quàng Lường Tòng Đèo Cầm Điêu Lèo Cà Mè Sì Ngải Ngãi Hù Lìn "
    "Hạng Hoang Khang Kháng Vang Mã Giào Cứ Cồ Dì Tải Lồng "
    "Nùng Lùng Mào Thàng Sin Chấn Lềnh Phùn Chìu Tằng Voòng Sải"
)

#: Middle names that make a name certain when they follow a family name.
MIDDLES = _words(
    "Văn Thị Đức Hữu Đình Quang Minh Ngọc Xuân Thanh Thu Công "
    "Quốc Gia Bảo Khánh Hoàng Hải Tuấn Anh Hồng Kim Mạnh Duy "
    "Trung Phương Thúy Mỹ Bá Viết Trọng Thành Tiến Thế Nhật Hà "
    "Yến Thùy Bích Diệu Hoài An Quỳnh Tuệ Như Đăng Hoài Thái "
    "A Seo Mí Láo Mẩy Mỳ Tả Sử U Phì Củi Chỉn Sành Mùi Ông Dung Khái Vần Sèo Nhè Go Khừ Suy Lở Dào"
)

#: Middle names no other word of a sentence looks like, with or without accents.
SURE_MIDDLES = _words("Văn Thị Seo Mí Láo Mẩy Đình Hữu")

#: Given names that may come as a pair ("ngọc lan", "hà vi"), for text that has no capitals to go by.
PAIRED = _words(
    "Ngọc Thu Thanh Minh Bảo Gia Khánh Hoàng Hà Kim Mai Phương "
    "Thùy Thúy Hồng Bích Tuyết Ánh Mỹ Hải Yến Xuân Quỳnh Tú Như "
    "Diễm Cẩm Lan Vi Anh Linh Trang Hân Vy Ngân Nhi My "
    "Chi Diệp Nam Long Hương Hoa Huyền Thảo Châu Giang Trâm Duyên Oanh"
)

#: Capitalised words that follow "cháu", "bé", "em" and are no names.
NO_NAME = _words(
    "Mầm Mẫu Măng Thiếu Nhi Đội Đoàn Hội Trường Lớp Việt Ngoan "
    "Khỏe Bác Nuôi Mông Dao Tày Nùng Kinh Giáy Lạc Trạm Ủy "
    "UBND Phòng Ban Tổ Học Trẻ Em Cháu Bé Bị Được Đã Ở Là "
    "Có Và Của Cho Tiểu Tết Trung Xã Phường Thôn Đảng Mẹ Bố Ông "
    "Bà Anh Chị Cô Thầy Con Nào Này Giỏi"
)

#: The same lists for text without accents.
PLAIN_SURNAMES = frozenset(unmarked(word) for word in SURNAMES)
PLAIN_MIDDLES = frozenset(unmarked(word) for word in MIDDLES)
PLAIN_SURE_MIDDLES = frozenset(unmarked(word) for word in SURE_MIDDLES | {"a"})
PLAIN_PAIRED = frozenset(unmarked(word) for word in PAIRED)

#: People everybody knows: streets, schools, funds and pioneers' groups are named after them.
FAMED = frozenset(
    spelling(name)
    for name in re.split(
        ",",
        "Hồ Chí Minh,Bác Hồ,Lê Văn Tám,Võ Thị Sáu,"
        "Kim Đồng,Nguyễn Văn Trỗi,Nguyễn Bá Ngọc,Lý Tự Trọng,Trần Quốc Toản,"
        "Vừ A Dính,Lê Quý Đôn,Lê Hồng Phong,Ngô Gia Tự,"
        "Trần Phú,Hoàng Văn Thụ,Nguyễn Huệ,Trần Hưng Đạo,Phan Đình Phùng,"
        "Tôn Đức Thắng,Phạm Văn Đồng,Võ Nguyên Giáp,Nguyễn Du,Lê Lợi,Lý Thường Kiệt,Chu Văn An,Nguyễn Trãi,"
        "Nguyễn Thị Minh Khai,Hoàng Hoa Thám,Phan Bội Châu,"
        "Phan Chu Trinh,Nguyễn Công Hoan,Nguyễn Tất Thành,Quang Trung,"
        "Trần Nhật Duật,Đinh Bộ Lĩnh,Hoàng Sào,Hoàng Liên,Lào Cai,"
        "Hà Nội,Hà Giang,Cao Bằng,Thái Nguyên,Lâm Đồng,"
        "Kim Tân,Văn Bàn,Việt Nam,Vạn Hòa,Mường Khương,"
        "Bảo Thắng,Sơn La,Lai Châu,Hải Phòng,Đà Nẵng,Hoàng Su Phì",
    )
)
