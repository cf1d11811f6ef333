"""The report as an official document (báo cáo, Decree 30/2020/NĐ-CP annex I): words of the ward, tables, an annex.

It leaves the ward, so titles are the plan's own, hindrances are masked, and sensitive figures are not said.
"""

from collections.abc import Iterable
from datetime import date

from flask_babel import force_locale

from portal.official_document import Block, Grid, Heading, OfficialDocument, as_docx, for_the_committee
from portal.reports.figures import CountedCard, Figure, Measured, ReportFigures
from portal.reports.ward_report import WardReport
from portal.tasks.timeliness import Bucket
from portal.tenants.queries import signer
from portal.tenants.ward import Ward
from portal.wording import decimal, full_date, local_day

#: How the four are said on paper.
PAPER_WORDS = {
    Bucket.DONE_ON_TIME.value: "Xong đúng hạn",
    Bucket.DONE_LATE.value: "Xong muộn",
    Bucket.OPEN_IN_TIME.value: "Chưa xong, còn hạn",
    Bucket.OPEN_OVERDUE.value: "Chưa xong, quá hạn",
}

_VEILED = "Không nêu (nhạy cảm)"


def report_docx(ward: Ward, unit_name: str, report: WardReport) -> bytes:
    """The report as .docx, in Vietnamese whatever language its reader has chosen."""
    with force_locale("vi"):
        return as_docx(_document(ward, unit_name, report))


def _document(ward: Ward, unit_name: str, report: WardReport) -> OfficialDocument:
    title, name = signer()
    figures, texts = report.counted, report.texts
    return OfficialDocument(
        issuer=f"ỦY BAN NHÂN DÂN\n{ward.full_name.upper()}",
        symbol="BC-UBND",
        place=ward.name,
        day=local_day(report.refreshed_at),
        type_name="BÁO CÁO",
        subject=f"Kết quả thực hiện kế hoạch bảo vệ, chăm sóc trẻ em\n{report.period.name}",
        body=(
            _opening(ward, report),
            *results(figures, texts),
            *targets(figures.measures),
            *difficulties(figures, texts),
            *next_steps(figures, texts),
        ),
        copies=(*((unit_name,) if unit_name else ()), "Chủ tịch, các Phó Chủ tịch UBND", "Lưu: VT, VHXH"),
        signed_for=for_the_committee(title),
        signer_title=title,
        signer_name=name,
        annex_title=f"Danh mục nhiệm vụ và kết quả, tính đến ngày {_day(figures.as_of)}",
        annex=(annex(figures.cards),) if figures.cards else (),
    )


def _opening(ward: Ward, report: WardReport) -> str:
    period, again = report.period, " (bản điều chỉnh)" if report.edition > 1 else ""
    return (
        f"Ủy ban nhân dân {ward.full_name} báo cáo kết quả thực hiện kế hoạch bảo vệ, chăm sóc trẻ em, kỳ báo cáo từ "
        f"ngày {full_date(period.start)} đến ngày {full_date(period.end)}{again}. Số liệu về nhiệm vụ tính đến ngày "
        f"{_day(report.counted.as_of)}."
    )


def results(figures: ReportFigures, texts: dict[str, str]) -> Iterable[Block]:
    """Part I: the four counts of the ward, then of each agency."""
    counts = figures.counts
    yield Heading("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    yield (
        f"Tổng số nhiệm vụ: {figures.total}; trong đó "
        + "; ".join(f"{words.lower()} {counts[bucket]}" for bucket, words in PAPER_WORDS.items())
        + "."
    )
    if figures.cards:
        yield Grid(
            heads=("TT", "Cơ quan, đơn vị", "Tổng số", *PAPER_WORDS.values()),
            rows=tuple(
                (str(n), line.name, str(line.total), *(str(line.counts[bucket]) for bucket in PAPER_WORDS))
                for n, line in enumerate(figures.by_agency, start=1)
            ),
            widths=(1.0, 5.1, 1.6, 2.1, 2.0, 2.3, 2.3),
            centred=(0, 2, 3, 4, 5, 6),
        )
    yield from _typed(texts, "results")


