"""A plan of the city and plans of wards that follow it, for the tests of lineage."""

import io

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Browser
from worker.unit_jobs import carry_out_units

UPPER = """UBND THÀNH PHỐ THỬ
Số: 90/KH-UBND
Thành phố Thử, ngày 27 tháng 02 năm 2026

KẾ HOẠCH
Bảo vệ, chăm sóc trẻ em thành phố Thử năm 2026

I. MỤC ĐÍCH

- Nâng cao nhận thức của các cấp, các ngành và toàn xã hội về công tác bảo vệ, chăm sóc trẻ em trên địa bàn.

II. CHỈ TIÊU

- 100% trẻ em dưới 6 tuổi được cấp thẻ bảo hiểm y tế.
- Phấn đấu từ 90% trẻ em được hướng dẫn kỹ năng phòng chống đuối nước.
- Giảm tỷ lệ trẻ em suy dinh dưỡng thể thấp còi xuống còn 12%.
- Trên 95% trẻ em dưới 1 tuổi được tiêm chủng đầy đủ.

III. NỘI DUNG

- Tổ chức tuyên truyền Luật Trẻ em trên hệ thống loa truyền thanh của thành phố.

IV. TỔ CHỨC THỰC HIỆN

1. Công an

- Kiểm tra các điểm nước sâu, tuần tra cổng trường trước ngày 15/5/2026.

2. Trạm Y tế

- Khám sức khỏe định kỳ cho trẻ em trước ngày 30/6/2026.
"""

WARD = """UBND PHƯỜNG BẮC
Số: 12/KH-UBND
Bắc, ngày 10 tháng 3 năm 2026

KẾ HOẠCH
Chăm lo trẻ em phường Bắc năm 2026

Thực hiện Kế hoạch số 90/KH-UBND ngày 27/02/2026 của UBND thành phố Thử về bảo vệ, chăm sóc trẻ em năm 2026.
Ủy ban nhân dân phường ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

- Nâng cao nhận thức của các cấp, các ngành và toàn xã hội về công tác bảo vệ, chăm sóc trẻ em trên địa bàn.
- Huy động nguồn lực trên địa bàn thành phố cho trẻ em có hoàn cảnh khó khăn của phường.

II. CHỈ TIÊU

- 100% trẻ em dưới 6 tuổi được cấp thẻ bảo hiểm y tế.
- Phấn đấu từ 80% trẻ em được hướng dẫn kỹ năng phòng chống đuối nước.
- Giảm tỷ lệ trẻ em suy dinh dưỡng thể thấp còi xuống còn 10%.

III. NỘI DUNG

- Tổ chức kiểm tra, cắm biển cảnh báo ở các điểm nước sâu nguy hiểm.
- Tổ chức gặp mặt cuối năm.

IV. TỔ CHỨC THỰC HIỆN

1. Công an phường

- Kiểm tra, cắm biển cảnh báo ở các điểm nước sâu trước ngày 15/5/2026.

2. Trạm Y tế phường

- Khám sức khỏe cho ít nhất 70% trẻ em trước ngày 30/6/2026.
"""


def publish(dung: Browser, app: Flask, text: str = UPPER, **fields: object) -> str:
    """The city publishes a plan and a worker reads it; the address of its page."""
    address = sent(dung.post("/o/city/plans", file=(io.BytesIO(text.encode()), "ke-hoach-tp.txt"), **fields))
    carry_out_units(app)
    return address


def sent(answer: TestResponse) -> str:
    """Where a form sent the browser."""
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])
