"""Settings: every knob of an installation, read once from the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from chengxin.paths import CHECKOUT, in_checkout

PREFIX = "CHENGXIN_"
_CLAMD = re.compile(r"unix:/.+|tcp://(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}")
WHOOSH, POSTGRESQL = "whoosh", "postgresql"


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message says what to write instead."""


def knob(meaning: str, default: Any = "") -> Any:
    """Declare a setting with its default and its meaning in one sentence."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one installation; each field is the environment variable CHENGXIN_<NAME>."""

    data_dir: Path = knob("Folder of everything the installation keeps; made when absent.", Path("data"))
    database_url: str = knob("SQLAlchemy address of the database; empty means SQLite in the data folder.")
    redis_url: str = knob("Redis address shared by several processes for limits; empty means own memory.")
    search_engine: str = knob("Engine of the lookup: whoosh, or postgresql on that database.", WHOOSH)
    search_index: Path = knob("Folder of the lookup index; it may be deleted at any time.", Path())
    rate_limits: str = knob("on, or off for measuring only.", "on")
    secret_key: str = knob(
        "Key of form tokens and receipt hashes; empty means a key file in the data folder."
    )
    site_name: str = knob("Name of the site in the masthead; empty means the language's own default.")
    authority: str = knob("Name of the authority that runs the site.")
    hotline: str = knob("Telephone number offered whenever the site cannot help.", "12333")
    base_url: str = knob("Address readers see, for permalinks and feeds.", "http://127.0.0.1:8000")
    second_factor: str = knob(
        "required asks all staff for a code or a passkey; off only those who set one up.", "required"
    )
    proxy_hops: int = knob("Number of trusted proxies in front; 0 trusts no forwarded header.", 0)
    access_log_days: int = knob(
        "Days the front server keeps its log of requests, told on the privacy page; 0 says that there is none.",
        180,
    )
    smtp_url: str = knob(
        "Mail server as smtp+starttls://user:password@host:port (or smtps, smtp); empty sends no mail."
    )
    mail_from: str = knob("Sender address of the mail to staff.")
    mail_to: str = knob("Address told when a complaint waits; the mail has no content of the case.")
    usual_daily: int = knob(
        "Cases, suggestions or objections a day beyond which new ones are marked as a surge; ten times as many wait.",
        10_000,
    )
    usual_daily_respondent: int = knob("The same a day about one agency or one record.", 100)
    intake_public_key: str = knob(
        "Public key complaints are sealed to; empty means the file in the data folder."
    )
    escrow_public_key: str = knob(
        "A second public key that also opens complaints, kept outside the bureau's desk."
    )
    intake_private_key_file: Path = knob(
        "Private key file of the desk; empty means the data folder's.", Path()
    )
    publicity_days: int = knob("Working days an exemplary list is before the public (assumed, not law).", 5)
    exemplar_share: int = knob("Usual share of agencies named exemplary, in percent (assumed, not law).", 10)
    objection_mark_days: int = knob("Working days until an objection marks the disputed record.", 1)
    objection_answer_days: int = knob("Working days until an objection is decided.", 15)
    repair_days: int = knob("Working days until an accepted request for credit repair is decided.", 10)
    publish_days: int = knob(
        "Working days from a decision to its publication by local practice (assumed, not law; the law gives 20).",
        7,
    )
    publish_minor: str = knob(
        "on publishes minor decisions and measures when the draft states the law that asks for it; off never.",
        "on",
    )
    clamd: str = knob("Virus scanner as unix:/path or tcp://host:port; empty scans nothing.")
    evidence_gb: int = knob("Gigabytes of evidence an installation keeps.", 20)
    evidence_daily_mb: int = knob("Megabytes of evidence taken in a day.", 2000)
    sample: str = knob("on tells every reader that agencies and persons are invented.", "off")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Return the settings the environment asks for, with defaults where it is silent."""
        given: dict[str, Any] = {}
        for each in fields(cls):
            raw = environ.get(PREFIX + each.name.upper())
            if raw is not None and raw.strip():
                given[each.name] = _read(each.name, raw.strip(), each.default)
        return cls(**_with_folders(given))

    def __post_init__(self) -> None:
        """Refuse values that would only fail later."""
        for name in ("rate_limits", "publish_minor", "sample"):
            if getattr(self, name) not in {"on", "off"}:
                raise SettingsError(f"{PREFIX}{name.upper()} takes on or off.")
        if self.second_factor not in {"required", "off"}:
            raise SettingsError("CHENGXIN_SECOND_FACTOR takes required or off.")
        for name in ("publish_days", "publicity_days", "usual_daily", "usual_daily_respondent"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{PREFIX}{name.upper()} takes 1 or more.")
        if not 1 <= self.exemplar_share <= 100:  # noqa: PLR2004 (percent)
            raise SettingsError("CHENGXIN_EXEMPLAR_SHARE takes a share from 1 to 100.")
        if self.search_engine not in {WHOOSH, POSTGRESQL}:
            raise SettingsError("CHENGXIN_SEARCH_ENGINE takes whoosh or postgresql.")
        if self.search_engine == POSTGRESQL and not self.database_url.startswith(POSTGRESQL):
            raise SettingsError(
                "CHENGXIN_SEARCH_ENGINE=postgresql needs CHENGXIN_DATABASE_URL=postgresql://…; "
                "the installation runs on SQLite. Take whoosh there."
            )
        self._check_evidence()
        self._check_mail()
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError("CHENGXIN_BASE_URL takes an address that starts with http:// or https://.")

    def _check_mail(self) -> None:
        schemes = ("smtp://", "smtp+starttls://", "smtps://")
        if self.smtp_url and not self.smtp_url.startswith(schemes):
            raise SettingsError(f"CHENGXIN_SMTP_URL takes an address that starts with {', '.join(schemes)}.")

    def _check_evidence(self) -> None:
        if self.clamd and not _CLAMD.fullmatch(self.clamd):
            raise SettingsError("CHENGXIN_CLAMD takes unix:/path or tcp://host:port.")
        if min(self.evidence_gb, self.evidence_daily_mb) < 1:
            raise SettingsError("CHENGXIN_EVIDENCE_GB and CHENGXIN_EVIDENCE_DAILY_MB take 1 or more.")

    @property
    def database(self) -> str:
        """Return the address of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'chengxin.db'}"

    @property
    def private_key_file(self) -> Path:
        """Return the file that holds the desk's private intake key."""
        return (
            self.intake_private_key_file
            if self.intake_private_key_file.name
            else self.data_dir / "intake.key"
        )

    @property
    def workdays_file(self) -> Path:
        """Return the file of working days that the operator adds to the shipped ones."""
        return self.data_dir / "workdays.csv"

    @property
    def public_key_file(self) -> Path:
        """Return the file that holds the public intake key."""
        return self.data_dir / "intake.pub"


def _read(name: str, raw: str, default: object) -> object:
    if isinstance(default, Path):
        return Path(raw).expanduser().resolve()
    if isinstance(default, int):
        if not (raw.isascii() and raw.isdigit() and len(raw) < 6):  # noqa: PLR2004
            raise SettingsError(f"{PREFIX}{name.upper()} takes a whole number, not {raw!r}.")
        return int(raw)
    return raw.rstrip("/") if name == "base_url" else raw


def _with_folders(given: dict[str, Any]) -> dict[str, Any]:
    """Fill in the folders: in a checkout the data and index folders stand at its top."""
    home = CHECKOUT if in_checkout() else Path.cwd()
    beside_data = "data_dir" in given
    given.setdefault("data_dir", home / "data")
    if "search_index" not in given:
        given["search_index"] = (given["data_dir"] if beside_data else home) / "search_index"
    return given
