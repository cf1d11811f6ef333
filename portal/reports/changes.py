"""What counting a report again has changed: line by line the figure before and after."""

from collections.abc import Iterator

from portal.reports.figures import Figure, ReportFigures
from portal.tasks.timeliness import Bucket

#: What a line is about: one of the four of an agency (or of the ward), an indicator, a hindrance.
Change = list[str]


def changes_between(before: ReportFigures, after: ReportFigures) -> list[Change]:
    """Lines of [what, code of a bucket or empty, figure before, figure after]; `what` is empty for the ward."""
    return [*_counts(before, after), *_measures(before, after), *_hindrances(before, after)]


def _counts(before: ReportFigures, after: ReportFigures) -> Iterator[Change]:
    rows = [("", before.counts, after.counts)]
    old = {line.id: line for line in before.by_agency}
    new = {line.id: line for line in after.by_agency}
    nothing = dict.fromkeys((one.value for one in Bucket), 0)
    for key in dict.fromkeys([*new, *old]):
        line = new.get(key) or old[key]
        rows.append(
            (
                line.name,
                old[key].counts if key in old else nothing,
                new[key].counts if key in new else nothing,
            )
        )
    for name, was, now in rows:
        for bucket in Bucket:
            if was[bucket.value] != now[bucket.value]:
                yield [name, bucket.value, str(was[bucket.value]), str(now[bucket.value])]


def _measures(before: ReportFigures, after: ReportFigures) -> Iterator[Change]:
    old = {one.indicator_id: one.now for one in before.measures}
    for one in after.measures:
        was = old.get(one.indicator_id)
        if was != one.now:
            yield [one.text, "measure", _said(was), _said(one.now)]


def _hindrances(before: ReportFigures, after: ReportFigures) -> Iterator[Change]:
    if before.hindrances != after.hindrances:
        yield ["", "hindrances", str(len(before.hindrances)), str(len(after.hindrances))]


def _said(figure: Figure | None) -> str:
    return figure.said if figure else ""
