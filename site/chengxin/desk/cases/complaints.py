"""The case page: facts left, decision right, and what happens when two people decide at once."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies.labels import LICENCE_STATUS, PERMIT_KIND
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.core.web import installation, reading
from chengxin.desk.auditing.read_log import may_read_now, purpose_form
from chengxin.desk.blueprint import bp
from chengxin.desk.case_reach import in_reach, is_theirs
from chengxin.desk.cases import case_news, case_page, case_words
from chengxin.desk.cases.case_page import KIND, CasePage
from chengxin.desk.exhibits import evidence_file
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.handling import case_neighbours, case_texts, deciding
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.case_forms import AssignForm, DecisionForm, NoteForm, decision_form
from chengxin.desk.handling.case_officers import assign_form
from chengxin.desk.queue import bulk_report, rows, waiting
from chengxin.desk.queue.queue import asked_view, back_url, linked, next_after
from chengxin.desk.queue.waiting import Place
from chengxin.desk.racing import gives_back, too_late
from chengxin.desk.stepping import Outcome, attempt
from chengxin.ledger.rules import Subject
from chengxin.standing.labels import STANDING
from chengxin.standing.sanctions.labels import STATE as NOTICE_STATE
from chengxin.voices.complaints import letters
from chengxin.voices.complaints.labels import STATE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import OPEN

OPENING = (Right.READ_CASES, Right.APPROVE_CASES)
ACTING = (Right.DECIDE_CASES, Right.APPROVE_CASES)


@bp.get("/complaints/<int:case_id>/")
@needs(*OPENING)
def complaint(case_id: int) -> ResponseReturnValue:
    """Show a case."""
    return shown(case_id)


@bp.post("/complaints/<int:case_id>/decide")
@needs(*ACTING)
@gives_back(DecisionForm, NoteForm)
def decide_complaint(case_id: int) -> ResponseReturnValue:
    """Do what the officer chose and go on to the next case."""
    with reading() as session:
        case = in_reach(session, case_id, current_account())
        form, note = _form(session, case, fresh=False), NoteForm()
    if form is None or not form.version.fits(case.version):
        return overtaken(case_id)
    if not form.validate() or (note.note.data and not note.validate()):
        return shown(case_id, form=form, note=note), 422
    done = list[Place | None]()
    outcome = attempt(form, lambda session: done.append(_decided(session, case_id, form, note)))
    if outcome is Outcome.LATE:
        return overtaken(case_id)
    if outcome is Outcome.REFUSED:
        return shown(case_id, form=form, note=note), 422
    flash(linked(_("Case %(code)s: saved."), code=case.case_no, url=address(case_id)), "done")
    return redirect(next_after(done[0]) if form.act and form.act.ends else address(case_id), 303)


def address(case_id: int) -> str:
    """Return the page of a case, in the view the officer came from."""
    return url_for("desk.complaint", case_id=case_id, view=asked_view().in_address)


def shown(case_id: int, *, form: DecisionForm | None = None, note: NoteForm | None = None) -> str:
    """Return the page of a case, with a form that has to be changed or with fresh ones."""
    officer, view = current_account(), asked_view()
    with reading() as session:
        case = in_reach(session, case_id, officer)
    theirs = is_theirs(officer, case)
    open_now = theirs and may_read_now(Subject("complaint", case_id), is_open=case.state in OPEN)
    key = intake_keyring(installation().settings) if open_now else None
    if theirs:
        case_news.note_seen(case, officer, opened=open_now)
    with reading() as session:
        page = case_page.read(
            session, case_id=case_id, key=key, officer=officer, view=view, today=clock.today()
        )
        form = form or _form(session, page.case, fresh=True)
        assign = _assign_form(session, page.case)
        held = bulk_report.holding(session, KIND, case_id, officer=officer)
    return render_template(
        "desk/complaint.html",
        page=page,
        case=page.case,
        form=form,
        assign=assign,
        held=held,
        note=note or NoteForm(formdata=None, data={"version": page.case.version, "view": str(view)}),
        mine=page.case.assigned_to == officer.id,
        may_note=_may_note(page.case),
        match_url=url_for("desk.case_match", case_id=case_id, view=view.in_address),
        hints=deciding.hints_of(page.acts, track=page.case.track, merged=page.neighbours.merged_count),
        asks={name: " ".join(sorted(act.asks)) for name, act in page.acts.items()},
        purpose_form=purpose_form() if theirs and not key else None,
        draft_url=_draft_url(page),
        next_url=rows.address(page.following, view) if page.following else "",
        back_url=back_url(KIND, case_id),
        **_words(page),
    )


def begun(case_id: int, *, note: NoteForm | None = None) -> str:
    """Return the page of a case with the decision that was begun on it, to be sent for the case as it is now."""
    with reading() as session:
        case = in_reach(session, case_id, current_account())
        form = _form(session, case, fresh=False)
    for each in (form, note):
        if each is not None:
            each.version.renew(case.version)
    return shown(case_id, form=form, note=note)


def keep_note(session: Session, case_id: int, form: NoteForm) -> None:
    """Keep a note about a case."""
    seen: Seen = {"actor": current_account().actor, "case_id": case_id, "version": form.version.data or 0}
    key = intake_recipients(installation().settings)
    letters.note(session, text=form.note.data or "", intake_key=key, **seen)


def overtaken(case_id: int) -> ResponseReturnValue:
    """Say who changed a case first, and give the officer's words back."""
    with reading() as session:
        code = in_reach(session, case_id, current_account()).case_no
    return too_late(Subject("complaint", case_id), code=code, record_url=address(case_id))


