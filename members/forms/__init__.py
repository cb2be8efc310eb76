"""What people type: about themselves, into records, and what they ask the register and the figures."""

from members.forms.accounts import ContactForm, PasswordForm, SignInForm
from members.forms.badges import AwardDayFilter, DecisionForm, ProposalForm, ReissueForm
from members.forms.corrections import AnswerForm, CorrectionFieldForm, CorrectionForm
from members.forms.fees import FeeFilter, FeeLineForm, FeeRoundForm, FeeSinceForm, FeeStandingForm
from members.forms.figures import DayForm, FigureForm, PeriodForm, ReportForm
from members.forms.imports import ColumnsForm, RowsFilter, UploadListForm
from members.forms.people import (
    ENTRIES,
    MOVE,
    MemberForm,
    NewMemberForm,
    ReasonForm,
    RegisterFilter,
    background,
    entry_form,
)
from members.forms.photos import PhotoForm
from members.forms.queues import DutyFilter, ReceiptForm
from members.forms.ratings import (
    FourGoodsForm,
    MemberRatingForm,
    OrganizationRatingForm,
    RatingFilter,
    RatingListFilter,
    RoundForm,
    period_of,
)
from members.forms.reorganization import ReorganizationForm, ShapeForm, levels_for
from members.forms.targets import TargetFilter, TargetsForm
from members.forms.training import CourseFilter, CourseForm, LearnersForm, ResultForm

__all__ = [
    "ENTRIES",
    "MOVE",
    "AnswerForm",
    "AwardDayFilter",
    "ColumnsForm",
    "ContactForm",
    "CorrectionFieldForm",
    "CorrectionForm",
    "CourseFilter",
    "CourseForm",
    "DayForm",
    "DecisionForm",
    "DutyFilter",
    "FeeFilter",
    "FeeLineForm",
    "FeeRoundForm",
    "FeeSinceForm",
    "FeeStandingForm",
    "FigureForm",
    "FourGoodsForm",
    "LearnersForm",
    "MemberForm",
    "MemberRatingForm",
    "NewMemberForm",
    "OrganizationRatingForm",
    "PasswordForm",
    "PeriodForm",
    "PhotoForm",
    "ProposalForm",
    "RatingFilter",
    "RatingListFilter",
    "ReasonForm",
    "ReceiptForm",
    "RegisterFilter",
    "ReissueForm",
    "ReorganizationForm",
    "ReportForm",
    "ResultForm",
    "RoundForm",
    "RowsFilter",
    "ShapeForm",
    "SignInForm",
    "TargetFilter",
    "TargetsForm",
    "UploadListForm",
    "background",
    "entry_form",
    "levels_for",
    "period_of",
]
