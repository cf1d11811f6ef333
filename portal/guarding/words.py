"""Words that say what a name beside them is: a child's, a parent's, an officer's or a street's; children's plights."""

import re
from collections.abc import Iterable

from portal.text import spelling, unmarked


class Phrases:
    """A list of words and phrases, looked for as whole words, in text with accents and in text without."""

    def __init__(self, *listed: str) -> None:
        phrases = [spelling(one) for line in listed for one in line.split(",")]
        self._accented = _pattern(phrases)
        self._plain = _pattern(unmarked(one) for one in phrases)

    def pattern(self, *, plain: bool) -> re.Pattern[str]:
        """The pattern for lower-case text of this sort; its matches are whole words."""
        return self._plain if plain else self._accented


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)")


#: One child; a single name after it is enough.
CHILD = Phrases(
    "cháu,bé,em,cháu bé,cháu gái,cháu trai,bé gái,bé trai,em gái,em trai,con gái,con trai,em bé,em học sinh",
    "cháu tên,cháu tên là,em tên,em tên là,bé tên,bé tên là,cháu là,em là,bé là,tên cháu là",
)
#: Children, or a paper about one: a whole name after it.
YOUNG = Phrases(
    "trẻ,trẻ em,học sinh,hs,h/s,thiếu niên,thanh thiếu niên",
    "nạn nhân,bị hại,bạn,các em,các cháu,trẻ được,con,con nuôi",
    "trường hợp,học bổng,tên trẻ,họ tên trẻ,họ và tên trẻ",
)
#: The family of a child.
FAMILY = Phrases(
    "con,con của,mẹ,mẹ là,bố,bố là,cha,cha là",
    "mẹ cháu,bố cháu,mẹ cháu là,bố cháu tên,phụ huynh,phụ huynh em,hộ,gia đình",
    "gia đình cháu,cháu nội,cháu ngoại,cháu của,người giám hộ",
    "người chăm sóc,người nuôi dưỡng,ông nội,bà nội,ông ngoại",
    "bà ngoại,mẹ của trẻ,bố của trẻ,mẹ trẻ,bố trẻ,mẹ đẻ,bố đẻ",
    "anh trai,chị gái,con riêng,dượng,mẹ kế,nhà,bố mẹ,họ tên mẹ",
    "tên mẹ,tên bố,họ tên bố,bố đẻ là,mẹ đẻ là,bố tên,mẹ tên",
)
#: How adults are called; innocent unless a word of FAMILY stands before it.
COURTESY = Phrases("ông,bà,anh,chị,cô,chú,bác")
#: Adults in office, and those who sign, teach, treat, pay.
OFFICE = Phrases(
    "đồng chí,đ/c,đc,thầy,cô giáo,thầy giáo,giáo viên,gv",
    "gvcn,bs,bác sĩ,y sĩ,y tá,điều dưỡng,cán bộ,công chức,chủ tịch",
    "phó chủ tịch,pct,trưởng,phó,bí thư,phó bí thư",
    "tổ trưởng,trưởng thôn,trưởng bản,trạm trưởng,hiệu trưởng,hiệu phó",
    "phó hiệu trưởng,đại úy,thượng úy,trung úy,thiếu úy,thiếu tá",
    "trung tá,thượng tá,đại tá,ctv,cộng tác viên,phụ trách",
    "kế toán,nhân viên,luật sư,thạc sĩ,ths,tiến sĩ",
    "người ký,người lập,người lập biểu,người tổng hợp,người phụ trách,đã ký",
    "báo cáo viên,tuyên truyền viên,chi hội trưởng,trưởng ban",
    "trưởng phòng,trưởng trạm,đầu mối,chiến sĩ,tổng phụ trách",
    "nhà hảo tâm,giám đốc,phó giám đốc,thư ký",
    "văn thư,chuyên viên,hướng dẫn viên,huấn luyện viên,tình nguyện viên",
    "người báo cáo,người thực hiện,tm,kt,chủ trì",
    "tổng hợp,người lập bảng,công an viên,cảnh sát khu vực,đại diện",
)
#: What a street, a school, a fund is called by.
PLACE = Phrases(
    "đường,phố,ngõ,tổ,thôn,bản,xóm,ấp,xã,phường,thị trấn",
    "huyện,tỉnh,thành phố,tp,quận,trường,tiểu học,th,thcs,thpt,mầm non",
    "trung học cơ sở,trung học phổ thông,ptdtbt,ptdtnt,nội trú,quỹ,giải",
    "giải thưởng,cúp,liên đội,chi đội,chi đoàn,đội,đoàn",
    "hội,công ty,doanh nghiệp,ngân hàng,cầu,chợ,công viên",
    "quảng trường,bệnh viện,ngã ba,ngã tư,hồ,sông,suối,nhóm trẻ",
    "lớp mẫu giáo,câu lạc bộ,clb,chương trình,phong trào,danh hiệu",
    "khu dân cư,noi gương,tư tưởng,kể chuyện,chuyên,đền,chùa",
)
#: What children meet and officers do not: makes a bare name a child's.
PLIGHT = Phrases(
    "lớp,tuổi,học sinh,trẻ,cháu,bé,nghỉ học,bỏ học",
    "vắng học,nhập học,mồ côi,học bổng,xâm hại,bạo lực,bạo hành,tảo hôn",
    "đuối nước,tai nạn,khuyết tật,hoàn cảnh,nạn nhân,suy dinh dưỡng",
    "bỏ nhà,mất tích,lấy chồng,lấy vợ,ép kết hôn,sách vở",
    "hộ nghèo,bị chó cắn,bị,mang thai,sinh năm,sn,con anh",
    "con chị,con ông,con bà,con của,tiêm,xe đạp,mua bán,bỏ mặc",
)
#: Somebody's home, for addresses and numbers.
HOME = Phrases(
    "cháu,bé,em,trẻ,gia đình,nhà cháu,nhà em,hộ,mẹ",
    "bố,ông nội,bà nội,ông ngoại,bà ngoại,phụ huynh,trú,thường trú,tạm trú",
    "sống,bà ngoại,con,người nuôi dưỡng,nhà trẻ này,địa chỉ gia đình,nhà ở,chị gái,ba noi",
)
#: The numbers of offices, and of officers.
DUTY = Phrases(
    "đường dây nóng,trực ban,văn phòng,ubnd,công an phường,trạm y tế",
    "tổng đài,trực,cơ quan,hotline,bể bơi,công ty",
)
