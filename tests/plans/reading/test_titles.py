"""Short titles from the words of a duty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plans.reading.titles import MOST_WORDS, short_title


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            "Hướng dẫn, kiểm tra việc đăng ký khai sinh cho trẻ em.",
            "Hướng dẫn, kiểm tra việc đăng ký khai sinh cho trẻ em",
        ),
        (
            "Tham mưu UBND phường xây dựng kế hoạch trẻ em năm 2024; tham dự tập huấn theo quy định.",
            "Xây dựng kế hoạch trẻ em năm 2024",
        ),
        (
            "Hằng tháng, trước ngày 25, tổng hợp số liệu trẻ em gửi về xã.",
            "Tổng hợp số liệu trẻ em gửi về xã",
        ),
        (
            "Tổng hợp kết quả, báo cáo UBND huyện trước ngày 10/7/2024.",
            "Tổng hợp kết quả, báo cáo UBND huyện",
        ),
        ("Trong vòng 24 giờ kể từ khi nhận tin báo, tiến hành xác minh.", "Tiến hành xác minh"),
        (
            "Cấp thẻ căn cước cho trẻ em dưới 14 tuổi có nhu cầu tại tổ dân phố.",
            "Cấp thẻ căn cước cho trẻ em dưới 14 tuổi",
        ),
        (
            "Bảo đảm an ninh trật tự, an toàn giao thông, phòng cháy, chữa cháy tại nơi tổ chức.",
            "Bảo đảm an ninh trật tự, an toàn giao thông",
        ),
        (
            "Nêu gương xây dựng gia đình “Ông bà, cha mẹ mẫu mực, con cháu thảo hiền”.",
            "Nêu gương xây dựng gia đình",
        ),
        (
            "Định kỳ trước ngày 25 hằng tháng, các cơ quan, đơn vị báo cáo kết quả thực hiện về UBND thị trấn.",
            "Báo cáo kết quả thực hiện về UBND thị trấn",
        ),
        (
            "Định kỳ ngày 20 của tháng cuối quý gửi số liệu trẻ em vi phạm pháp luật.",
            "Gửi số liệu trẻ em vi phạm pháp luật",
        ),
        (
            "Giúp các hộ nghèo có con nhỏ sửa nhà trước mùa rét.",
            "Giúp các hộ nghèo có con nhỏ sửa nhà trước mùa rét",
        ),
        (
            "Là đầu mối tham mưu, tổ chức Lễ phát động; thẩm định pa nô chậm nhất ngày 20/5/2025.",
            "Tổ chức Lễ phát động",
        ),
        (
            "Giám sát việc thực hiện chính sách đối với trẻ em hộ nghèo, gửi kết quả trước ngày 31/10/2026.",
            "Giám sát việc thực hiện chính sách",
        ),
        (
            "Vận động sách vở, áo ấm và trao cho trẻ em có hoàn cảnh khó khăn trước ngày 25/12/2026.",
            "Vận động sách vở, áo ấm",
        ),
        (
            "Kiểm tra các điểm kinh doanh trò chơi điện tử quanh trường học trong tháng 5 năm 2026.",
            "Kiểm tra các điểm kinh doanh trò chơi điện tử",
        ),
        (
            "Tổ chức ít nhất 01 buổi ngoại khóa về phòng, chống tảo hôn trong học kỳ I năm học 2025-2026.",
            "Tổ chức ít nhất 01 buổi ngoại khóa",
        ),
        ("Tham mưu Hội đồng đánh giá họp chấm điểm.", "Tham mưu Hội đồng đánh giá họp chấm điểm"),
    ],
)
def test_a_title_says_the_duty_in_a_few_words(words: str, title: str) -> None:
    assert short_title(words) == title


@given(st.text(alphabet=st.sampled_from("aăâđêôơư ,.;:()bcdTHX1/"), min_size=1, max_size=300))
def test_no_title_is_longer_than_twelve_words(words: str) -> None:
    assert len(short_title(words).split()) <= MOST_WORDS
