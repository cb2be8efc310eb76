"""What Word lays on the clipboard: its own markup, and the pictures in a second form beside it."""

import io

from PIL import Image

TITLE = "Đảng ủy Khối sơ kết công tác chuyên đề"
POINTS = ("Chọn nội dung sát với chi bộ;", "Gửi tài liệu trước ba ngày.")
FIGURES = (("Đơn vị", "Số chuyên đề"), ("Chi bộ Văn phòng", "12"), ("Chi bộ Tổ chức", "9"))
#: Of Word's own markup; none of it is kept.
LEFTOVERS = ("Mso", "mso-", "<span", "<o:p", "class=", "file:", "data:")

_STYLE = "margin:0cm;text-align:justify;line-height:150%;mso-pagination:widow-orphan;font-size:14.0pt"
_FONT = 'font-size:14.0pt;font-family:"Times New Roman",serif;mso-fareast-language:VI'
_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; margin:0cm;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'>"""


def paragraph(words, *, style="", cls="MsoNormal"):
    return f"<p class={cls} style='{_STYLE};{style}'><span style='{_FONT}'>{words}<o:p></o:p></span></p>"


def _item(number, words):
    mark = (
        "<![if !supportLists]><span style='mso-list:Ignore'>"
        f"{number}.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
    )
    return paragraph(
        mark + words,
        style="margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1",
        cls="MsoListParagraph",
    )


def _table(rows):
    cell = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
    lines = (
        f"<tr style='mso-yfti-irow:{place}'>"
        + "".join(f"<td width=312 valign=top style='width:233.75pt;{cell}'>{paragraph(w)}</td>" for w in row)
        + "</tr>"
        for place, row in enumerate(rows)
    )
    return (
        "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;"
        f"border:none;mso-yfti-tbllook:1184'>{''.join(lines)}</table>"
    )


def text():
    """A whole item with three faults: a picture nobody hears described, a link to a place of the Word
    file, no "./." at the end."""
    return "".join(
        [
            _HEAD,
            "<!--StartFragment-->",
            paragraph(
                "Sáng nay, <b style='mso-bidi-font-weight:normal'>Đảng ủy Khối</b> sơ kết công tác "
                'chuyên đề, theo <a href="#_Toc178000001">phụ lục kèm theo</a>.'
            ),
            *(_item(number, words) for number, words in enumerate(POINTS, start=1)),
            _table(FIGURES),
            paragraph(
                '<img width=320 height=200 src="file:///C:/Users/bientap/AppData/Local/Temp/msohtmlclip1/01/'
                'clip_image002.png" v:shapes="Picture_x0020_1">'
            ),
            paragraph("Đảng ủy Khối ghi nhận kết quả của các chi bộ."),
            "<!--EndFragment--></body></html>",
        ]
    )


def pictures():
    """The same pictures as RTF, where the editor finds their bytes."""
    return (
        r"{\rtf1\ansi\ansicpg1252{\*\shppict{\pict{\*\picprop\shplid1025}\picw8466\pich5291\picwgoal4800"
        r"\pichgoal3000\pngblip\bliptag-1183391743{\*\blipuid b976e001a1b2c3d4e5f60718293a4b5c}"
        f"\n{png().hex()}}}}}}}"
    )


def png(colour="#7a1f1f"):
    out = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(out, "PNG")
    return out.getvalue()
