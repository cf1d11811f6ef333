"""The catalogue of agency kinds finds the kind behind a name however it is written."""

import pytest

from portal.tenants.catalogue import AGENCY_KINDS, match_kind


@pytest.mark.parametrize("code", AGENCY_KINDS)
def test_every_name_of_a_kind_leads_back_to_it(code: str) -> None:
    for name in AGENCY_KINDS[code].names:
        kind = match_kind(name)
        assert kind is not None
        assert kind.code == code, name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Giao Công an xã", "congan"),
        ("Trạm y tê phường", "tramyte"),
        ("Công chức VHXH phường Lào Cai", "vhxh"),
        ("Đoàn TN phường", "doantn"),
        ("UBMTTQ", "mttq"),
        ("Hoi Phu nu", "hoipn"),
        ("Phòng VH-XH xã", "p_vhxh"),
        ("Tổ trưởng TDP", "tdp"),
    ],
)
def test_levels_abbreviations_and_slips_do_not_matter(name: str, code: str) -> None:
    kind = match_kind(name)

    assert kind is not None
    assert kind.code == code


@pytest.mark.parametrize(
    "name", ["Hội Liên hiệp Phụ nữ thành phố", "Bưu điện phường", "phường", "", "Công chức"]
)
def test_another_level_or_an_unknown_agency_is_no_kind(name: str) -> None:
    assert match_kind(name) is None


def test_parents_and_successors_are_kinds_themselves() -> None:
    for kind in AGENCY_KINDS.values():
        assert {kind.parent, kind.successor_2025} - {None} <= set(AGENCY_KINDS)
