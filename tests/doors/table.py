"""The permission matrix as rows: a page, one thing, and what each of the six columns is answered.

An answer is a status, or `login` for the way to the sign-in page. Without answers for a method, nobody
may ask that way: 405. What the helpers of the matrix are answered stands in `also`, in the order of
the methods the row has.
"""

from dataclasses import dataclass, field
from typing import Any

COLUMNS = ["ANON", "MEM", "SEC", "OFF", "EDI", "ADM"]
HELPERS = ["mem_b1", "off2", "edi2", "chair_r", "sec_b"]

ALL = "login 200 200 200 200 200"
NOBODY = "login 404 404 404 404 404"
PREPARED = "login 404 403 200 404 403"
PREPARED_BUTTON = "login 404 403 302 404 403"
FIGURE = "until=2026-11-01&organization="
OFFICE = "login 403 403 200 403 403"
MANAGER = "login 403 200 403 403 403"
MANAGER_BUTTON = "login 403 302 403 403 403"
OWN_COURSE = "login 404 200 404 404 404"
EDITED = "login 403 403 403 200 403"


@dataclass(frozen=True)
class Row:
    cell: str
    name: str
    which: str = ""
    get: str = ""
    post: str = ""
    sent: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    also: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return " ".join(filter(None, [self.cell, self.name, self.which, self.query, *self.sent]))

    @property
    def methods(self) -> dict[str, str]:
        return {method: said for method, said in [("GET", self.get), ("POST", self.post)] if said}

    def expected(self, column: str) -> dict[str, str]:
        if column in COLUMNS:
            place = COLUMNS.index(column)
            return {method: said.split()[place] for method, said in self.methods.items()}
        return dict(zip(self.methods, self.also.get(column, "").split(), strict=False))


HOUSE = [
    Row("-", "home", get=ALL),
    Row("-", "search", get=ALL, query="q=hoi nghi"),
    Row("-", "suggestions", get=ALL, query="q=hoi nghi"),
    Row("-", "notices", get=ALL),
    Row("-", "notice_open", "told", post="login 404 302 404 404 404"),
    Row("-", "whats_new", get=ALL),
    Row("-", "guide", get=ALL),
    Row("-", "guide_page", "can-bo", get=ALL),
    Row("-", "notice_preferences", get=ALL, post=ALL),
    Row(
        "-",
        "save_filter",
        post="login 302 302 302 302 302",
        sent={"path": "/to-chuc/", "query": "q=chi bo", "name": "Chi bộ"},
    ),
    Row("-", "drop_filter", "saved_filter", post="login 404 302 404 404 404"),
    Row("P33", "notice_board", "notice", get="login 404 403 200 404 200", also={"off2": "200"}),
    Row("P33", "notice_progress", "notice", get="login 404 403 200 404 200", also={"sec_b": "404"}),
    Row("P34", "notice_cancel", "notice", post=PREPARED_BUTTON, also={"off2": "302"}),
    Row("P34", "delivery_decide", "doubtful", post=PREPARED_BUTTON, sent={"act": "send_again"}),
    Row("-", "text_size", post="302 302 302 302 302 302"),
    Row("P87", "health", get="200 200 200 200 200 200"),
    Row("-", "offline", get="200 200 200 200 200 200"),
    Row("-", "offline_worker", get="200 200 200 200 200 200"),
    Row("-", "manifest", get="200 200 200 200 200 200"),
    Row("-", "offline_kept", get=ALL, query="bai=1"),
]

ACCOUNTS = [
    Row("P72", "account:home", get=ALL, post=ALL, sent={"email": "không phải thư"}),
    Row("P72", "account:password", get=ALL, post=ALL),
    Row("-", "account:sign_in", get="200 302 302 302 302 302", post="200 302 302 302 302 302"),
]

