"""`portal guard`: how well the child-identity guard reads, on its own corpus."""

import click

from portal.guarding.scoring import HALVES, Score, microseconds, score, share, unmasked


@click.group()
def guard() -> None:
    """Bộ soát chữ: chặn điều cho biết một trẻ em là ai."""


@guard.command("score")
@click.option("--wrong", is_flag=True, help="In các câu bị soát sai.")
@click.option(
    "--half", type=click.Choice(HALVES), multiple=True, default=HALVES, help="Nửa nào; không chọn là cả hai."
)
def score_command(wrong: bool, half: tuple[str, ...]) -> None:
    """Tỷ lệ chặn đúng và chặn nhầm theo loại câu, trên hai nửa tập câu mẫu, và thời gian soát một câu."""
    for name in half:
        scores = score(name)
        caught, passed = share(scores, tells=True), share(scores, tells=False)
        click.echo(
            f"{name}: chặn đúng {caught:.1%}, chặn nhầm {1 - passed:.1%}, {microseconds(name):.0f} µs một câu"
        )
        click.echo(f"  còn lộ sau một lần bấm che: {len(unmasked(name))}")
        for (tells, kind), one in sorted(scores.items(), reverse=True):
            click.echo(_line(tells, kind, one))
            for text in one.wrong if wrong else ():
                click.echo(f"      {text}")


def _line(tells: bool, kind: str, one: Score) -> str:
    return f"  {'chặn' if tells else 'cho qua':7} {kind:14} {one.right:3}/{one.total:3}"
