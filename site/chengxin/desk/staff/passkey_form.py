"""The form that carries the answer of a passkey; a script fills it in, and without one it is not shown."""

from chengxin.core.forms import ChengxinForm, KeptField
from chengxin.desk.staff import challenges


class PasskeyForm(ChengxinForm):
    """What a device answered, and to what."""

    answer = KeptField()
    challenge = KeptField()
    next = KeptField()


def passkey_form(purpose: str, *, asked: str = "") -> PasskeyForm:
    """Return a form with a new question."""
    question = challenges.new_challenge(purpose)
    return PasskeyForm(formdata=None, data={"challenge": question, "next": asked})
