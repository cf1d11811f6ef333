"""The smallest plan in each format that still has every part its reader looks into: where fuzzing begins."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_HEAD = (
    "UBND PHƯỜNG TÂN AN",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Công tác trẻ em năm 2026",
    "I. MỤC TIÊU",
    "- Trên 95% trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Công an phường:",
    "- Tuần tra các bãi tắm trước ngày 31/5/2026.",
    "2. Giao Trạm Y tế chủ trì, phối hợp với Hội Phụ nữ tập huấn sơ cấp cứu, định kỳ 6 tháng trước 15/6.",
)
_CELLS = (("STT", "Nội dung", "Đơn vị chủ trì", "Thời gian"), ("1", "Treo băng rôn", "Công an", "nt"))
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_O = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))


def seeds_of(kind: str) -> list[bytes]:
    """Return the first inputs for "text", "docx", "xlsx", "odt", "rtf" or "pdf"."""
    if kind == "text":
        written = (Path(__file__).parents[1] / "plans" / "documents").glob("*.[tm][xd]*")
        return ["\n".join(_HEAD).encode(), *(path.read_bytes() for path in sorted(written))]
    return [{"docx": _docx, "xlsx": _xlsx, "odt": _odt, "rtf": _rtf, "pdf": _pdf}[kind]()]


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a container of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def _docx() -> bytes:
    listed = '<w:pPr><w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    text = "".join(
        f"<w:p>{listed if line[0] == 'I' else ''}<w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in _HEAD
    )
    merged = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>'
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{merged}<w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in row)
        + "</w:tr>"
        for row in _CELLS
    )
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    return packed(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{text}<w:tbl>{rows}</w:tbl></w:body></w:document>".encode(),
            "word/numbering.xml": (
                f'<w:numbering {_W}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
            ).encode(),
            "word/styles.xml": (
                f'<w:styles {_W}><w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="G"/>'
                '<w:rPr><w:b/></w:rPr></w:style><w:style w:styleId="G"><w:name w:val="g"/></w:style></w:styles>'
            ).encode(),
        }
    )


def _xlsx() -> bytes:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{column}{number}" t="s"><v>{place}</v></c>' for place, column in enumerate("ABCD"))
        + f'<c r="E{number}" s="1"><v>4544{number}.5</v><f>1</f></c></row>'
        for number in range(1, 5)
    )
    strings = "".join(f"<si><t>{cell}</t></si>" for row in _CELLS for cell in row)
    return packed(
        {
            "xl/workbook.xml": f"<workbook {_S}/>".encode(),
            "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>".encode(),
            "xl/styles.xml": (
                f'<styleSheet {_S}><numFmts><numFmt numFmtId="99" formatCode="dd/mm"/></numFmts>'
                '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
            ).encode(),
            "xl/worksheets/sheet1.xml": (
                f"<worksheet {_S}><sheetData>{rows}</sheetData>"
                '<mergeCells><mergeCell ref="C2:C3"/></mergeCells></worksheet>'
            ).encode(),
        }
    )


def _odt() -> bytes:
    text = "".join(f'<text:h text:outline-level="1">{escape(line)}</text:h>' for line in _HEAD[:6])
    text += "".join(
        f'<text:list text:style-name="L"><text:list-item><text:p>{line}<text:s/></text:p></text:list-item></text:list>'
        for line in _HEAD[6:]
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:number-columns-repeated="2"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )
        + "<table:covered-table-cell/></table:table-row>"
        for row in _CELLS
    )
    content = f"<office:body><office:text>{text}<table:table>{rows}</table:table></office:text></office:body>"
    return packed(
        {"content.xml": f"<office:document-content {_O}>{content}</office:document-content>".encode()}
    )


def _rtf() -> bytes:
    words = "".join(f"\\u{ord(char)}?" if ord(char) > 126 else char for char in "\\par ".join(_HEAD))
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\uc1 " + words + "\\'e0\\cell\\row}").encode()


def _pdf() -> bytes:
    lines = " T* ".join(
        f"({line}) Tj" for line in ("KE HOACH", "II. TO CHUC THUC HIEN", "1. Cong an: tuan tra")
    )
    page = f"BT /F1 12 Tf 72 700 Td 14 TL {lines} ET"
    letters = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/TrueType/BaseFont/F/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 33/Widths[250 300]"
        "/ToUnicode 6 0 R>>",
        f"<</Length {len(letters)}>>stream\n{letters}\nendstream",
    )
    body = "".join(f"{number} 0 obj{content}endobj\n" for number, content in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R/Size 7>>\nstartxref\n0\n%%EOF".encode()
