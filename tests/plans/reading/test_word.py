"""Word documents as people write them: automatic numbers, layout tables, merged cells, tracked changes."""

import io
from datetime import date

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.plans.reading import PlanReading, read_plan

LIST = "77"
FORMATS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))


def element(name: str, value: str | None = None) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(name)
    if value is not None:
        made.set(qn("w:val"), value)
    return made


def add_list(document: Document) -> None:
    abstract = element("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), LIST)
    for depth, (number_format, text) in enumerate(FORMATS):
        level = element("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for child in (
            element("w:start", "1"),
            element("w:numFmt", number_format),
            element("w:lvlText", text),
        ):
            level.append(child)
        abstract.append(level)
    number = element("w:num")
    number.set(qn("w:numId"), LIST)
    number.append(element("w:abstractNumId", LIST))
    numbering = document.part.numbering_part.element
    numbering.insert(0, abstract)
    numbering.append(number)


def listed(document: Document, text: str, depth: int) -> None:
    paragraph = document.add_paragraph(text)
    reference = element("w:numPr")
    reference.append(element("w:ilvl", str(depth)))
    reference.append(element("w:numId", LIST))
    paragraph._p.get_or_add_pPr().append(reference)


def reading_of(document: Document) -> PlanReading:
    file = io.BytesIO()
    document.save(file)
    return read_plan(file.getvalue(), "ke-hoach.docx")


def plan_with_automatic_numbers() -> Document:
    document = docx.Document()
    add_list(document)
    frame = document.add_table(2, 2)
    frame.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC HẢI"
    frame.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    frame.cell(1, 0).text = "Số: 33/KH-UBND"
    frame.cell(1, 1).text = "Bắc Hải, ngày 02 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Phòng, chống đuối nước trẻ em năm 2026")
    listed(document, "MỤC TIÊU", 0)
    listed(document, "100% trường học dạy kỹ năng an toàn trong môi trường nước.", 3)
    listed(document, "TỔ CHỨC THỰC HIỆN", 0)
    listed(document, "Phòng Văn hóa - Xã hội:", 1)
    listed(document, "Tổng hợp, báo cáo UBND phường trước ngày 30/11/2026.", 3)
    listed(document, "Trạm Y tế phường, Công an phường:", 1)
    listed(document, "Tập huấn sơ cấp cứu đuối nước, hoàn thành trong Quý II.", 2)
    signed = document.add_table(1, 2)
    signed.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    signed.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐỗ Thị Mai"
    return document


def test_numbers_that_word_makes_by_itself_place_the_duties() -> None:
    reading = reading_of(plan_with_automatic_numbers())

    assert [duty.locator for duty in reading.duties] == ["Mục II.1, gạch đầu dòng 1", "Mục II.2.a"]
    assert [[ref.code for ref in duty.agencies] for duty in reading.duties] == [
        ["p_vhxh"],
        ["tramyte", "congan"],
    ]


def test_the_header_laid_out_as_a_table_is_read() -> None:
    metadata = reading_of(plan_with_automatic_numbers()).metadata

    assert (metadata.issuer, metadata.number) == ("UBND phường Bắc Hải", "33/KH-UBND")
    assert metadata.issue_date == date(2026, 3, 2)
    assert (metadata.signer, metadata.signer_title) == ("Đỗ Thị Mai", "PHÓ CHỦ TỊCH")
    assert metadata.recipients == ("Như trên", "Lưu: VT")


def test_merged_and_ditto_cells_of_an_appendix_take_the_value_above() -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Công tác trẻ em năm 2026")
    document.add_paragraph("PHỤ LỤC")
    rows = [
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"),
        ("1", "Rà soát trẻ em bỏ học", "Các trường học", "Công an phường", "Tháng 9", "Danh sách"),
        ("2", "Vận động trẻ em trở lại trường", "", "nt", "-nt-", "Báo cáo"),
    ]
    table = document.add_table(len(rows), 6)
    for cells, row in zip(rows, table.rows, strict=True):
        for words, cell in zip(cells, row.cells, strict=True):
            cell.text = words
    table.cell(1, 2).merge(table.cell(2, 2))

    first, second = reading_of(document).duties

    assert (first.section, second.section) == ("PL.1", "PL.2")
    assert [ref.code for ref in second.agencies] == ["truong"]
    assert [ref.code for ref in second.supporting] == ["congan"]
    assert first.due.date == second.due.date == date(2026, 9, 30)
    assert second.product == "Báo cáo"


def test_text_that_was_struck_out_is_not_read() -> None:
    document = plan_with_automatic_numbers()
    struck = element("w:del")
    run = element("w:r")
    text = element("w:delText")
    text.text = "Việc đã bỏ."
    run.append(text)
    struck.append(run)
    document.paragraphs[-1]._p.append(struck)

    assert not any("đã bỏ" in paragraph.text for paragraph in reading_of(document).paragraphs)