def _words(page: CasePage) -> dict[str, object]:
    """Return the words and lists the template shows as they are."""
    return {
        "facts": case_words.about(page),
        "terms": case_words.terms(page),
        "details": case_words.details(page),
        "warnings": case_words.warnings(page),
        "letter_kinds": case_words.LETTER,
        "states": STATE,
        "standings": STANDING,
        "notice_states": NOTICE_STATE,
        "permit_kinds": PERMIT_KIND,
        "permit_states": LICENCE_STATUS,
        **evidence_file.words(),
        "file_url": public_file_url(page.file.agency.uid) if page.file else "",
    }


def _form(session: Session, case: Complaint, *, fresh: bool) -> DecisionForm | None:
    officer, authority = current_account(), installation().settings.authority
    acts = deciding.offered(case, officer)
    neighbours = case_neighbours.of_case(session, case, officer)
    return decision_form(
        case,
        acts,
        texts=case_texts.texts_for(session, case, acts=list(acts), authority=authority, today=clock.today()),
        targets=case_texts.authorities(session),
        mains=neighbours.mains(case),
        view=str(asked_view()),
        fresh=fresh,
    )


def _assign_form(session: Session, case: Complaint) -> AssignForm | None:
    officer, view = current_account(), str(asked_view())
    may = is_theirs(officer, case) and officer.may(Right.DECIDE_CASES) and case.state in OPEN
    return assign_form(session, case, officer, view=view) if may else None


def _decided(session: Session, case_id: int, form: DecisionForm, note: NoteForm) -> Place | None:
    """Do the chosen act, keep a note written beside it, and return where the case stood in the queue before."""
    officer = current_account()
    case = in_reach(session, case_id, officer)
    if note.note.data and _may_note(case):
        keep_note(session, case_id, note)
    here = waiting.place_of(session, kind=KIND, record_id=case_id, officer=officer)
    given: dict[Ask, object] = {**form.given()}
    if Ask.MAIN in given:
        given[Ask.MAIN] = _main(session, str(given[Ask.MAIN]))
    seen: Seen = {
        "actor": officer.actor,
        "case_id": case.id,
        "version": form.version.data or 0,
        "reason": str(given.get(Ask.REASON, "")),
    }
    key = intake_recipients(installation().settings)
    deciding.perform(session, form.move.data, seen=seen, given=given, intake_key=key)
    return here


def _may_note(case: Complaint) -> bool:
    officer = current_account()
    return is_theirs(officer, case) and officer.may(Right.DECIDE_CASES)


def _main(session: Session, case_no: str) -> int:
    main = case_neighbours.numbered(session, case_no, current_account())
    if main is None:
        raise DomainError(N_("No case has this number."))
    return main.id


def _draft_url(page: CasePage) -> str:
    """Return where a notice grows out of what was found, for those who may draft one."""
    if "desk.finding_draft" not in current_app.view_functions:
        return ""
    may = current_account().may(Right.DRAFT_NOTICES) and page.is_found
    return url_for("desk.finding_draft", case_id=page.case.id) if may else ""
