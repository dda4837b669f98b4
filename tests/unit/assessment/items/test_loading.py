"""Each thing that can be wrong with the bank: given a copy of it with one fault, then that finding, and no other."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from services.assessment.items.finding import BrokenBank
from services.assessment.items.loading import DIRECTORY, examine, load

Break = Callable[[str], str]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A copy of the bank, to be broken."""
    return shutil.copytree(DIRECTORY, tmp_path / "bank", ignore=shutil.ignore_patterns("__pycache__"))


def swap(old: str, new: str, item: str = "") -> Break:
    """Replace the first ``old`` from where ``item`` begins; it must be there."""

    def change(text: str) -> str:
        start = text.index(f'id = "{item}"') if item else 0
        assert old in text[start:]
        return text[:start] + text[start:].replace(old, new, 1)

    return change


def without(item: str) -> Break:
    """Remove one item."""

    def change(text: str) -> str:
        kept = [part for part in text.split("[[item]]\n") if f'id = "{item}"' not in part]
        assert len(kept) < text.count("[[item]]\n") + 1
        return "[[item]]\n".join(kept)

    return change


def found(directory: Path, file: str, change: Break) -> list[str]:
    """What is found after the change of one file."""
    path = directory / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return [str(finding) for finding in examine(directory)[1]]


