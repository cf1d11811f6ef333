"""The wordings of rhythm without a date of their own, most telling first."""

import re

_EVERY = r"(?:h[ằà]ng|mỗi|từng|các)"
_TIMES = r"(?:\d{1,3}|một|hai)"
_HALF = r"(?:6|06|sáu) tháng"

# "tại giao ban tháng", "họp giao ban cơ quan quý": what is told at a meeting comes back with it.
_MEETING = r"(?:giao ban|sinh hoạt chi bộ|họp (?:tổ|thôn|bản|ấp|khu|dân|lệ))(?: \w+){0,3}? (?:h[ằà]ng )?"

_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "quarterly_and_annual",
        rf"(?:định kỳ )?(?:h[ằà]ng )?quý,? {_HALF}(?:,| và)? ?(?:(?:9|09) tháng(?:,| và)? ?)?"
        r"(?:1 |một |cả |h[ằà]ng )?năm",
    ),
    (
        "semiannual_and_annual",
        rf"(?:định kỳ )?(?:báo cáo |sơ kết )?\b{_HALF}(?: đầu năm| một lần)?"
        r"\s*(?:,|và|;|/|\(.{0,30}?\),?)\s*(?:và )?(?:tổng kết )?(?:báo cáo )?"
        r"(?:1 |01 |một |cả |h[ằà]ng |cuối |tổng kết )?năm(?!\s+20\d\d-)",
    ),
    (
        "semiannual",
        rf"(?:định kỳ )?(?:mỗi |h[ằà]ng )?{_HALF}(?:/| một | 1 | 01 )\s*lần|định kỳ {_HALF}|"
        r"(?:2|02|hai) (?:lần|đợt)\s*(?:/|mỗi |trong |một |1 )\s*năm|mỗi năm (?:2|02|hai) (?:lần|đợt)",
    ),
    (
        "monthly",
        rf"(?:định kỳ )?(?:{_EVERY} tháng(?:\s*{_TIMES} (?:lần|buổi|đợt))?|"
        rf"{_TIMES} (?:lần|buổi|bài|tin|kỳ|lượt|cuộc)\s*/\s*(?:1 |01 )?tháng)(?!\s+(?:đầu|cuối|\d))|"
        rf"{_MEETING}tháng(?!\s+\d)|(?:đầu|cuối) (?:h[ằà]ng|mỗi) tháng",
    ),
    (
        "quarterly",
        rf"{_MEETING}quý(?!\s+[\div])|"
        r"(?:định kỳ )?(?:(?:h[ằà]ng|mỗi|từng|theo) quý(?: một lần)?|"
        rf"{_TIMES} (?:lần|buổi|kỳ|cuộc|đợt)\s*/\s*(?:1 |01 )?quý|định kỳ quý)|(?:3|03|ba) tháng (?:một|1|01) lần",
    ),
    (
        "weekly",
        rf"(?:định kỳ )?(?:{_EVERY} tuần(?:\s*{_TIMES} (?:lần|buổi|đợt))?|"
        rf"{_TIMES} (?:lần|buổi|bài|tin|lượt|ngày|ca|kỳ)\s*/\s*(?:1 |01 )?tuần)|{_MEETING}tuần|"
        r"(?:chào cờ|sinh hoạt|giờ|buổi)(?: \w+){0,2}? (?:đầu|cuối) tuần(?!\s+(?:đầu|cuối|của|này|thứ|\d))",
    ),
    ("biweekly", rf"(?:định kỳ )?{_TIMES} tuần(?:\s*/\s*| một | 1 )lần"),
    ("daily", rf"(?:h[ằà]ng|mỗi) ngày|{_TIMES} (?:lần|buổi|lượt|ca)\s*/\s*(?:1 |01 )?ngày"),
    (
        "annual",
        rf"(?:định kỳ )?(?:h[ằà]ng|mỗi) năm(?: một lần)?(?!\s+học)|{_TIMES} (?:lần|đợt)\s*/\s*năm",
    ),
    ("continuous", r"thường xuyên(?:,? liên tục)?|liên tục|quanh năm|trong suốt năm(?!\s+học)"),
    (
        "on_event",
        r"(?:thực hiện |báo cáo |thông báo |xử lý )?(?<!\w)ngay"
        r"(?!\s+(?:từ|tại|trong|ở|cả|thẳng|đầu|cạnh|trên|thơ)\b)(?: khi| sau khi| lập tức)?(?!\w)|"
        r"kịp thời|khi (?:có )?phát (?:hiện|sinh)|khi xảy ra|khi có (?:vụ việc|trường hợp|sự cố|tình huống|tin báo)",
    ),
    ("on_demand", r"đột xuất(?: khi có yêu cầu)?|khi có yêu cầu|theo yêu cầu(?: của)?"),
    (
        "periodic_unspecified",
        r"định kỳ theo quy định|(?<=báo cáo )định kỳ(?: theo quy định)?|"
        r"(?<!khám )(?<!khỏe )(?<!trưởng )định kỳ (?=tổng hợp|báo cáo|kiểm tra|rà soát|đánh giá|tổ chức|"
        r"cập nhật|thống kê|theo dõi|giám sát|sơ kết|họp|tham mưu|gửi|hoặc)",
    ),
)
RHYTHMS = tuple((freq, re.compile(pattern)) for freq, pattern in _PATTERNS)
# These have no rhythm of their own, so they are no deadline at all.
DATELESS = frozenset({"on_event", "on_demand", "periodic_unspecified"})
