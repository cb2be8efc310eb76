"""What is done to accounts, people and organisations: one function a deed, one transaction."""

from members.actions.accounts import change_contact, lock_account, open_account, unlock_account
from members.actions.badges import award_badges, propose_badge, reissue_badge, withdraw_proposal
from members.actions.duties import receive_transfer, tell_asked, tell_due
from members.actions.fees import record_fees, set_fee_standings
from members.actions.grants import end_grant, grant_role
from members.actions.newcomers import add_member
from members.actions.people import change_member, show_citizen_number
from members.actions.positions import begin_holding, end_holding
from members.actions.ratings import assess_four_goods, rate_members, rate_organization
from members.actions.record import enter, transfer_member, withdraw
from members.actions.training import enroll, open_course, record_results, remove_learner

__all__ = [
    "add_member",
    "assess_four_goods",
    "award_badges",
    "begin_holding",
    "change_contact",
    "change_member",
    "end_grant",
    "end_holding",
    "enroll",
    "enter",
    "grant_role",
    "lock_account",
    "open_account",
    "open_course",
    "propose_badge",
    "rate_members",
    "rate_organization",
    "receive_transfer",
    "record_fees",
    "record_results",
    "reissue_badge",
    "remove_learner",
    "set_fee_standings",
    "show_citizen_number",
    "tell_asked",
    "tell_due",
    "transfer_member",
    "unlock_account",
    "withdraw",
    "withdraw_proposal",
]
