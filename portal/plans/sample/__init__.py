"""The built-in sample: a whole plausible plan in our own words, of an invented ward, for practising and the demo."""

from pathlib import Path

#: The name the sample is kept and shown under.
FILENAME = "ke-hoach-mau.md"


def sample_plan(year: int) -> bytes:
    """The sample as a Markdown file of this year, so that its dates are never all in the past."""
    return Path(__file__).with_name(FILENAME).read_text().replace("{nam}", str(year)).encode()
