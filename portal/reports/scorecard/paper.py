"""The self-scoring table as an official document (Decree 30/2020/NĐ-CP, annex I), for the ward's dossier."""

from datetime import datetime

from flask_babel import force_locale

from portal.official_document import Grid, OfficialDocument, as_docx, for_the_committee
from portal.reports.scorecard.scorecard import Scorecard
from portal.reports.scorecard.scoring import Result, Score, ScoredCriterion, ScoredPart
from portal.reports.scorecard.wording import CLASSES, points_said
from portal.tenants.queries import signer
from portal.tenants.ward import Ward
from portal.wording import decimal, local_day


def scorecard_docx(ward: Ward, card: Scorecard, now: datetime, *, grounds: bool = True) -> bytes:
    """The table as .docx, in Vietnamese whatever language its reader has chosen.

    `grounds`: with the numbers and words that points stand on, for the ward's own dossier; the unit gets points.
    """
    with force_locale("vi"):
        return as_docx(_document(ward, card, now, grounds))


def _document(ward: Ward, card: Scorecard, now: datetime, grounds: bool) -> OfficialDocument:
    title, name = signer()
    score = card.score
    return OfficialDocument(
        issuer=f"ỦY BAN NHÂN DÂN\n{ward.full_name.upper()}",
        symbol="BC-UBND",
        place=ward.name,
        day=local_day(now),
        type_name="BẢNG TỰ CHẤM ĐIỂM",
        subject=f"Tiêu chuẩn xã, phường, thị trấn phù hợp với trẻ em năm {card.year}",
        body=(
            f"Căn cứ {card.standard.source}, loại đơn vị: {CLASSES[score.unit_class]}.",
            _table(score, grounds),
            *_result(score),
        ),
        copies=("Chủ tịch, các Phó Chủ tịch UBND", "Lưu: VT, VHXH"),
        signed_for=for_the_committee(title),
        signer_title=title,
        signer_name=name,
    )


def _table(score: Score, grounds: bool) -> Grid:
    rows = []
    for one in score.criteria:
        alone = one.parts[0] if len(one.parts) == 1 else None
        rows.append((str(one.criterion.number), one.criterion.name, *_points(one), _note(alone)))
        if alone is None:
            rows += [("", f"- {part.part.name}", *_points(part), _note(part)) for part in one.parts]
    rows.append(("", "Tổng số điểm", "", decimal(score.total), ""))
    columns = 5 if grounds else 4
    return Grid(
        heads=("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Căn cứ")[:columns],
        rows=tuple(row[:columns] for row in rows),
        widths=(1.0, 6.6, 2.0, 2.0, 4.9) if grounds else (1.0, 10.5, 2.5, 2.5),
        centred=(0, 2, 3),
        points=12,
    )


def _points(scored: ScoredCriterion | ScoredPart) -> tuple[str, str]:
    return points_said(scored.most), points_said(scored.points)


def _note(scored: ScoredPart | None) -> str:
    if scored is None:
        return ""
    entry = scored.entry
    told = scored.share is not None and not scored.part.sensitive
    figures = f"{decimal(entry['part'])}/{decimal(entry['whole'])}" if told else ""
    return "; ".join(said for said in (figures, entry.get("note", "")) if said)


def _result(score: Score) -> tuple[str, ...]:
    needed = f"Mức cần đạt: {decimal(score.threshold)} điểm, không tiêu chí nào 0 điểm."
    if score.result is Result.OPEN:
        return needed, f"Chưa chấm xong tiêu chí: {', '.join(map(str, score.missing))}."
    if score.result is Result.ENOUGH:
        return needed, "Đủ điểm đề nghị đánh giá; từng tiêu chí đạt hay không do hội đồng đánh giá kết luận."
    empty = f" Tiêu chí 0 điểm: {', '.join(map(str, score.empty))}." if score.empty else ""
    return needed, f"Chưa đủ điểm.{empty}"