CV = "2.2-attach-cv"
ONE_ITEM: list[tuple[str, str, Break, str]] = [
    ("unknown state", "1.1", swap('state = "operational"', 'state = "live"', "1.1-narrow-jobs"), "state is 'live'. "),
    ("unknown kind", "1.1", swap('kind = "single"', 'kind = "essay"', "1.1-narrow-jobs"), "kind is 'essay'. Write one"),
    ("no kind", "1.1", swap('kind = "single"\n', "", "1.1-narrow-jobs"), "kind is missing. Add it."),
    ("unknown device", "1.1", swap('device = "any"', 'device = "tv"', "1.1-narrow-jobs"), "device is 'tv'. Write one"),
    ("level too high", "1.1", swap("level = 2", "level = 9", "1.1-narrow-jobs"), "level is 9: "),
    ("level as text", "1.1", swap("level = 2", 'level = "2"', "1.1-narrow-jobs"), "level is '2': "),
    ("misspelt field", "1.1", swap("reading =", "raeding =", "1.1-narrow-jobs"), "raeding is no field here. Correct"),
    ("missing field", "1.1", swap("accessible = true\n", "", "1.1-narrow-jobs"), "accessible is missing. Add it."),
    (
        "key not there",
        "1.1",
        swap('key = "', 'key = "z', "1.1-narrow-jobs"),
        "is not among the options. Options: a, b, ",
    ),
    ("bad id", "1.1", swap("1.1-narrow-jobs", "1.1-Narrow Jobs"), "id is '1.1-Narrow Jobs': "),
    ("wrong place", "1.1", swap("1.1-narrow-jobs", "1.2-narrow-jobs"), "the id does not begin with its competence."),
    (
        "no English",
        "1.1",
        lambda text: re.sub(r'\nen = "You look for a job as a cook.*', "", text),
        "question.en: the English text is missing. Write it in both languages.",
    ),
    (
        "empty Danish",
        "1.1",
        lambda text: re.sub(r'\nda = "Du søger job som kok.*', '\nda = " "', text),
        "question.da is empty, or has a space around it.",
    ),
    (
        "not translated",
        "1.1",
        lambda text: re.sub(
            r'\nda = "Et filter viser.*\n.*', '\nda = "Et filter er godt."\nen = "Et filter er godt."', text
        ),
        "feedback is the same text in Danish and English. Translate it.",
    ),
    (
        "same option twice",
        "1.1",
        swap("Gør teksten på siden større", "Går ind på siden igen i morgen"),
        "options say the same twice (da): 'Går ind på siden igen i morgen'. Every option must differ.",
    ),
    (
        "the key gives itself away",
        "1.1",
        swap("Choose cook and Odense in the filters", "Choose cook and Odense in the filters, so that few are left"),
        "the right option (en) has 59 letters, the longest other one 35. Make them about as long",
    ),
    (
        "reading load",
        "1.1",
        swap('reading = "low"', 'reading = "high"', "1.1-narrow-jobs"),
        "reading load high, but there are 42 words to read. Write reading = 'low'",
    ),
    (
        "a in a bank that is not calibrated",
        "1.1",
        swap("level = 2\n", "level = 2\na = 1.0\n", "1.1-narrow-jobs"),
        "it states a, but the bank is not calibrated. Leave them out",
    ),
    (
        "every option right",
        "1.1",
        lambda text: re.sub(r'key = \["b", "e"\]', 'key = ["a", "b", "c", "d", "e"]', text),
        "every option is right. Add one that is wrong",
    ),
    (
        "option twice in the key",
        "1.1",
        lambda text: re.sub(r'key = \["b", "e"\]', 'key = ["b", "e", "b"]', text),
        "the key names an option twice.",
    ),
    (
        "several keys, one unknown",
        "1.1",
        lambda text: re.sub(r'key = \["b", "e"\]', 'key = ["b", "x"]', text),
        "the key x is not among the options.",
    ),
    (
        "order without all",
        "3.2",
        lambda text: re.sub(r'key = \["c", "d", "b", "a"\]', 'key = ["c", "d", "b"]', text),
        "the key is not an order of the options. Name each once: a, b, c, d.",
    ),
    (
        "order that already stands",
        "3.2",
        lambda text: re.sub(r'key = \["c", "d", "b", "a"\]', 'key = ["a", "b", "c", "d"]', text),
        "the options already stand in the right order.",
    ),
    (
        "match without all",
        "1.3",
        swap('key = { 1 = "pay", 2 = "contract", 3 = "shifts" }', 'key = { 1 = "pay", 2 = "contract" }'),
        "the key does not answer each prompt. Give one option for each of 1, 2, 3.",
    ),
    (
        "match with an unknown option",
        "1.3",
        swap('key = { 1 = "pay", 2', 'key = { 1 = "money", 2'),
        "the key money is not among the options. Options: ",
    ),
    ("nothing to type", "3.4", swap('key = ["10", ', 'key = ["!", '), "a form in the key is empty in its normal form."),
    ("goal without element", "2.2", swap('file = "new"', 'folder = "new"', CV), "the goal names folder, which cannot "),
    ("goal that cannot be", "2.2", swap('file = "new"', 'file = "newest"', CV), "the goal of file is nothing it can "),
    (
        "done from the start",
        "4.1",
        swap("on = false", "on = true", "4.1-phone-settings"),
        "",  # one of two goals is reached: that is allowed
    ),
    (
        "nothing to do",
        "2.6",
        swap("search = false", "search = true", "2.6-profile-private"),
        "the goal is reached before anything is done. Begin the screen in another state.",
    ),
    (
        "begins impossibly",
        "3.4",
        swap('chosen = "subject"', 'chosen = "topic"'),
        "part begins with what it cannot hold. Name options of part.",
    ),
    (
        "two of one name",
        "2.6",
        swap('id = "dark"', 'id = "sound"', "2.6-profile-private"),
        "two elements are called sound. Give each element of the screen its own id.",
    ),
]


@pytest.mark.parametrize(
    ("competence", "change", "expected"),
    [case[1:] for case in ONE_ITEM],
    ids=[case[0] for case in ONE_ITEM],
)
def test_one_item_with_a_fault(bank: Path, competence: str, change: Break, expected: str) -> None:
    findings = [one for one in found(bank, f"{competence}.toml", change) if not one.startswith("bank.toml: area")]
    if expected:
        assert all(one.startswith(f"{competence}.toml: ") for one in findings)
        assert [one for one in findings if expected in one], findings
        assert len(findings) == 1 + ("is no field" in expected), findings  # a misspelt field is missing, too
    else:
        assert findings == []


