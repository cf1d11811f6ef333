"""Whatever the text, reading it ends, loses nothing of the assignment section and gets its spans right."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.plans.reading import UnreadablePlan, read_plan, read_text, suggest_due
from portal.plans.reading.export import to_json
from portal.plans.reading.wire import from_wire, to_wire

LINES = sorted(
    {
        line
        for document in (Path(__file__).parents[1] / "documents").glob("*.[tm][xd]*")
        for line in document.read_text(encoding="utf-8").splitlines()
    }
)
plans = st.lists(
    st.one_of(
        st.sampled_from(LINES),
        st.text(max_size=40),
        st.sampled_from(["", "- ", "1. ", "| a | b |", "PHỤ LỤC"]),
    ),
    max_size=40,
).map("\n".join)


@settings(deadline=None, max_examples=150)
@given(plans)
def test_any_mixture_of_lines_is_read(text: str) -> None:
    try:
        reading = read_text(text)
    except UnreadablePlan as error:
        assert error.code == "empty"
        return
    for duty in reading.duties:
        assert duty.text == " ".join(reading.paragraphs[p].text[a:b] for p, a, b in duty.spans)
        assert duty.agencies
        suggest_due(duty, reading.metadata)
    told = {span[0] for duty in reading.duties for span in duty.spans} | {
        s.paragraph for s in reading.skipped
    }
    assert told <= {paragraph.index for paragraph in reading.paragraphs}
    assert to_json(reading)["counts"]["total_tasks"] == len(reading.duties)
    assert from_wire(to_wire(reading)) == reading


@settings(deadline=None, max_examples=100)
@given(
    st.binary(max_size=400), st.sampled_from([".txt", ".md", ".docx", ".xlsx", ".odt", ".pdf", ".rtf", ""])
)
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    start = {
        ".docx": b"PK\x03\x04",
        ".xlsx": b"PK\x03\x04",
        ".odt": b"PK\x03\x04",
        ".pdf": b"%PDF-1.7\n",
        ".rtf": b"{\\rtf1 ",
    }
    try:
        read_plan(start.get(suffix, b"") + data, f"a{suffix}")
    except UnreadablePlan as error:
        assert error.code
