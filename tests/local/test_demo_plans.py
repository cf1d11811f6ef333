"""The demo's wards carry out the plan that the demo's city publishes."""

from datetime import date

from portal.local.demo_plans import city_plan, ward_plan
from portal.plans.copying import copied, leftover
from portal.plans.reading import read_plan


def test_the_wards_plan_cites_the_citys_and_copies_from_it() -> None:
    city = read_plan(city_plan(2026), "ke-hoach-thanh-pho.md")
    ward = read_plan(ward_plan("Kim Tân", 2026), "ke-hoach-phuong.md")
    assert ward.metadata.issuer == "UBND phường Kim Tân"
    assert ward.metadata.parent_plan is not None
    assert ward.metadata.parent_plan.number == "21/KH-UBND" == f"{city.metadata.number}"
    assert city.metadata.issue_date == date(2026, 1, 12)
    words = {one.index: one.text for one in ward.paragraphs}
    assert len(copied(words, [one.text for one in city.paragraphs])) >= 5
    assert [leftover(text) for text in words.values() if leftover(text)] == ["trên địa bàn thành phố"]
