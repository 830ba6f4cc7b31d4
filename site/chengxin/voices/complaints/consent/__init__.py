"""What people are told before they send a case; a version that was used is never changed."""

from chengxin.voices.complaints.rules import CONSENT_VERSION
from chengxin.voices.consent import Told

TOLD = Told(__name__, CONSENT_VERSION)