CUTS = "cuts = [-1.7, -1.0, -0.3, 0.4, 1.1, 1.8, 2.5]"
WHOLE: list[tuple[str, str, Break, str]] = [
    (
        "cuts that do not rise",
        "bank.toml",
        swap("-0.3, 0.4", "0.4, 0.4"),
        "bank.toml: the cuts do not rise: 0.4 above level 3 is followed by 0.4 above level 4. Each cut must be greater",
    ),
    ("too few cuts", "bank.toml", swap(", 2.5]", "]"), "bank.toml: there are 6 cuts. 8 levels need 7 cuts"),
    ("unknown framework", "bank.toml", swap('"2.2"', '"4.0"'), "bank.toml: framework DigComp 4.0 is not known. Write"),
    ("odd version", "bank.toml", swap('"2026.1"', '"newest"'), "bank.toml: version is 'newest': "),
    ("no version", "bank.toml", swap('version = "2026.1"\n', ""), "bank.toml: version is missing. Add it."),
    ("a not above 0", "bank.toml", swap("do = 1.7", "do = 0.0"), "bank.toml: rule.discrimination of do is 0. It must"),
    ("a kind without a", "bank.toml", swap("do = 1.7\n", ""), "bank.toml: rule.discrimination says nothing of do."),
    ("too far from the level", "bank.toml", swap("hard = 0.15", "hard = 0.4"), "bank.toml: offset and within can move"),
    ("no TOML", "bank.toml", swap("cuts = [", "cuts = ["[:-1]), "bank.toml: it is no TOML: "),
    ("no TOML among the items", "1.1.toml", swap("[[item]]", "[[item"), "1.1.toml: it is no TOML: "),
    ("unknown competence", "1.1.toml", swap('"1.1"', '"1.9"'), "1.1.toml: competence '1.9' is not known in DigComp"),
    ("another competence", "1.1.toml", swap('"1.1"', '"1.2"'), "1.1.toml: it holds competence 1.2. Call it 1.2.toml."),
    (
        "wrong area",
        "1.1.toml",
        swap("area = 1", "area = 2"),
        "1.1.toml: competence 1.1 is not in area 2. Write area = 1",
    ),
    ("unknown table", "1.1.toml", lambda text: text + "\n[extra]\n", "1.1.toml: extra is not understood. Write area"),
    (
        "no items",
        "1.1.toml",
        lambda _: 'area = 1\ncompetence = "1.1"\nitem = ["x"]',
        "1.1.toml: item is not understood.",
    ),
    (
        "an id twice",
        "1.2.toml",
        swap("1.2-share-and-win", "1.2-spot-advert"),
        "1.2.toml: 1.2-spot-advert: the id is used 2 times. Give each item an id of its own.",
    ),
    (
        "frozen and changed",
        "bank.toml",
        lambda text: f'{text}\n[frozen]\n"2026.1" = "{"0" * 64}"\n',
        "bank.toml: version 2026.1 is frozen and its content has changed (digest ",
    ),
    (
        "a competence without an item",
        "4.4.toml",
        lambda text: text.replace('state = "operational"', 'state = "draft"'),
        "4.4.toml: competence 4.4 has no operational item. Write one",
    ),
    (
        "too little information",
        "5.2.toml",
        without("5.2-backup-demand"),
        "bank.toml: area 5, pool phone: information 2.95 at the cut 1.8 between levels 6 and 7. It needs 3: write",
    ),
]


