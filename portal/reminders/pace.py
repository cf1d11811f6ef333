"""How long things may take before the outbox draws its conclusions; tests with killed processes use shorter ones."""

from dataclasses import dataclass, replace
from datetime import timedelta

from portal.journal import Journal
from portal.mail import SUBMISSION_SECONDS


@dataclass(frozen=True)
class Pace:
    """`claim`: a claim nobody used. `submission`: longer than any submission can take.

    `settle`: the time the relay may need to note what it accepted; `settle_blind`: the same where it has no journal.
    `slice`: how long one drain works before it lets others at the door. `away`: before an unreachable relay is
    tried again. `breaker`: how long a provider that fails often is left alone.
    """

    claim: timedelta = timedelta(seconds=60)
    submission: timedelta = timedelta(seconds=SUBMISSION_SECONDS + 30)
    settle: timedelta = timedelta(seconds=30)
    settle_blind: timedelta = timedelta(minutes=5)
    slice: timedelta = timedelta(seconds=5)
    away: timedelta = timedelta(seconds=15)
    breaker: timedelta = timedelta(seconds=30)

    def knowing(self, journal: Journal) -> "Pace":
        """The pace when there is this journal to ask, or none."""
        return self if journal.can_tell else replace(self, settle=self.settle_blind)


PACE = Pace()
