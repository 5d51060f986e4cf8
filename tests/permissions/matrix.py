"""Who reaches which address: one row for each; an address without a row fails the tests.

A row names the object in the address and the visitors who reach it. All others get 404, and
whoever is not signed in is led to the log-in. `EVERYONE` are pages for visitors.
"""

from __future__ import annotations

from dataclasses import dataclass

TEAM = frozenset({"team", "manager"})
PAIR = frozenset({"mentor", "mentee"})
MENTOR = frozenset({"mentor"})
MENTEE = frozenset({"mentee"})
SIGNED_IN = frozenset(
    {
        "mentor",
        "mentee",
        "other pair",
        "stranger",
        "team",
        "manager",
        "other programme",
        "elsewhere",
        "administrator",
    }
)
EVERYONE = SIGNED_IN | {"anonymous"}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """`of`: what stands in the address; `method`: how it is called."""

    of: str
    who: frozenset[str]
    method: str = "get"


MATRIX: dict[str, Row] = {
    # visitors and accounts
    "health": Row("", EVERYONE),
    "favicon": Row("", EVERYONE),
    "organisation_colours": Row("organisation", EVERYONE),
    "set_language": Row("", EVERYONE, "post"),
    "people:profile": Row("", SIGNED_IN),
    "portal:home": Row("", EVERYONE),
    "programmes:public": Row("programme", EVERYONE),
    "programmes:invitation": Row("invitation", EVERYONE),
    "programmes:team_invitation": Row("team invitation", EVERYONE),
    # mentors and mentees
    "portal:space": Row("", SIGNED_IN),
    "portal:pair": Row("pair", PAIR),
    "portal:commitments": Row("pair", PAIR),
    "portal:team_commitments": Row("pair", TEAM),
    "programmes:enrol": Row("programme role", EVERYONE),
    "programmes:enrolment": Row("enrolment", MENTEE),
    "programmes:enrolment_review": Row("draft enrolment", MENTEE),
    "programmes:objectives": Row("enrolment", MENTEE),
    "programmes:own_receipt": Row("enrolment", MENTEE),
    "programmes:withdraw": Row("enrolment", MENTEE),
    "programmes:apply_again": Row("enrolment", MENTEE, "post"),
    "matching:wishes": Row("enrolment", MENTEE),
    "matching:ask": Row("enrolment", MENTEE, "post"),
    "programmes:be_available": Row("enrolment", MENTEE, "post"),
    "programmes:ask_help": Row("enrolment", MENTEE),
    "programmes:answer_proposal": Row("proposal", MENTOR),
    "charters:read": Row("programme", EVERYONE),
    "charters:verify": Row("", EVERYONE),
    "charters:accept": Row("enrolment", MENTEE),
    "charters:changes": Row("enrolment", MENTEE),
    "charters:convention": Row("its convention", PAIR | TEAM),
    "charters:convention_pdf": Row("its convention", PAIR | TEAM),
    "charters:sign": Row("its convention", PAIR | {"team"}, "post"),
    "charters:refuse": Row("its convention", PAIR | {"team"}),
    "charters:name_guardian": Row("its convention", MENTEE),
    "charters:page": Row("page of its convention", PAIR | TEAM),
    "charters:send_code": Row("its convention", PAIR | {"team"}, "post"),
    # a guardian has no account: the link opens the pages, for whoever came by it
    "charters:guardian_link": Row("guardian's link", EVERYONE),
    "charters:guardian_convention": Row("guardian", NOBODY),
    "charters:guardian_convention_pdf": Row("guardian", NOBODY),
    "charters:guardian_page": Row("page for the guardian", NOBODY),
    "charters:guardian_send_code": Row("guardian", NOBODY, "post"),
    "charters:guardian_sign": Row("guardian", NOBODY, "post"),
    "charters:guardian_refuse": Row("guardian", NOBODY),
    "meetings:propose": Row("running", PAIR),
    "meetings:series": Row("running", PAIR),
    "meetings:log": Row("running", PAIR),
    "meetings:meeting": Row("planned", PAIR),
    "meetings:accept": Row("proposed", PAIR, "post"),
    "meetings:decline": Row("proposed", PAIR, "post"),
    "meetings:change": Row("planned", PAIR),
    "meetings:cancel": Row("planned", PAIR),
    "meetings:details": Row("planned", PAIR),
    "meetings:held": Row("past", PAIR, "post"),
    "meetings:missed": Row("past", PAIR, "post"),
    "meetings:expire": Row("proposed", PAIR, "post"),
    "meetings:ics": Row("planned", PAIR),
    "meetings:objectives": Row("running", PAIR),
    "meetings:milestone": Row("milestone", PAIR),
    "meetings:approve": Row("milestone", PAIR, "post"),
    "meetings:extend": Row("running", PAIR),
    "meetings:stop_after_first": Row("running", MENTOR),
    "meetings:declare_end": Row("running", PAIR),
    # the team
    "programmes:team_settings": Row("programme", TEAM),
    "programmes:programme_file": Row("programme", TEAM),
    "programmes:open_cohort": Row("programme", TEAM),
    "programmes:change_cohort": Row("cohort", TEAM),
    "charters:team_charter": Row("programme", TEAM),
    "charters:compare": Row("programme", TEAM),
    "charters:preview": Row("programme version", TEAM),
    "charters:withdraw": Row("programme part", TEAM),
    "charters:start_draft": Row("programme", TEAM, "post"),
    "charters:draft": Row("programme", TEAM),
    "charters:edit_heading": Row("programme", TEAM),
    "charters:add_section": Row("programme", TEAM),
    "charters:edit_section": Row("programme part", TEAM),
    "charters:publish": Row("programme", TEAM),
    "charters:drop_draft": Row("programme", TEAM),
    "charters:cohort_conventions": Row("cohort", TEAM),
    "charters:renew": Row("its convention", TEAM, "post"),
    "charters:paper": Row("its convention", TEAM),
    "charters:start_export": Row("cohort", TEAM, "post"),
    # an export belongs to whoever asked for it
    "charters:export": Row("export", frozenset({"team"})),
    "charters:export_file": Row("export", frozenset({"team"})),
    "meetings:cohort_meetings": Row("cohort", TEAM),
    "meetings:complete": Row("running pk", TEAM),
    "meetings:stop": Row("running pk", TEAM),
    "meetings:answers": Row("running pk", TEAM),
    "meetings:rooms": Row("programme", TEAM),
    "meetings:room": Row("room", TEAM),
    "programmes:workspace": Row("", SIGNED_IN),
    "reporting:dashboard": Row("programme", TEAM),
    "reporting:matter": Row("matter", TEAM),
    "programmes:cohort_enrolments": Row("cohort", TEAM),
    "programmes:decide": Row("enrolment", TEAM),
    "programmes:derogate": Row("enrolment", TEAM, "post"),
    "programmes:team_available": Row("enrolment", TEAM, "post"),
    "programmes:exclude": Row("enrolment", TEAM),
    "programmes:team_withdraw": Row("enrolment", TEAM),
    "programmes:settle_fee": Row("enrolment", TEAM, "post"),
    "programmes:waive_fee": Row("enrolment", TEAM, "post"),
    "programmes:receipt": Row("enrolment", TEAM),
    "programmes:membership": Row("enrolment", TEAM, "post"),
    "programmes:invite": Row("cohort", TEAM),
    "programmes:cohort_pairs": Row("cohort", TEAM),
    "programmes:draft_pair": Row("cohort", TEAM),
    "programmes:team_pair": Row("pair", TEAM),
    "programmes:cancel_pair": Row("pair", TEAM),
    "programmes:concern": Row("concern", TEAM),
    "programmes:concerns": Row("programme", TEAM),
    "programmes:members": Row("programme", TEAM),
    "programmes:new_rules": Row("programme", TEAM),
    "programmes:add_member": Row("programme", frozenset({"manager"}), "post"),
    "programmes:recall_invitation": Row(
        "programme team invitation", frozenset({"manager"}), "post"
    ),
    "programmes:remove_member": Row("member", frozenset({"manager"})),
    "programmes:import": Row("cohort", TEAM),
    "programmes:imported": Row("cohort", TEAM),
    "programmes:import_welcome": Row("cohort", TEAM, "post"),
    # a list on its way in belongs to whoever sent it
    "programmes:import_columns": Row("import", frozenset({"team"})),
    "programmes:import_preview": Row("import", frozenset({"team"})),
    "programmes:import_rejects": Row("import", frozenset({"team"})),
    "programmes:import_discard": Row("import", frozenset({"team"}), "post"),
    "matching:board": Row("cohort", TEAM),
    "matching:run": Row("cohort", TEAM, "post"),
    "matching:publish": Row("cohort", TEAM, "post"),
    "matching:rulings": Row("cohort", TEAM),
    "matching:lift_ruling": Row("ruling", TEAM, "post"),
    "matching:kept": Row("run", TEAM),
    "matching:retain": Row("run", TEAM, "post"),
    "matching:others": Row("run mentee", TEAM),
    "matching:compare": Row("run", TEAM),
    "matching:propose": Row("drafted", TEAM, "post"),
    "matching:drop": Row("drafted", TEAM, "post"),
    "matching:change": Row("drafted", TEAM),
}
