"""`portal guard`: how well the child-identity guard reads, on its own corpus."""

import click

from portal.guarding.scoring import HALVES, Score, microseconds, score, share, unmasked


@click.group()
def guard() -> None:
    """The guard that stops children's names in free text."""


@guard.command("score")
@click.option("--wrong", is_flag=True, help="Print the sentences that were judged wrongly.")
@click.option("--half", type=click.Choice(HALVES), multiple=True, default=HALVES)
def score_command(wrong: bool, half: tuple[str, ...]) -> None:
    """Recall and false alarms by class, on both halves of the corpus, and the time a sentence takes."""
    for name in half:
        scores = score(name)
        caught, passed = share(scores, tells=True), share(scores, tells=False)
        click.echo(
            f"{name}: recall {caught:.1%}, false alarms {1 - passed:.1%}, {microseconds(name):.0f} µs a sentence"
        )
        click.echo(f"  still telling after one click: {len(unmasked(name))}")
        for (tells, kind), one in sorted(scores.items(), reverse=True):
            click.echo(_line(tells, kind, one))
            for text in one.wrong if wrong else ():
                click.echo(f"      {text}")


def _line(tells: bool, kind: str, one: Score) -> str:
    return f"  {'stop' if tells else 'pass'} {kind:14} {one.right:3} of {one.total:3}"
