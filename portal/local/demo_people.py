"""The people of the demo: obviously invented, one for each seat of the real plan, in three wards of one city."""

from dataclasses import dataclass

from portal.tenants.access import Role

UNIT = ("lao-cai", "Thành phố Lào Cai · Phòng LĐTB&XH", "Phòng LĐTB&XH TP Lào Cai")

#: slug -> name. Ward lao-cai works, kim-tan has a plan to confirm, coc-leu is new.
WARDS = {"lao-cai": "Lào Cai", "kim-tan": "Kim Tân", "coc-leu": "Cốc Lếu"}


@dataclass(frozen=True)
class Seat:
    """One account of a ward: the part of its address before @, its hat, and for agency people the agency."""

    account: str
    name: str
    title: str
    role: Role
    agency: str | None = None


SEATS = (
    Seat("leader", "Nguyễn Văn Mẫu", "Phó Chủ tịch", Role.LEADER),
    Seat("coordinator", "Trần Thị Thử", "Công chức Văn hóa – Xã hội", Role.COORDINATOR),
    Seat("culture", "Trần Thu Ví Dụ", "Công chức", Role.AGENCY_LEAD, "Công chức Văn hóa - Xã hội"),
    Seat("finance", "Lý Kim Ví Dụ", "Công chức", Role.AGENCY_LEAD, "Công chức Tài chính - Kế hoạch"),
    Seat("justice", "Vàng Thị Ví Dụ", "Công chức", Role.AGENCY_LEAD, "Công chức Tư pháp - Hộ tịch"),
    Seat("school", "Lê Thị Ví Dụ", "Hiệu trưởng", Role.AGENCY_LEAD, "Các trường học trên địa bàn phường"),
    Seat("police", "Hoàng Văn Ví Dụ", "Phó Trưởng Công an", Role.AGENCY_LEAD, "Công an phường"),
    Seat("health", "Phạm Thị Ví Dụ", "Trạm trưởng", Role.AGENCY_LEAD, "Trạm Y tế phường"),
    Seat("front", "Sùng A Ví Dụ", "Chủ tịch", Role.AGENCY_LEAD, "Ủy ban MTTQ Việt Nam phường"),
    Seat("youth", "Đỗ Minh Ví Dụ", "Bí thư", Role.AGENCY_LEAD, "Đoàn Thanh niên phường"),
    Seat("women", "Nguyễn Thị Ví Dụ", "Chủ tịch", Role.AGENCY_LEAD, "Hội Liên hiệp Phụ nữ phường"),
    Seat("redcross", "Bùi Văn Ví Dụ", "Chủ tịch", Role.AGENCY_LEAD, "Hội Chữ thập đỏ phường"),
    Seat("viewer", "Lò Văn Ví Dụ", "Đại biểu Hội đồng nhân dân", Role.VIEWER),
)

#: Agencies of the plan without an account of their own.
SILENT_AGENCIES = ("Các tổ chức đoàn thể phường",)
