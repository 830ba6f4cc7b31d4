"""Settings come from the environment and say what to write when they cannot be used."""

from pathlib import Path

import pytest

from chengxin.config import Settings, SettingsError


def test_the_index_follows_a_data_folder_that_was_set(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CHENGXIN_DATA_DIR": str(tmp_path)})
    assert settings.search_index == tmp_path / "search_index"
    assert settings.database == f"sqlite:///{tmp_path / 'chengxin.db'}"


def test_an_empty_setting_is_the_default() -> None:
    assert Settings.from_environment({"CHENGXIN_HOTLINE": " "}).hotline == "12333"


def test_digits_of_other_scripts_are_no_number() -> None:
    with pytest.raises(SettingsError, match="whole number"):
        Settings.from_environment({"CHENGXIN_PROXY_HOPS": "１"})


def test_rate_limits_take_two_words_only() -> None:
    with pytest.raises(SettingsError, match="on or off"):
        Settings.from_environment({"CHENGXIN_RATE_LIMITS": "maybe"})


@pytest.mark.parametrize(("name", "value"), [("PUBLISH_MINOR", "maybe"), ("PUBLISH_DAYS", "0")])
def test_publication_takes_sensible_settings_only(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({f"CHENGXIN_{name}": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PUBLICITY_DAYS", "0"), ("EXEMPLAR_SHARE", "0"), ("EXEMPLAR_SHARE", "101"), ("PUBLICITY_DAYS", "五")],
)
def test_publicity_and_share_take_sensible_numbers_only(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({f"CHENGXIN_{name}": value})


def test_the_lookup_takes_an_engine_it_knows() -> None:
    with pytest.raises(SettingsError, match="whoosh or postgresql"):
        Settings.from_environment({"CHENGXIN_SEARCH_ENGINE": "lucene"})


@pytest.mark.parametrize("url", ["", "sqlite:///chengxin.db"])
def test_the_postgresql_engine_is_refused_on_sqlite(url: str) -> None:
    with pytest.raises(SettingsError, match="Take whoosh there"):
        Settings(search_engine="postgresql", database_url=url)


def test_the_postgresql_engine_is_taken_on_postgresql() -> None:
    url = "postgresql://chengxin@127.0.0.1/chengxin"
    assert Settings(search_engine="postgresql", database_url=url).search_engine == "postgresql"
