"""The lasting order of agencies, and the order of names."""

from hypothesis import given
from hypothesis import strategies as st

from chengxin.search import rarity
from chengxin.search.orders import KEY_BYTES, Alphabet, rank_of, weight_of
from chengxin.standing.rules import Standing

READINGS = {"安": "an", "案": "an", "白": "bai", "北": "bei", "众": "zhong", "重": "chong"}
ranks = st.fixed_dictionaries(
    {
        "agency_id": st.integers(1, 2**31),
        "name": st.text(max_size=40),
        "grade": st.text("A", max_size=5),
        "is_valid": st.booleans(),
        "is_active": st.booleans(),
    }
)


def wanted(each: dict[str, object]) -> tuple[object, ...]:
    lengths = -len(str(each["grade"])), len(str(each["name"]))
    return not each["is_valid"], not each["is_active"], *lengths, each["agency_id"]


@given(ranks, ranks)
def test_ranks_sort_as_a_reader_would(one: dict[str, object], other: dict[str, object]) -> None:
    numbers = [rank_of(**each) for each in (one, other)]  # type: ignore[arg-type]
    assert (numbers[0] < numbers[1]) == (wanted(one) < wanted(other))
    assert all(0 <= number < 2**63 for number in numbers)


def test_names_sort_by_sound_then_by_character_then_by_length() -> None:
    names = ["9号", "a白", "安白", "安北", "案白", "白", "白安", "重白", "众白", "龘"]
    key = Alphabet(READINGS).key
    shuffled = names[::2] + names[1::2]
    assert sorted(shuffled, key=key) == names


def test_the_key_of_a_name_has_its_bounds() -> None:
    assert len(Alphabet(READINGS).key("安" * 100)) == KEY_BYTES
    assert Alphabet(READINGS).key("") == b""


def test_the_gravest_standing_weighs_most_and_nonsense_nothing() -> None:
    assert max(Standing, key=weight_of) == Standing.REVOKED
    assert weight_of("nonsense") < min(map(weight_of, Standing))


def test_rare_terms_choose_and_common_ones_only_judge() -> None:
    counts = {"rare": 3, "middling": 4_000, "common": 50_000, "nobody": 0}
    rare, common = rarity.weighed(counts, 100_000)
    assert (set(rare), set(common)) == ({"rare", "middling"}, {"common"})
    assert rare["rare"] > rare["middling"] > common["common"] >= 1


def test_a_common_term_that_stands_alone_chooses() -> None:
    assert rarity.weighed({"common": 90_000}, 90_000) == ({"common": 11}, {})


@given(st.dictionaries(st.text(max_size=3), st.integers(-2, 10**7)), st.integers(0, 10**7))
def test_weights_are_whole_numbers_above_nothing(counts: dict[str, int], size: int) -> None:
    rare, common = rarity.weighed(counts, size)
    assert {term for term, count in counts.items() if count > 0} == rare.keys() | common.keys()
    assert all(weight >= 1 for weight in (*rare.values(), *common.values()))