@pytest.mark.parametrize(("file", "change", "expected"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_the_bank_as_a_whole_with_a_fault(bank: Path, file: str, change: Break, expected: str) -> None:
    findings = found(bank, file, change)
    assert any(one.startswith(expected) for one in findings), findings


@pytest.mark.parametrize("change", [swap("do = 1.7", "do = 0.0"), swap("do = 1.7\n", ""), swap(", 2.5]", "]")])
def test_the_items_are_looked_at_where_the_rule_has_a_fault(bank: Path, change: Break) -> None:
    found(bank, "1.1.toml", swap('device = "any"', 'device = "tv"', "1.1-narrow-jobs"))
    findings = found(bank, "bank.toml", change)
    assert len(findings) == 2, findings
    assert findings[1].startswith("1.1.toml: 1.1-narrow-jobs: device is 'tv'.")


def test_an_area_needs_twenty_items(bank: Path) -> None:
    for path in bank.glob("5.*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('state = "operational"', 'state = "pilot"', 2), encoding="utf-8")
    findings = [str(one) for one in examine(bank)[1]]
    assert "bank.toml: area 5 has 20 operational items" not in "\n".join(findings)
    for path in bank.glob("5.*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('state = "operational"', 'state = "pilot"', 1), encoding="utf-8")
    findings = [str(one) for one in examine(bank)[1]]
    assert "bank.toml: area 5 has 16 operational items. It needs 20 or more." in findings


def test_the_place_of_the_right_option_is_spread(bank: Path) -> None:
    """All keys set to the first option: 100 of 100."""
    for path in bank.glob("?.?.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'\nkey = "[a-d]"', '\nkey = "a"', text), encoding="utf-8")
    findings = [str(one) for one in examine(bank)[1]]
    choices = sum(path.read_text(encoding="utf-8").count('\nkey = "a"') for path in bank.glob("?.?.toml"))
    pilots = 6  # all six are single choices
    number = choices - pilots
    assert any(f"in {number} of {number} choices the right option is number 1" in one for one in findings)


def test_the_right_option_is_not_the_longest_too_often(bank: Path) -> None:
    """Fifteen letters more, the most that one item may have, on every right option."""
    for path in bank.glob("?.?.toml"):
        text, key = path.read_text(encoding="utf-8"), ""
        lines = []
        for line in text.split("\n"):
            key = line[7:8] if line.startswith('key = "') else "" if line == "[[item]]" else key
            lines.append(
                line.replace('{ da = "', '{ da = "Ja, helt sikkert: ') if key and line[:4] == f"{key} = " else line
            )
        path.write_text("\n".join(lines), encoding="utf-8")
    findings = [str(one) for one in examine(bank)[1]]
    assert any(re.search(r"in \d+ of 100 choices the right option is the longest \(da\)", one) for one in findings)


def test_a_calibrated_bank_states_a_and_b(bank: Path) -> None:
    findings = found(bank, "bank.toml", swap("calibrated = false", "calibrated = true"))
    assert "1.1.toml: 1.1-narrow-jobs: a is missing. Add it." in findings
    assert "1.1.toml: 1.1-narrow-jobs: b is missing. Add it." in findings


def test_a_is_above_zero_in_a_calibrated_bank(bank: Path) -> None:
    for path in bank.glob("?.?.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\n(level = \d)\n", r"\n\1\na = 1.5\nb = 0.0\n", text), encoding="utf-8")
    found(bank, "bank.toml", swap("calibrated = false", "calibrated = true"))
    findings = found(bank, "1.1.toml", swap("a = 1.5", "a = 0.0", "1.1-narrow-jobs"))
    assert "1.1.toml: 1.1-narrow-jobs: a is 0. It must be above 0: else who knows more does worse." in findings
    assert not [one for one in findings if "1.1-search-button" in one]


def test_a_bank_without_its_settings(bank: Path) -> None:
    (bank / "bank.toml").unlink()
    assert [finding.what for finding in examine(bank)[1]] == ["the file is missing"]


def test_everything_is_told_at_once_and_nothing_is_loaded(bank: Path) -> None:
    found(bank, "1.1.toml", swap('state = "operational"', 'state = "live"', "1.1-narrow-jobs"))
    found(bank, "3.4.toml", swap('key = ["10", ', 'key = ["!", '))
    found(bank, "bank.toml", swap("-0.3, 0.4", "0.4, 0.4"))
    with pytest.raises(BrokenBank) as broken:
        load(bank)
    told = broken.value.detail
    assert "cuts do not rise" in told
    assert "1.1.toml: 1.1-narrow-jobs: state is 'live'" in told
    assert "3.4.toml: 3.4-loop: a form in the key" in told
    assert len(broken.value.findings) == len(told.split("\n"))
