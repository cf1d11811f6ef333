"""Two versions of a plan compared: properties that hold for every plan, and cases a person would name."""

from hypothesis import given
from hypothesis import strategies as st

from portal.plans.comparing import Matching, Statement, match, similarity

_SAID = (
    "tổ chức tuần tra cổng trường kiểm tra trò chơi điện tử hồ sơ trẻ em khó khăn bơi an toàn truyền thông"
)
_WORDS = st.sampled_from(sorted(set(_SAID.split())))
_TEXTS = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)
_AGENCIES, _SECTIONS = st.sampled_from(["công an", "nhà trường", ""]), st.sampled_from(["IV.1", "IV.2"])


@st.composite
def _versions(draw: st.DrawFn, prefix: str) -> list[Statement]:
    said = draw(st.lists(st.tuples(_TEXTS, _AGENCIES, _SECTIONS), max_size=8))
    return [Statement(f"{prefix}{at}", *one) for at, one in enumerate(said)]


def _again(version: list[Statement]) -> list[Statement]:
    return [Statement(f"n{one.key}", one.text, one.agency, one.section) for one in version]


@given(_versions("o"))
def test_a_plan_compared_with_itself_changes_nothing(version: list[Statement]) -> None:
    found = match(version, _again(version))
    assert not found.gone and not found.added
    old, new = {one.key: one for one in version}, {one.key: one for one in _again(version)}
    for first, second in found.pairs:
        assert (old[first].text, old[first].agency, old[first].section) == (
            new[second].text,
            new[second].agency,
            new[second].section,
        )


@given(_versions("o"), _versions("n"), st.randoms())
def test_the_order_of_the_duties_does_not_matter(
    old: list[Statement], new: list[Statement], chance: object
) -> None:
    shuffled_old, shuffled_new = list(old), list(new)
    chance.shuffle(shuffled_old)  # type: ignore[attr-defined]
    chance.shuffle(shuffled_new)  # type: ignore[attr-defined]
    assert match(old, new) == match(shuffled_old, shuffled_new)


@given(_versions("o"), _versions("n"))
def test_every_duty_is_in_exactly_one_place(old: list[Statement], new: list[Statement]) -> None:
    found = match(old, new)
    firsts = [first for first, _second in found.pairs]
    seconds = [second for _first, second in found.pairs]
    wholes, parts = {first for first, _second in found.parts}, {second for _first, second in found.parts}
    assert len(set(firsts)) == len(firsts)
    assert len(set(seconds)) == len(seconds)
    assert {*firsts, *wholes} | found.gone == {one.key for one in old}
    assert {*seconds, *parts} | found.added == {one.key for one in new}
    assert not found.gone & {*firsts, *wholes}
    assert not found.added & {*seconds, *parts}


def test_a_word_corrected_is_the_same_duty_in_other_words() -> None:
    old = [Statement("1", "Tổ chức tuần tra cổng trường vào giờ tan học hằng ngày")]
    new = [Statement("a", "Tổ chức tuần tra cổng trường vào giờ tan học hằng tuần")]
    assert match(old, new) == Matching(frozenset({("1", "a")}), frozenset(), frozenset())


def test_accents_and_spaces_do_not_make_another_duty() -> None:
    assert similarity("Kiểm tra  các điểm nước sâu", "Kiem tra các điểm nước sâu") == 1.0


def test_what_has_little_in_common_is_gone_and_new() -> None:
    found = match([Statement("1", "Lập hồ sơ trẻ em khó khăn")], [Statement("a", "Dạy bơi an toàn trong hè")])
    assert found == Matching(frozenset(), frozenset({"1"}), frozenset({"a"}))


def test_of_two_that_are_equally_alike_the_same_agency_decides() -> None:
    old = [Statement("1", "Rà soát hộ nghèo", "công an"), Statement("2", "Rà soát hộ nghèo", "y tế")]
    new = [Statement("a", "Rà soát hộ nghèo", "y tế"), Statement("b", "Rà soát hộ nghèo", "công an")]
    assert match(old, new).pairs == {("1", "b"), ("2", "a")}


def test_the_same_words_beat_similar_ones() -> None:
    old = [Statement("1", "Tổ chức tuần tra cổng trường buổi sáng")]
    new = [
        Statement("a", "Tổ chức tuần tra cổng trường buổi sáng."),
        Statement("b", "Tổ chức tuần tra cổng trường buổi sáng"),
    ]
    assert match(old, new).pairs == {("1", "b")}


def test_a_duty_that_was_split_or_merged_is_neither_new_nor_gone() -> None:
    first, second = "Rà soát các điểm nước sâu trong phường;", "cắm biển cảnh báo ở nơi nguy hiểm"
    whole = Statement("w", f"{first} {second}.", "công an")
    halves = [Statement("1", first, "công an"), Statement("2", second, "y tế")]
    split = match(halves, [whole])
    assert (split.gone, split.added, split.parts) == (set(), set(), {("1", "w"), ("2", "w")})
    merged = match([whole], halves)
    assert (merged.gone, merged.added, merged.parts) == (set(), set(), {("w", "1"), ("w", "2")})


def test_a_whole_that_says_much_more_than_its_part_is_another_duty() -> None:
    part = Statement("1", "Rà soát các điểm nước sâu")
    whole = Statement(
        "w", f"{part.text}, dạy bơi cho trẻ em trong dịp hè và trao áo phao cho học sinh khó khăn"
    )
    found = match([part], [whole])
    assert (found.gone, found.added, found.parts) == ({"1"}, {"w"}, set())


def test_the_same_words_for_one_more_agency_are_one_more_duty() -> None:
    old = [Statement("1", "Rà soát hộ nghèo có trẻ em", "công an")]
    new = [Statement("a", old[0].text, "công an"), Statement("b", old[0].text, "y tế")]
    assert match(old, new).added == {"b"}
