"""Whatever keeps the desk from saving, the words somebody typed come back to them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from tests.casework import address, change
from tests.desk import Officer, Workbench
from tests.pages import Page
from wtforms import StringField

from chengxin.core.forms import ChengxinForm
from chengxin.desk.queue.bulk_forms import BulkForm
from chengxin.desk.racing import forms_of, holds_words, typed
from chengxin.desk.staff.first_steps import CodeForm
from chengxin.desk.staff.my_passkeys import NewPasskeyForm
from chengxin.desk.staff.session import LoginForm

LETTER = "写了很久的答复。"
# A name, a code or a passkey's label: nothing that took somebody long to write.
QUICK = {CodeForm, LoginForm, NewPasskeyForm}


def kinds(kind: type[ChengxinForm] = ChengxinForm) -> Iterator[type[ChengxinForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def posts(app: Flask) -> dict[str, str]:
    """Return the addresses to which forms of the desk are sent, by their endpoints."""
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return {
        rule.endpoint: adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method="POST")
        for rule in rules
    }


def words_of(kind: type[ChengxinForm]) -> list[str]:
    return [field.name for field in kind(formdata=None) if holds_words(field)]


def test_every_form_of_the_desk_gives_its_words_back(desk: Workbench) -> None:
    walked = set[type[ChengxinForm]]()
    for endpoint, url in posts(desk.app).items():
        forms = forms_of(desk.app.view_functions[endpoint])
        with desk.app.test_request_context():
            names = {name for kind in forms for name in words_of(kind)}
        said = {name: f"{name} 写了很久" for name in names}
        with desk.app.test_request_context(url, method="POST", data=said):
            assert sorted(each.text for each in typed()) == sorted(said.values()), endpoint
        walked |= set(forms)
    with desk.app.test_request_context():
        written = {kind for kind in kinds() if kind.__module__.startswith("chengxin.desk") and words_of(kind)}
    missing = {
        kind for kind in written - walked - QUICK if not any(issubclass(each, kind) for each in walked)
    }
    assert missing == set()
    assert BulkForm in walked


def test_no_password_and_no_hidden_field_comes_back(desk: Workbench) -> None:
    with desk.app.test_request_context():
        fields = {field.name: field for kind in kinds() for field in kind(formdata=None)}
        assert not holds_words(fields["password"])
        assert not holds_words(fields["csrf_token"])
        assert not holds_words(fields["version"])
        assert isinstance(fields["csrf_token"], StringField)


def handed_away(desk: Workbench) -> tuple[Officer, str, dict[str, str]]:
    """Return an officer whose case was given to another while they wrote."""
    officer = desk.officer(roles="handling_officer")
    other = desk.account("wangqiang", "王强", "handling_officer")
    case = desk.case(assigned_to=1)
    form = officer.page(address(case)).form()
    change(desk, case, assigned_to=other.id, version=2)
    return officer, address(case), form


@pytest.mark.parametrize(("act", "name"), [("decide", "message"), ("note", "note")])
def test_words_for_a_case_that_was_given_to_another_come_back(desk: Workbench, act: str, name: str) -> None:
    officer, url, form = handed_away(desk)
    page = officer.post(f"{url}{act}", form | {"move": "accept", name: LETTER}, status=404)
    assert isinstance(page, Page)
    assert LETTER in page.text
    assert "王强" not in page.answer.text


def test_words_of_who_approves_come_back_when_the_case_went_on(desk: Workbench) -> None:
    officer = desk.officer(roles="publisher")
    case = desk.case(state="investigating", extension_asked_by=9)
    form = officer.page(address(case)).form() | {"move": "deny_extension", "reason": LETTER}
    change(desk, case, state="deciding", version=2)
    page = officer.post(f"{address(case)}decide", form, status=404)
    assert isinstance(page, Page)
    assert LETTER in page.text
    assert case.case_no not in page.answer.text


def test_without_words_a_case_of_another_is_simply_not_there(desk: Workbench) -> None:
    officer, url, form = handed_away(desk)
    page = officer.post(f"{url}decide", form | {"move": "accept"}, status=404)
    assert isinstance(page, Page)
    assert page.tree.xpath("//h1/text()") == ["没有这个页面"]


def test_words_for_a_record_that_never_was_get_the_same_answer(desk: Workbench) -> None:
    officer, url, form = handed_away(desk)
    theirs = officer.post(f"{url}decide", form | {"message": LETTER}, status=404)
    nobody = officer.post("/complaints/99/decide", form | {"message": LETTER}, status=404)
    assert isinstance(theirs, Page)
    assert isinstance(nobody, Page)
    assert theirs.text == nobody.text
