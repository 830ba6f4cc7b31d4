"""What people are told before they send a suggestion; a version that was used is never changed."""

from chengxin.voices.consent import Told
from chengxin.voices.suggestions.rules import CONSENT_VERSION

TOLD = Told(__name__, CONSENT_VERSION)
