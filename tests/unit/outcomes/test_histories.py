"""Histories at hand take no more memory than they may, and those touched longest ago go first."""

from services.outcomes.projection.histories import BESIDE, EncodedFacts, Histories, History


def history(size: int) -> History:
    one = History()
    one.add({"material-opened": EncodedFacts(1, b"x" * (size - BESIDE))})
    return one


def test_those_touched_longest_ago_go_when_there_is_too_much() -> None:
    histories = Histories(30_000)
    for root in ("a", "b", "c"):
        histories.put(root, history(10_000))
    assert histories.get("a") is not None  # touched
    histories.put("d", history(10_000))
    assert [root for root in "abcd" if histories.get(root)] == ["a", "c", "d"]
    assert histories.size == 30_000


def test_a_history_that_grew_counts_as_it_is_when_it_is_put_back() -> None:
    histories = Histories(30_000)
    histories.put("a", history(10_000))
    histories.put("b", history(10_000))
    grown = histories.get("b")
    assert grown is not None
    grown.add({"material-opened": EncodedFacts(2, b"y" * 2_000), "meeting-held": EncodedFacts(1, b"z" * 500)})
    histories.put("b", grown)
    assert histories.size == 22_500
    histories.forget("a")
    histories.forget("never seen")
    assert histories.size == 12_500
    histories.clear()
    assert histories.size == 0
    assert histories.get("b") is None


def test_one_that_is_larger_than_everything_allowed_is_not_kept() -> None:
    histories = Histories(5_000)
    histories.put("a", history(9_000))
    assert (histories.get("a"), histories.size) == (None, 0)


def test_one_that_is_put_behind_goes_first_and_only_where_there_is_room() -> None:
    histories = Histories(30_000)
    histories.put("touched", history(10_000))
    assert histories.put_behind("read", history(10_000))
    assert histories.put_behind("read next", history(10_000))
    assert not histories.put_behind("one too many", history(1_000))
    histories.put("new", history(10_000))
    assert [root for root in ("touched", "read", "read next", "new") if root in histories] == ["touched", "read", "new"]
    assert histories.size == 30_000
