"""Forty documents as offices write them, in the spelling the cleaner keeps: each must come out as it is."""

_PICTURE = "/anh/12345678-1234-1234-1234-123456789012/"

GOOD = {
    "paragraph": "<p>Hội nghị lần thứ 20 Ban Chấp hành Đảng bộ Khối (mở rộng).</p>",
    "paragraphs": "<p>Sáng 26/9/2024.</p>\n<p>14 giờ 00, hội trường tầng 2.</p>",
    "headings": "<h2>Kết quả</h2><h3>Kết nạp đảng viên</h3><h4>Đảng bộ cơ sở</h4><p>116 đồng chí.</p>",
    "bold and italic": "<p><strong>Đồng chí</strong> <em>Bí thư</em> <b>phát</b> <i>biểu</i></p>",
    "underline and strike": "<p><u>Khẩn trương</u>, <s>bỏ</s></p>",
    "sub and sup": "<p>m<sup>2</sup>, CO<sub>2</sub></p>",
    "line break": "<p>Nơi nhận:<br>- Như trên;<br>- Lưu VP.</p>",
    "bullet list": "<ul><li>Một</li><li>Hai</li></ul>",
    "numbered list": '<ol start="3"><li>Ba</li><li>Bốn</li></ol>',
    "lettered list": '<ol type="a"><li>Khoản</li></ol>',
    "roman list": '<ol style="list-style-type:upper-roman"><li>Phần thứ nhất</li></ol>',
    "nested lists": "<ul><li>Một<ol><li>Một, một<ul><li>Sâu</li></ul></li></ol></li><li>Hai</li></ul>",
    "list item with paragraphs": "<ul><li><p>Đoạn</p><p>Đoạn tiếp</p></li></ul>",
    "centred": '<p style="text-align:center">BÁO CÁO</p>',
    "right": '<p style="text-align:right">Ngày 26 tháng 9 năm 2024</p>',
    "justified": '<p style="text-align:justify">Thực hiện Chương trình công tác năm…</p>',
    "indented": '<p style="margin-left:40px">Thụt vào</p>',
    "first line": '<p style="text-indent:36pt">Dòng đầu thụt vào</p>',
    "hanging indent": '<p style="margin-left:36pt;text-indent:-18pt">- Gạch đầu dòng của Word</p>',
    "coloured": (
        '<p><span style="color:#c00000">Đỏ</span> <span style="background-color:yellow">nền</span></p>'
    ),
    "colour by numbers": '<p><span style="color:rgb(192, 0, 0)">Đỏ</span></p>',
    "weight by style": '<p><span style="font-weight:bold;font-style:italic">Đậm nghiêng</span></p>',
    "underline by style": '<p><span style="text-decoration:underline">gạch chân</span></p>',
    "quotation": "<blockquote><p>Học tập và làm theo</p></blockquote>",
    "rule": "<p>Trên</p><hr><p>Dưới</p>",
    "link": '<p><a href="https://vanban.example/399-QD-TW" rel="noopener noreferrer">399-QĐ/TW</a></p>',
    "link in a new tab": '<a href="/hop/12/" target="_blank" rel="noopener noreferrer">Hội nghị</a>',
    "mail and telephone": (
        '<p><a href="mailto:vp@khoi.example" rel="noopener noreferrer">thư</a> '
        '<a href="tel:02838222222" rel="noopener noreferrer">điện thoại</a></p>'
    ),
    "link with a query": (
        '<a href="/tim-kiem/?q=%C4%91%E1%BA%A3ng&amp;trang=2" rel="noopener noreferrer">tìm</a>'
    ),
    "picture": f'<p><img src="{_PICTURE}" alt="Quang cảnh hội nghị" width="800" height="533"></p>',
    "picture at the side": (
        f'<p><img src="{_PICTURE}" alt="Ảnh" style="float:right;width:300px;height:200px"></p>'
    ),
    "figure": (
        f'<figure><img src="{_PICTURE}" alt="Ảnh"><figcaption>Quang cảnh hội nghị</figcaption></figure>'
    ),
    "table": (
        "<table><tbody><tr><td>TT</td><td>Đơn vị</td></tr><tr><td>1</td><td>Sở A</td></tr></tbody></table>"
    ),
    "table with head": (
        '<table border="1" cellpadding="5" cellspacing="0"><caption>Kết nạp</caption><thead><tr>'
        '<th scope="col">Chỉ tiêu</th><th scope="col">Đạt</th></tr></thead>'
        "<tbody><tr><td>160</td><td>116</td></tr></tbody>"
        "<tfoot><tr><td>Tỷ lệ</td><td>72,5%</td></tr></tfoot></table>"
    ),
    "joined cells": (
        '<table><tbody><tr><td colspan="2" rowspan="3">Gộp</td><td>x</td></tr><tr><td>y</td></tr>'
        "<tr><td>z</td></tr></tbody></table>"
    ),
    "table of Word": (
        '<table border="1" cellspacing="0" style="border-collapse:collapse;border:none"><tbody><tr>'
        '<td style="width:233.75pt;border:1pt solid windowtext;vertical-align:top">'
        '<p style="text-align:center"><strong>ĐẢNG BỘ</strong></p></td>'
        '<td style="width:50%;border-top:none;border-left:1px dotted #000">x</td></tr></tbody></table>'
    ),
    "columns": (
        '<table><colgroup><col span="2" style="width:30%"></colgroup><tbody><tr><td>1'
        "</td></tr></tbody></table>"
    ),
    "table in a table": (
        "<table><tbody><tr><td><table><tbody><tr><td>trong</td></tr></tbody></table>"
        "</td></tr></tbody></table>"
    ),
    "signs": "<p>A &amp; B &lt; C &gt; D, “trích”, ½ ngày, 5 °C, §, © – — … ₫</p>",
    "kept spaces": "<p>Số:&nbsp;&nbsp;12-TB/VP</p>",
}