def targets(measures: tuple[Measured, ...]) -> Iterable[Block]:
    """Part II: each indicator with numerator and denominator, beside the period before."""
    yield Heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    if not measures:
        yield "Chưa có số liệu chỉ tiêu trong kỳ."
        return
    said = [
        one for one in measures if not one.is_veiled
    ]  # counting a veiled one would tell what is not said of it
    yield (
        f"{sum(bool(one.met) for one in said)}/{len(said)} chỉ tiêu có nêu số đạt mức đề ra. Mỗi ô ghi kết quả, "
        "(số đạt/tổng số) và ngày khép kỳ số liệu."
    )
    yield Grid(
        heads=("TT", "Chỉ tiêu", "Mức đề ra", "Kỳ này", "Kỳ trước", "Đánh giá"),
        rows=tuple(
            (str(n), one.text, one.target, _figure(one, one.now), _figure(one, one.before), judged(one))
            for n, one in enumerate(measures, start=1)
        ),
        widths=(1.0, 5.2, 1.9, 3.4, 3.4, 1.6),
        centred=(0, 2, 3, 4, 5),
    )


def judged(one: Measured) -> str:
    """Whether the promise is kept; not said where the figure is not."""
    if one.is_veiled or one.met is None:
        return ""
    return "Đạt" if one.met else "Chưa đạt"


def _figure(measured: Measured, figure: Figure | None) -> str:
    if figure is None:
        return "Chưa có số"
    if measured.is_veiled:
        return _VEILED
    if figure.denominator is None:
        return figure.said
    value = f"{figure.said} " if figure.said else ""
    return f"{value}({decimal(figure.numerator)}/{decimal(figure.denominator)})\n{_day(figure.period_end)}"


def difficulties(figures: ReportFigures, texts: dict[str, str]) -> Iterable[Block]:
    """Part III: what agencies said stands in the way, then the ward's own words."""
    yield Heading("III. KHÓ KHĂN, VƯỚNG MẮC")
    for one in figures.hindrances:
        yield f"- {one.agency} (việc số {one.number}): {one.why or 'nội dung bảo mật, không nêu'}"
    if not figures.hindrances and not texts.get("difficulties"):
        yield "Các cơ quan không báo vướng mắc."
    yield from _typed(texts, "difficulties")


def next_steps(figures: ReportFigures, texts: dict[str, str]) -> Iterable[Block]:
    """Part IV, what is left to do; part V, proposals, only when there are any."""
    counts = figures.counts
    late = counts[Bucket.OPEN_OVERDUE.value]
    left = late + counts[Bucket.OPEN_IN_TIME.value]
    yield Heading("IV. NHIỆM VỤ THỜI GIAN TỚI")
    yield f"Tiếp tục thực hiện {left} nhiệm vụ chưa xong, trong đó đôn đốc hoàn thành {late} nhiệm vụ quá hạn."
    yield from _typed(texts, "next_steps")
    if texts.get("proposals"):
        yield Heading("V. ĐỀ XUẤT, KIẾN NGHỊ")
        yield from _typed(texts, "proposals")


def _typed(texts: dict[str, str], code: str) -> Iterable[str]:
    return [line for line in texts.get(code, "").splitlines() if line.strip()]


def annex(cards: tuple[CountedCard, ...]) -> Grid:
    """Every card that was counted, so that each number can be counted again on paper."""
    return Grid(
        heads=("Số", "Nhiệm vụ", "Cơ quan", "Hạn", "Kết quả"),
        rows=tuple(
            (
                str(card.number),
                card.title or f"Việc số {card.number}",
                card.agency,
                _day(card.last_day) if card.last_day else "Không hạn",
                PAPER_WORDS[card.bucket],
            )
            for card in cards
        ),
        widths=(1.1, 6.3, 3.8, 2.6, 2.7),
        centred=(0, 3),
    )


def _day(kept: str) -> str:
    return full_date(date.fromisoformat(kept))
