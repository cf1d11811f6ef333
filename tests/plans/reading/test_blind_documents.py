"""Plans whose expected reading was written before the reader was seen, and which it still does not read whole.

They tell how the reader does on plans nobody fitted it to. The floors are what it reached when they came; a change
may raise them and must not fall under them.
"""

from pathlib import Path
from statistics import mean
from types import ModuleType

import pytest

from tests.plans.reading.test_scores import PLANS, read_and_expected, score

BLIND = Path(__file__).parents[1] / "blind"
DOCUMENTS = sorted(path for path in BLIND.iterdir() if not path.name.endswith(".expected.json"))

#: The mean of each measure over the documents.
FLOORS = {"f1": 0.95, "agency_acc": 0.93, "due_acc": 0.99, "recurrence_acc": 0.97}

pytestmark = pytest.mark.skipif(
    not PLANS.is_dir(), reason="the score lies beside the real plans, which are not here"
)

__all__ = ["score"]


def test_plans_nobody_fitted_the_reader_to_are_read_no_worse_than_before(score: ModuleType) -> None:
    results = [score.score(*read_and_expected(path)) for path in DOCUMENTS]
    assert len(results) == 10
    reached = {measure: round(mean(result[measure] for result in results), 3) for measure in FLOORS}
    assert {measure: value for measure, value in reached.items() if value < FLOORS[measure]} == {}