MEMBERS = [
    Row("P63", "members:organizations", get=ALL),
    Row("P63", "members:organization", "b", get=ALL),
    Row("P71", "members:organization_history", "a", get=MANAGER, also={"sec_b": "403"}),
    Row("P71", "members:reorganizations", "a", get=MANAGER, also={"sec_b": "403"}),
    Row("P71", "members:reorganizations", "b", get="login 403 403 403 403 403", also={"sec_b": "200"}),
    Row("P71", "members:reorganize", "a thanh-lap", get=MANAGER, post=MANAGER, also={"sec_b": "403 403"}),
    Row("P71", "members:reorganize", "a doi-ten", get="login 403 403 403 403 403"),
    Row("P71", "members:reorganization", "decided_a", get="login 404 200 404 404 404", also={"sec_b": "404"}),
    Row(
        "P71",
        "members:reorganization_undo",
        "decided_a",
        post="login 404 302 404 404 404",
        sent={"reason": "Ghi nhầm"},
        also={"sec_b": "404"},
    ),
    Row(
        "P67",
        "members:handover_minutes",
        "decided_a",
        post="login 404 403 404 404 404",
        also={"sec_b": "404"},
    ),
    Row(
        "P73",
        "members:correction_propose",
        "own",
        get=ALL,
        post=ALL,
        query="muc=born_on",
        also={"mem_b1": "200 200"},
    ),
    Row("P62", "members:correction_propose", "p_b1", get=NOBODY, post=NOBODY, also={"sec_b": "403 403"}),
    Row("P70", "members:corrections", get="login 403 200 403 403 403"),
    Row(
        "P70",
        "members:correction",
        "correction_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row(
        "P73",
        "members:correction_withdraw",
        "correction_a2",
        post="login 404 403 404 404 404",
        also={"sec_b": "404"},
    ),
    Row("P64", "members:list", get="login 403 200 403 403 403"),
    Row("P60", "members:member", "own", get=ALL, also={"mem_b1": "200"}),
    Row("P61", "members:member", "p_a2", get="login 404 200 404 404 404", also={"sec_b": "404"}),
    Row(
        "P70",
        "members:member",
        "p_a2",
        query="phan=lich-su",
        get="login 404 200 404 404 404",
        also={"sec_b": "404"},
    ),
    Row("P62", "members:member", "p_b1", get=NOBODY, also={"sec_b": "200", "mem_b1": "404"}),
    Row(
        "P70",
        "members:change",
        "p_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row(
        "P70",
        "members:photo",
        "p_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row(
        "P73",
        "members:photo",
        "own",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
    ),
    Row("P71", "members:change", "p_b1", get=NOBODY, post=NOBODY, also={"sec_b": "200 200"}),
    Row(
        "P73",
        "members:change",
        "own",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
    ),
    Row(
        "P65",
        "members:citizen_number",
        "p_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        sent={"reason": "Đối chiếu danh sách"},
        also={"sec_b": "404 404"},
    ),
    Row("P65", "members:citizen_number", "p_b1", get=NOBODY, post=NOBODY, also={"sec_b": "200 200"}),
    Row("P65", "members:citizen_number", "own", get=ALL, post=ALL),
    Row(
        "P70",
        "members:enter",
        "p_a2 khen-thuong",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row("P71", "members:enter", "p_b1 chuyen-sinh-hoat", get=NOBODY, post=NOBODY),
    Row(
        "P73",
        "members:enter",
        "own xep-loai",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
    ),
    Row(
        "P70",
        "members:withdraw",
        "p_a2 khen-thuong award_a2",
        get="login 404 200 404 404 404",
        post="login 404 302 404 404 404",
        sent={"reason": "Ghi nhầm người"},
        also={"sec_b": "404 404"},
    ),
    Row("P70", "members:add", get=MANAGER, post=MANAGER, also={"sec_b": "200 200"}),
    Row("P67", "members:export", get=MANAGER, post=MANAGER, sent={"reason": "Đối chiếu"}),
    Row("P67", "members:export", query="organization={b}", get=MANAGER),
    Row("P69", "members:imports", get=MANAGER, post=MANAGER, also={"sec_b": "200 200"}),
    Row("P69", "members:import", "list_a", get=MANAGER, also={"sec_b": "404"}),
    Row("P69", "members:import_progress", "list_a", get=MANAGER, also={"sec_b": "404"}),
    Row("P69", "members:import_result", "list_a", get=MANAGER, also={"sec_b": "404"}),
    *(
        Row("P69", f"members:import_{deed}", "list_a", post=MANAGER_BUTTON, also={"sec_b": "404"})
        for deed in ("columns", "choose", "accept", "cancel", "undo")
    ),
    Row("P64", "members:badges", get=MANAGER, also={"sec_b": "200"}),
    Row("P64", "members:badges_propose", post=MANAGER_BUTTON),
    Row("P64", "members:badges_award", post=MANAGER_BUTTON),
    Row("P67", "members:badges_export", get=MANAGER, post=MANAGER, sent={"reason": "Đối chiếu"}),
    Row(
        "P70",
        "members:badges_of",
        "p_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row(
        "P70",
        "members:badge_reissue",
        "p_a2",
        get="login 404 200 404 404 404",
        post="login 404 200 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row(
        "P70",
        "members:badge_withdraw",
        "badge_a2",
        get="login 404 200 404 404 404",
        post="login 404 302 404 404 404",
        sent={"reason": "Ghi nhầm"},
        also={"sec_b": "404 404"},
    ),
    Row("P64", "members:queues", get=MANAGER, also={"sec_b": "200"}),
    Row("P64", "members:queue", "du-bi", get=MANAGER, also={"sec_b": "200"}),
    Row("P67", "members:queue_export", "du-bi", get=MANAGER, post=MANAGER, sent={"reason": "Đối chiếu"}),
    Row("P64", "members:queue_tell", "du-bi", post=MANAGER_BUTTON),
    Row("P64", "members:fees", get=MANAGER, also={"sec_b": "200"}),
    Row("P64", "members:fees_arrears", get=MANAGER, also={"sec_b": "200"}),
    Row("P67", "members:fees_export", get=MANAGER, post=MANAGER),
    Row("P70", "members:fee_register", "a2 2026 2", get=MANAGER, post=MANAGER, also={"sec_b": "403 403"}),
    Row("P71", "members:fee_register", "b 2026 2", get="login 403 403 403 403 403"),
    Row("P70", "members:fee_standings", "a2", get=MANAGER, post=MANAGER, also={"sec_b": "403 403"}),
    Row("P64", "members:courses", get=MANAGER, also={"sec_b": "200"}),
    Row("P70", "members:course_open", get=MANAGER, post=MANAGER),
    *(
        Row("P70", f"members:{page}", "course_a", get=OWN_COURSE, post=OWN_COURSE, also={"sec_b": "404 404"})
        for page in ("course_enroll", "course_export")
    ),
    Row(
        "P70",
        "members:course",
        "course_a",
        get=OWN_COURSE,
        post="login 404 302 404 404 404",
        also={"sec_b": "404 404"},
    ),
    Row("P70", "members:course_remove", "course_a learner_a", get=OWN_COURSE, post=OWN_COURSE),
    Row("P64", "members:ratings", get=MANAGER, also={"sec_b": "200"}),
    Row("P64", "members:ratings_list", get=MANAGER, also={"sec_b": "200"}),
    Row("P67", "members:ratings_export", get=MANAGER, post=MANAGER),
    Row("P70", "members:rate", "a2 2025 0", get=MANAGER, post=MANAGER, also={"sec_b": "403 403"}),
    Row(
        "P71",
        "members:rate",
        "b 2025 0",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
        also={"sec_b": "200 200"},
    ),
    Row(
        "P70", "members:rate_organization", "a2 2025 0", get=MANAGER, post=MANAGER, also={"sec_b": "403 403"}
    ),
    Row("P71", "members:rate_organization", "a 2025 0", get="login 403 403 403 403 403"),
    Row(
        "P71",
        "members:receive",
        "moved_a2",
        get="login 404 200 404 404 404",
        post="login 404 302 404 404 404",
        sent={"on": "{today}"},
        also={"sec_b": "404 404"},
    ),
    Row("P76", "members:statistics", get="login 403 200 403 403 403"),
    Row("P76", "members:targets", get=MANAGER, post=MANAGER, also={"sec_b": "200 200"}),
    Row("P76", "members:targets", query="organization={b}", get="login 403 404 403 403 403"),
    Row("P67", "members:targets_export", post=MANAGER, also={"sec_b": "200"}),
    Row("P67", "members:targets_export", query="organization={b}", post="login 403 404 403 403 403"),
    Row("P76", "members:statistics", query="organization={b}", get="login 403 404 403 403 403"),
    Row("P76", "members:reports", get=MANAGER, also={"sec_b": "200"}),
    Row("P76", "members:report", "report_a", get="login 404 200 404 404 404", also={"sec_b": "404"}),
    Row("P67", "members:report_take", "report_a", post="login 404 200 404 404 404", also={"sec_b": "404"}),
    Row("P67", "members:figures_export", query="organization={a}", post=MANAGER, also={"sec_b": "404"}),
    Row("P67", "members:figures_export", query="organization={b}", post="login 403 404 403 403 403"),
    Row(
        "P76",
        "members:report_send",
        query="organization={a}",
        get=MANAGER,
        post=MANAGER_BUTTON,
        sent={"recipient": "Đảng ủy Khối", "version": 1},
        also={"sec_b": "404 404"},
    ),
    Row(
        "P76",
        "members:figure",
        "admissions",
        query=FIGURE + "{a}",
        get="login 403 200 403 403 403",
    ),
    Row(
        "P76",
        "members:figure",
        "admissions",
        query=FIGURE + "{b}",
        get="login 403 404 403 403 403",
    ),
]

NEWS = [
    Row("P01", "news:list", get=ALL),
    Row("P01", "news:article", "slug_n1", get=ALL),
    Row("P01", "news:attachment", "file_n1", get=ALL),
    Row("P01", "news:image", "n1", get=ALL),
    Row("P01", "news:image_size", "n1 8.webp", get=ALL),
    *(
        Row("P03", "news:image_size", f"n2 {size}", get="login 404 404 404 200 404", also={"mem_b1": "200"})
        for size in ("8.jpg", "nho-320.webp")
    ),
    *(
        Row(cell, page, which, get="login 404 404 404 200 404", also=also)
        for cell, which, also in [
            ("P02", "n2", {"mem_b1": "200"}),
            ("P04", "n3", {"edi2": "200"}),
            ("P05", "n4", {"mem_b1": "404"}),
        ]
        for page, which in [
            ("news:article", f"slug_{which}"),
            ("news:attachment", f"file_{which}"),
            ("news:image", which),
        ]
    ),
    *(
        Row("P03", name, which, get="login 404 404 404 200 404", also={"mem_b1": "200"})
        for name, which in [("news:photo", "photo"), ("news:photo_size", "photo 8.webp")]
    ),
    Row("P07", "news:display", "n2", get=EDITED, post="login 403 403 403 302 403"),
    Row("P07", "news:give_upkeep", "n2", get=EDITED, post=EDITED),
    Row("P07", "news:upkeeps", get=ALL),
    Row("P07", "news:review", "kept", post="login 404 302 404 302 404"),
    Row("P07", "news:end_upkeep", "kept", post="login 403 403 403 302 403"),
    Row("P07", "news:topics", "n2", get=EDITED, post="login 403 403 403 302 403"),
    Row("P07", "news:suggest_tags", get=EDITED, query="q=chu"),
    Row("P07", "news:suggest_series", get=EDITED, query="q=chu"),
    Row("P03", "news:tag", "slug_tag", get="login 404 404 404 200 404", also={"mem_b1": "200"}),
    Row("P03", "news:series", "slug_series", get="login 404 404 404 200 404", also={"mem_b1": "200"}),
    Row("P07", "news:gallery", "n2", get=EDITED, post=EDITED),
    Row("P07", "news:change_photo", "n2 photo", post="login 403 403 403 302 403", sent={"act": "back"}),
    Row("P03", "richtext_image", "inside", get="login 404 404 404 200 404", also={"mem_b1": "200"}),
    Row("P03", "richtext_image", "loose", get="login 404 404 404 200 404", also={"edi2": "404"}),
    Row("P07", "news:drafts", get=EDITED),
    Row("P07", "news:create", get=EDITED, post=EDITED),
    Row("P07", "news:edit", "n1", get=EDITED, post=EDITED),
    Row("P07", "news:edit", "n3", get=EDITED, post=EDITED),
    Row("P07", "news:submit", "n1", get="login 403 403 403 200 403", post="login 403 403 403 409 403"),
    Row("P07", "news:submit", "n3", get="login 404 404 404 200 404", post="login 404 404 404 302 404"),
    Row(
        "P07",
        "news:submit_for_editing",
        "n3",
        get="login 404 404 404 200 404",
        post="login 404 404 404 302 404",
    ),
    Row("P04", "news:history", "n3", get="login 404 404 404 200 404"),
    Row("P04", "news:history", "n1", get="login 403 403 403 200 403"),
    Row("P07", "news:restore", "n3 1", post="login 403 403 403 302 403"),
    Row("P04", "news:comment", "n3", post="login 404 404 404 302 404", sent={"text": "Góp ý"}),
    Row("P04", "news:settle", "n3 remark", post="login 404 404 404 302 404"),
    Row("P07", "news:begin", post="401 403 403 403 400 403"),
    Row("P07", "news:save", "n3", post="401 403 403 403 400 403"),
    Row("P07", "news:presence", "n3", post="401 403 403 403 400 403"),
    Row("P07", "news:release", "n4", get=EDITED, post=EDITED),
    Row("P07", "news:unschedule", "n4", post="login 403 403 403 302 403"),
    Row("P07", "news:withdraw", "n1", get=EDITED, post="login 403 403 403 302 403", sent={"reason": "Sai"}),
    Row(
        "P08",
        "news:publish",
        "review",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
        sent={"version": 1, "when": "now"},
        also={"edi2": "200 302"},
    ),
    Row("P08", "news:return", "review", get=EDITED, post="login 403 403 403 302 403", sent={"reason": "Sửa"}),
    Row("P06", "news:feed", "news_token", get="200 200 200 200 200 200"),
    Row("P06", "news:feed", "forged", get="404 404 404 404 404 404"),
    Row("P06", "news:reset_feed", post=ALL),
    Row("P06", "news:end_feed", post="login 302 302 302 302 302"),
    Row("P06", "news:set_digest", post="login 302 302 302 302 302"),
    Row(
        "P06",
        "news:stop_digest",
        "reader stop_token",
        get="200 200 200 200 200 200",
        post="302 302 302 302 302 302",
    ),
    Row(
        "P06",
        "news:stop_digest",
        "reader forged",
        get="404 404 404 404 404 404",
        post="404 404 404 404 404 404",
    ),
    Row("P01", "news:archive", get=ALL),
    Row("P01", "news:month", "2024 9", get=ALL),
    Row("P01", "news:saved", get=ALL),
    Row("P02", "news:save_article", "n2", post="login 404 404 404 302 404", also={"mem_b1": "302"}),
    Row("P02", "news:forget_article", "n1", post="login 302 302 302 302 302"),
    Row("P01", "news:readings", get=ALL),
    Row("P02", "news:reading", "study", get="login 404 404 404 200 404", also={"mem_b1": "200"}),
    Row("P02", "news:reading", "study", post="login 404 404 404 403 404", also={"sec_b": "200"}),
    Row("P02", "news:coverage", "study", get="login 404 404 404 200 404", also={"sec_b": "200"}),
    Row("P07", "news:change", "study", get=EDITED, post=EDITED),
    Row("P07", "news:end_reading", "study", get=EDITED, post="login 403 403 403 302 403"),
    Row("P07", "news:document", "n2", get=EDITED, post=EDITED),
    Row("P07", "news:require", "n1", get=EDITED, post=EDITED),
    Row("P09", "richtext_upload", post="login 403 403 400 400 403", also={"off2": "403"}),
]

PREPARATION = [
    Row("P15", "meetings:clashes", post="login 403 200 200 403 403"),
    Row("P15", "meetings:create", get="login 403 200 200 403 403", post="login 403 200 200 403 403"),
    *(
        Row(cell, f"meetings:{page}", which, get=PREPARED, post=PREPARED, also={"off2": "200 200"})
        for cell, page, which in [
            ("P16", "move", "m1"),
            ("P16", "add_item", "m1"),
            ("P16", "edit_item", "m1 item"),
            ("P17", "postpone", "m1"),
            ("P17", "cancel", "m1"),
            ("P16", "add_guest", "m1"),
            ("P16", "remove_participant", "m1 seat"),
            ("P16", "replace", "m1 seat"),
            ("P31", "add_paper", "m1 item"),
            ("P31", "request_paper", "m1 item"),
            ("P31", "replace_paper", "m1 paper"),
            ("P31", "return_paper", "m1 paper"),
            ("P42", "phone_answer", "m1 seat"),
        ]
    ),
    *(
        Row(cell, f"meetings:{page}", which, post=PREPARED_BUTTON, also={"off2": "302"})
        for cell, page, which in [
            ("P16", "move_item", "m1 item"),
            ("P16", "order_items", "m1"),
            ("P16", "remove_item", "m1 item"),
            ("P16", "expand", "m1"),
            ("P16", "add_member", "m1"),
            ("P31", "remove_paper", "m1 paper"),
            ("P31", "accept_paper", "m1 paper"),
            ("P31", "withdraw_request", "m1 asked"),
            ("P32", "withdraw", "m1"),
            ("P32", "remind", "m1"),
        ]
    ),
    Row("P16", "meetings:correct", "m1", get=PREPARED, post=PREPARED_BUTTON, also={"off2": "200 302"}),
    Row("P16", "meetings:agenda", "m1", get=PREPARED),
    Row("P19", "meetings:participants", "m1", get=PREPARED, also={"chair_r": "403"}),
    # Convened already: 409, in the words of the action.
    Row("P32", "meetings:convene", "m1", get=PREPARED, post="login 404 403 409 404 403"),
    Row("P32", "meetings:convene", "m2", get="login 403 200 200 404 403"),
    Row("P32", "meetings:convene", "m3", get="login 404 404 200 404 403", also={"sec_b": "200"}),
]

MEETINGS = [
    Row("P11", "meetings:list", get=ALL),
    Row(
        "P11",
        "meetings:meeting",
        "m1",
        get="login 404 200 200 404 404",
        also={"mem_b1": "200", "sec_b": "404", "chair_r": "200"},
    ),
    Row("P12", "meetings:meeting", "m3", get="login 404 404 200 404 404", also={"sec_b": "200"}),
    Row("P13", "meetings:meeting", "m4", get="login 404 200 200 404 404", also={"sec_b": "404"}),
    Row("P14", "meetings:meeting", "m2", get="login 200 200 200 404 404"),
    Row("P20", "meetings:minutes", "written", get="login 404 404 200 404 404",
        post="login 404 404 302 404 403",
        sent={"act": "block", "item": "{block}", "body": "<p>Chữ</p>", "revision": 0},
        also={"off2": "200 403", "chair_r": "200 403", "mem_b1": "404 404"}),
    Row("P23", "meetings:minutes", "signed", get="login 404 404 200 404 404",
        post="login 404 404 403 404 403", sent={"act": "approve"},
        also={"off2": "200 403", "chair_r": "200 302"}),
    Row("P24", "meetings:minutes", "written", get="login 404 404 200 404 404",
        post="login 404 404 409 404 403", sent={"act": "sign"},
        also={"off2": "200 403", "chair_r": "200 403"}),
    Row("P20", "meetings:minutes_revisions", "written", get="login 404 404 200 404 404"),
    Row("P26", "meetings:minutes_revisions", "final", get="login 404 403 200 404 404"),
    Row("P26", "meetings:minutes", "final", get="login 404 200 200 404 404",
        post="login 404 403 409 404 403", sent={"act": "sign"},
        also={"mem_b1": "200 403", "chair_r": "200 403", "sec_b": "404 404"}),
    Row("P22", "meetings:minutes", "final", get="login 404 200 200 404 404",
        post="login 404 403 403 404 403", sent={"act": "return"},
        also={"off2": "200 403", "chair_r": "200 409"}),
    Row("P21", "meetings:minutes_save", "written", post="401 404 404 200 404 403",
        sent={"act": "block", "item": "{block}", "body": "<p>Chữ</p>", "revision": 0},
        also={"off2": "403", "chair_r": "403", "mem_b1": "404"}),
    Row("P21", "meetings:minutes_presence", "written", post="401 404 404 200 404 403",
        sent={"item": "{block}", "desk": "00000000-0000-4000-8000-000000000000"},
        also={"off2": "403", "chair_r": "403", "mem_b1": "404"}),
    Row("P21", "meetings:minute_helpers", "written", get=PREPARED, post=PREPARED_BUTTON,
        also={"off2": "200 302", "chair_r": "403 403"}),
    Row("P26", "meetings:minutes_version", "final 1", get="login 404 200 200 404 404",
        also={"mem_b1": "200", "chair_r": "200", "sec_b": "404"}),
    Row("P27", "meetings:task", "task", get="login 404 200 200 404 404",
        post="login 404 200 200 404 404", also={"sec_b": "404 404", "off2": "200 200"}),
    Row("P27", "meetings:tasks", get=ALL),
    Row("P76", "meetings:tasks_due", "a", get="login 403 200 200 403 403", also={"sec_b": "403"}),
    Row("P27", "meetings:task_evidence", "report", get="login 404 200 200 404 404",
        also={"sec_b": "404", "mem_b1": "404", "off2": "200"}),
    Row("P11", "meetings:review", "written", get="login 404 200 200 404 404",
        also={"mem_b1": "200", "chair_r": "200", "sec_b": "404"}),
    Row("P28", "meetings:paper", "paper", get="login 404 200 200 404 404",
        also={"mem_b1": "200", "sec_b": "404"}),
    Row(
        "P28",
        "meetings:binder",
        "m1",
        get="login 404 200 200 404 404",
        post="login 404 302 302 404 404",
        also={"mem_b1": "200 302"},
    ),
    Row("P28", "meetings:binder_progress", "m1", get="login 404 200 200 404 404"),
    Row("P28", "meetings:binder_file", "bound", get="login 404 200 404 404 404", also={"mem_b1": "200"}),
    Row("P28", "meetings:paper_versions", "m1 paper", get=PREPARED),
    Row(
        "P31",
        "meetings:hand_in",
        "asked",
        get="login 404 200 200 404 404",
        post="login 404 200 403 404 404",
        also={"sec_b": "404 404", "chair_r": "404 404"},
    ),
    Row("P29", "meetings:paper", "paper3", get="login 404 404 200 404 404",
        also={"mem_b1": "404", "chair_r": "200", "off2": "200"}),
    Row("P35", "meetings:roll_call", "m1", get=PREPARED, post=PREPARED, also={"off2": "200 200"}),
    Row("P35", "meetings:roll_entry", "m1", post="login 404 403 400 404 403", also={"off2": "400"}),
    Row("P35", "meetings:roll_news", "m1", get=PREPARED, also={"off2": "200", "chair_r": "403"}),
    Row("P35", "meetings:all_present", "m1", get=PREPARED, post=PREPARED_BUTTON),
    Row("P35", "meetings:correct_mark", "m1 seat", get=PREPARED, post="login 404 403 409 404 403"),
    Row("P35", "meetings:desk_helpers", "m1", get=PREPARED, post="login 404 403 409 404 403"),
    Row("P35", "meetings:check_in_screen", "m1", get=PREPARED, post=PREPARED_BUTTON),
    Row("P35", "meetings:check_in_code", "m1", get=PREPARED),
    Row("P35", "meetings:check_in", "m1 forged", get="login 404 409 409 404 404",
        post="login 404 409 409 404 404", also={"mem_b1": "409 409", "sec_b": "404 404"}),
    Row("P35", "meetings:running", "m1", get=PREPARED, post=PREPARED, also={"chair_r": "200 403"}),
    Row("P35", "meetings:head_count", "m1", get=PREPARED, also={"chair_r": "200", "mem_b1": "403"}),
    Row("P35", "meetings:head_count_screen", "m1", get=PREPARED, also={"chair_r": "200", "mem_b1": "403"}),
    Row("-", "meetings:news_item", "final", get="login 404 403 200 404 404",
        post="login 404 403 302 404 404"),
    Row("-", "meetings:programs", get="login 403 200 200 403 403"),
    Row("-", "meetings:create_program", get=OFFICE, post=OFFICE),
    Row("-", "meetings:add_program_item", "program", get=OFFICE, post=OFFICE),
    Row("-", "meetings:edit_program_item", "planned", get=OFFICE, post=OFFICE),
    Row("-", "meetings:remove_program_item", "planned", post="login 403 403 302 403 403"),
    Row("-", "meetings:copy_program", "program", post="login 403 403 302 403 403"),
    Row("-", "meetings:week", get=ALL),
    Row("-", "meetings:week_of", "2026-W01", get=ALL),
    Row("-", "meetings:add_entry", get=OFFICE, post=OFFICE),
    Row("-", "meetings:edit_entry", "diary", get=OFFICE, post=OFFICE),
    Row("-", "meetings:postpone_entry", "diary", get=OFFICE, post=OFFICE),
    Row("-", "meetings:cancel_entry", "diary", get=OFFICE, post=OFFICE),
    Row("-", "meetings:put_on_schedule", "m1", post="login 403 403 302 403 403", sent={"len": 1}),
    Row("-", "meetings:publish_week", "2026-W01", post="login 403 403 302 403 403"),
    Row("P36", "meetings:feed", "feed_token", get="200 200 200 200 200 200"),
    Row("P37", "meetings:feed", "forged", get="404 404 404 404 404 404"),
    Row("P36", "meetings:reset_feed", post=ALL),
    Row("P36", "meetings:end_feed", post="login 302 302 302 302 302"),
]  # fmt: skip

TAKEN = "login 404 403 200 404 404"
CHAIR_TOO = {"off2": "200", "chair_r": "200", "mem_b1": "403", "sec_b": "404"}
REGISTER = "login 403 200 200 403 403"
DOCUMENTS = [
    Row("P28", "meetings:documents", "m1", get=TAKEN, also=CHAIR_TOO),
    Row("P32", "meetings:take_number", "m1 GM", get=PREPARED, post=PREPARED_BUTTON,
        sent={"issued_on": "26/9/2024"}, also={"off2": "200 302", "chair_r": "403 403"}),
    Row("P32", "meetings:invitation_files", "m1", get=TAKEN, also=CHAIR_TOO),
    Row("P42", "meetings:invitation_file", "m1 seat", get="login 404 200 200 404 404", also=CHAIR_TOO),
    Row("P29", "meetings:agenda_file", "m1 dai-bieu", get=TAKEN, also=CHAIR_TOO),
    Row("P29", "meetings:agenda_file", "m1 khach-moi", get=TAKEN, also=CHAIR_TOO),
    Row("P19", "meetings:attendance_file", "m1", get=TAKEN, also=CHAIR_TOO),
    Row("P19", "meetings:attendance_book", "m1", get=TAKEN, also=CHAIR_TOO),
    Row("P20", "meetings:minutes_file", "written", get="login 404 404 200 404 404",
        also={"off2": "200", "chair_r": "200", "mem_b1": "404"}),
    Row("P26", "meetings:minutes_file", "final", get="login 404 200 200 404 404",
        also={"mem_b1": "200", "chair_r": "200", "sec_b": "404"}),
    Row("P27", "meetings:notice_file", "final", get=TAKEN, also=CHAIR_TOO),
    Row("P27", "meetings:notice_to_file", "final a", get="login 404 200 200 404 404",
        also={"off2": "200", "chair_r": "200", "mem_b1": "404", "sec_b": "404"}),
    Row("P27", "meetings:task_file", "task", get="login 404 200 200 404 404",
        also={"sec_b": "404", "off2": "200"}),
    Row("-", "meetings:registers", get=REGISTER),
    Row("-", "meetings:registers_file", get=REGISTER),
    Row("-", "meetings:enter_document", get=REGISTER, post=REGISTER),
    Row("-", "meetings:void_document", "document", get="login 403 404 200 403 403",
        post="login 403 404 302 403 403", sent={"reason": "Không ban hành"}),
]  # fmt: skip

LINKED = {"get": "200 200 200 200 200 200", "post": "302 302 302 302 302 302"}
GONE = {"get": "410 410 410 410 410 410", "post": "410 410 410 410 410 410"}
WRONG = {"get": "404 404 404 404 404 404", "post": "404 404 404 404 404 404"}
YES = {"choice": "attending", "version": 1}
# Last: it ends the session.
LEAVING = [
    Row(
        "-",
        "account:sign_out",
        post="login login login login login login",
    ),
]

ANSWERS = [
    Row("P40", "meetings:answer", "m1", post="login 404 302 404 404 404", sent=YES),
    Row("P40", "meetings:answer", "m2", post="login 302 404 404 404 404", sent=YES),
    Row("P41", "meetings:answer", "m3", post="login 404 404 404 404 404", sent=YES),
    Row("P42", "meetings:answer", "m1", post="login 404 302 404 404 404", sent={**YES, "participant": 1}),
    Row("P43", "meetings:answer_link", "m1 token", **LINKED, sent=YES),
    Row("P47", "meetings:answer_link", "m1 forged", **WRONG, sent=YES),
    Row("P48", "meetings:answer_link", "left left_token", **GONE, sent=YES),
    Row("P50", "meetings:answer_link", "m2 token", **WRONG, sent=YES),
]

ROWS = [*HOUSE, *ACCOUNTS, *MEMBERS, *NEWS, *PREPARATION, *MEETINGS, *DOCUMENTS, *ANSWERS, *LEAVING]
