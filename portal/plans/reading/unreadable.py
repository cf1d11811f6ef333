"""Why a file could not be read, as stable codes with the Vietnamese sentence for each."""

UNREADABLE_MESSAGES: dict[str, str] = {
    "empty": "Tệp không có chữ nào. Chọn tệp khác, hoặc dán nội dung kế hoạch vào ô bên dưới.",
    "unsupported_format": "Chưa đọc được loại tệp này. Lưu lại dạng .docx hoặc .pdf, hoặc dán nội dung vào ô bên dưới.",
    "mismatched_type": "Nội dung tệp không đúng với đuôi tên tệp. Mở tệp, lưu lại dạng .docx hoặc .pdf rồi tải lên.",
    "scanned_pdf": "Tệp PDF này là ảnh quét, không có chữ để đọc. Dán nội dung vào ô bên dưới, hoặc tải bản .docx.",
    "encrypted": "Tệp đang đặt mật khẩu. Bỏ mật khẩu rồi tải lên lại.",
    "broken": "Tệp bị hỏng, không mở được. Mở tệp trên máy, lưu lại rồi tải lên.",
    "bomb": "Tệp nén bất thường nên không mở để giữ an toàn. Lưu lại dạng .docx mới rồi tải lên.",
    "unsafe": "Tệp chứa thành phần không được phép (DOCTYPE, macro hoặc đường dẫn lạ). Lưu lại dạng .docx thường.",
    "too_large": "Tệp quá lớn. Tách phần kế hoạch thành tệp riêng (dưới 20 MB, dưới 300 trang) rồi tải lên.",
    "needs_libreoffice": "Tệp .doc cũ cần LibreOffice mà máy chủ chưa có. Lưu lại dạng .docx rồi tải lên.",
    "too_slow": "Đọc tệp quá lâu nên đã dừng. Lưu lại dạng .docx, hoặc dán nội dung vào ô bên dưới.",
    "crashed": "Không đọc được tệp này. Lưu lại dạng .docx, hoặc dán nội dung vào ô bên dưới.",
}


class UnreadablePlan(Exception):
    """The file cannot be read; `code` is a key of UNREADABLE_MESSAGES and never changes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
