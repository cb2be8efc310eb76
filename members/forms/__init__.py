"""What people type: about themselves, into records, and what they ask the register and the figures."""

from members.forms.accounts import ContactForm, PasswordForm, SignInForm
from members.forms.figures import FigureForm, PeriodForm
from members.forms.imports import ColumnsForm, RowsFilter, UploadListForm
from members.forms.people import ENTRIES, MOVE, MemberForm, ReasonForm, RegisterFilter, background, entry_form
from members.forms.queues import DutyFilter, ReceiptForm

__all__ = [
    "ENTRIES",
    "MOVE",
    "ColumnsForm",
    "ContactForm",
    "DutyFilter",
    "FigureForm",
    "MemberForm",
    "PasswordForm",
    "PeriodForm",
    "ReasonForm",
    "ReceiptForm",
    "RegisterFilter",
    "RowsFilter",
    "SignInForm",
    "UploadListForm",
    "background",
    "entry_form",
]
