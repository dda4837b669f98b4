"""The compatibility check: each kind of narrowing is found, each allowed change is not."""

from typing import Any

import pytest

from shared.contracts.compatibility import Finding, compare

Schema = dict[str, Any]


def payload(required: list[str] | None = None, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": required or []}


def optional(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}], "default": None}


def told(old: Schema, new: Schema) -> list[str]:
    return [str(each) for each in compare(old, new)]


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
KIND = {"type": "string", "enum": ["a", "b"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(payload(a=TEXT), payload(a=TEXT, b=TEXT), id="a new optional field"),
        pytest.param(payload(["a"], a=TEXT), payload(["a"], a=TEXT, b=optional(NUMBER)), id="a new field with null"),
        pytest.param(payload(a=TEXT), payload(a=TEXT, b=NUMBER | {"default": 3}), id="a new field with a default"),
        pytest.param(payload(a=KIND), payload(a=KIND | {"enum": ["a", "b", "c"]}), id="a new value in a closed list"),
        pytest.param(payload(a={"const": "a"}), payload(a={"enum": ["a", "b"]}), id="a constant became a list"),
        pytest.param(payload(a=TEXT | {"maxLength": 9}), payload(a=TEXT | {"maxLength": 10}), id="a longer text"),
        pytest.param(payload(a=TEXT | {"maxLength": 9}), payload(a=TEXT), id="no limit any more"),
        pytest.param(payload(a=TEXT | {"minLength": 2}), payload(a=TEXT | {"minLength": 1}), id="a shorter text"),
        pytest.param(payload(a=TEXT | {"pattern": "^a$"}), payload(a=TEXT), id="no pattern any more"),
        pytest.param(
            payload(a=NUMBER | {"minimum": 1, "maximum": 5}),
            payload(a=NUMBER | {"minimum": 0, "maximum": 6}),
            id="a wider range",
        ),
        pytest.param(
            payload(a=NUMBER | {"exclusiveMinimum": 0}), payload(a=NUMBER | {"minimum": 0}), id="the bound now included"
        ),
        pytest.param(
            payload(a={"type": "array", "items": TEXT, "maxItems": 5}),
            payload(a={"type": "array", "items": TEXT, "maxItems": 50}),
            id="more elements",
        ),
        pytest.param(
            payload(a=TEXT | {"description": "old", "title": "A", "examples": ["x"]}),
            payload(a=TEXT | {"description": "new"}),
            id="other words",
        ),
        pytest.param(
            payload(["a", "b"], a=TEXT, b=TEXT), payload(["b", "a"], b=TEXT, a=TEXT), id="another order of fields"
        ),
        pytest.param(
            payload(a={"anyOf": [TEXT, {"type": "null"}]}), payload(a={"anyOf": [{"type": "null"}, TEXT]}), id="order"
        ),
        pytest.param(
            payload(a={"$ref": "#/$defs/A"}) | {"$defs": {"A": payload(x=TEXT)}},
            payload(a={"$ref": "#/$defs/B"}) | {"$defs": {"B": payload(x=TEXT, y=TEXT)}},
            id="a shape renamed and extended",
        ),
        pytest.param(
            payload(a={"$ref": "#/$defs/A"}) | {"$defs": {"A": payload(x=TEXT)}},
            payload(a=payload(x=TEXT)),
            id="inlined",
        ),
    ],
)
def test_allowed(old: Schema, new: Schema) -> None:
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (payload(a=TEXT, b=NUMBER), payload(a=TEXT), "b: the field was removed (was integer, is nothing)"),
        (payload(a=TEXT), payload(["b"], a=TEXT, b=TEXT), "b: a new field is required (was nothing, is required)"),
        (payload(a=TEXT), payload(["a"], a=TEXT), "a: an optional field became required (was optional, is required)"),
        (payload(["a"], a=TEXT), payload(a=TEXT), "a: a promised field may now be missing (was required, is optional)"),
        (payload(a=TEXT), payload(a=NUMBER), "a: the type was narrowed or changed (was string, is integer)"),
        (
            payload(a={"type": "number"}),
            payload(a=NUMBER),
            "a: the type was narrowed or changed (was number, is integer)",
        ),
        (payload(a={}), payload(a=TEXT), "a: the type was narrowed or changed (was any type, is string)"),
        (
            payload(a={"type": ["string", "null"]}),
            payload(a=TEXT),
            "a: the type was narrowed or changed (was null or string, is string)",
        ),
        (
            payload(a=TEXT),
            payload(a={"type": ["string", "null"]}),
            "a: another type may come (was string, is null or string)",
        ),
        (payload(a=KIND), payload(a=KIND | {"enum": ["a"]}), "a: b left the closed list (was a, b, is a)"),
        (payload(a=TEXT), payload(a=KIND), "a: limited to a closed list (was any value, is a, b)"),
        (payload(a=KIND), payload(a=TEXT | {"const": "a"}), "a: b left the closed list (was a, b, is a)"),
        (
            payload(a=TEXT),
            payload(a=TEXT | {"pattern": "^x"}),
            "a: pattern was added or changed (was nothing, is ^x)",
        ),
        (
            payload(a=TEXT | {"pattern": "^x"}),
            payload(a=TEXT | {"pattern": "^y"}),
            "a: pattern was added or changed (was ^x, is ^y)",
        ),
        (
            payload(a=NUMBER | {"minimum": 0}),
            payload(a=NUMBER | {"minimum": 1}),
            "a: the lowest value was raised (was 0, is 1)",
        ),
        (
            payload(a=NUMBER | {"minimum": 0}),
            payload(a=NUMBER | {"exclusiveMinimum": 0}),
            "a: the lowest value was raised (was 0, is 0)",
        ),
        (payload(a=NUMBER), payload(a=NUMBER | {"minimum": 1}), "a: the lowest value was raised (was nothing, is 1)"),
        (
            payload(a=NUMBER | {"maximum": 8}),
            payload(a=NUMBER | {"maximum": 5}),
            "a: the highest value was lowered (was 8, is 5)",
        ),
        (
            payload(a=NUMBER | {"maximum": 8}),
            payload(a=NUMBER | {"exclusiveMaximum": 8}),
            "a: the highest value was lowered (was 8, is 8)",
        ),
        (
            payload(a=NUMBER),
            payload(a=NUMBER | {"multipleOf": 5}),
            "a: multipleOf was added or changed (was nothing, is 5)",
        ),
        (
            payload(a=TEXT | {"maxLength": 200}),
            payload(a=TEXT | {"maxLength": 100}),
            "a: maxLength was lowered (was 200, is 100)",
        ),
        (payload(a=TEXT), payload(a=TEXT | {"maxLength": 100}), "a: maxLength was lowered (was nothing, is 100)"),
        (payload(a=TEXT), payload(a=TEXT | {"minLength": 1}), "a: minLength was raised (was nothing, is 1)"),
        (
            payload(a={"type": "array", "maxItems": 5}),
            payload(a={"type": "array", "maxItems": 4}),
            "a: maxItems was lowered (was 5, is 4)",
        ),
        (
            payload(a={"type": "array"}),
            payload(a={"type": "array", "uniqueItems": True}),
            "a[]: repeated elements are allowed no more (was any, is unique)",
        ),
        (
            payload(a={"type": "array"}),
            payload(a={"type": "array", "items": TEXT}),
            "a[]: the elements are limited to a type (was anything, is string)",
        ),
        (
            payload(a=TEXT | {"format": "uuid"}),
            payload(a=TEXT),
            "a: format was changed (was uuid, is nothing)",
        ),
        (payload(a=TEXT), payload(a=TEXT | {"format": "date"}), "a: format was changed (was nothing, is date)"),
        (
            payload(a=TEXT | {"default": "none"}),
            payload(a=TEXT | {"default": "after"}),
            "a: an absent field now means something else (was none, is after)",
        ),
        (
            payload(a=TEXT),
            payload(a=TEXT) | {"additionalProperties": False},
            "payload: other fields are allowed no more (was true, is false)",
        ),
    ],
)
def test_broken(old: Schema, new: Schema, finding: str) -> None:
    assert told(old, new) == [finding]


# -- nested -------------------------------------------------------------------------------------------------------


def area(**level: Any) -> Schema:
    shapes = {"Area": payload(["level"], level=NUMBER | level)}
    return payload(["areas"], areas={"type": "array", "items": {"$ref": "#/$defs/Area"}}) | {"$defs": shapes}


def test_through_references_and_arrays() -> None:
    assert told(area(maximum=8), area(maximum=5)) == ["areas[].level: the highest value was lowered (was 8, is 5)"]


def test_a_field_removed_from_a_shape() -> None:
    old, new = area(), area()
    new["$defs"]["Area"] = payload(other=TEXT)
    assert told(old, new) == ["areas[].level: the field was removed (was integer, is nothing)"]


def test_through_optional() -> None:
    old, new = optional(TEXT | {"maxLength": 9}), optional(TEXT | {"maxLength": 8})
    assert told(payload(a=old), payload(a=new)) == ["a: maxLength was lowered (was 9, is 8)"]


def test_an_alternative_that_goes() -> None:
    findings = told(payload(a={"anyOf": [TEXT, NUMBER]}), payload(a={"anyOf": [TEXT]}))
    assert findings == ["a: the type was narrowed or changed (was integer, is string)"]


def test_null_that_goes() -> None:
    findings = told(payload(a={"anyOf": [TEXT, {"type": "null"}]}), payload(a=TEXT))
    assert findings == ["a: the type was narrowed or changed (was null, is string)"]


def test_null_that_comes() -> None:
    findings = told(payload(a=TEXT), payload(a={"anyOf": [TEXT, {"type": "null"}]}))
    assert findings == ["a: another type may come (was string, is null or string)"]


def test_the_best_alternative_is_blamed() -> None:
    """A shape among alternatives is held against the one it resembles, not against null."""
    old = {"anyOf": [{"type": "null"}, payload(["x"], x=NUMBER, y=TEXT)]}
    new = {"anyOf": [{"type": "null"}, payload(["x"], x=NUMBER)]}
    assert told(payload(a=old), payload(a=new)) == ["a.y: the field was removed (was string, is nothing)"]


def test_values_of_an_open_object() -> None:
    old = payload(a={"type": "object", "additionalProperties": NUMBER | {"maximum": 5}})
    new = payload(a={"type": "object", "additionalProperties": NUMBER | {"maximum": 4}})
    assert told(old, new) == ["a.*: the highest value was lowered (was 5, is 4)"]


def test_elements_by_place() -> None:
    old = payload(a={"type": "array", "prefixItems": [TEXT, NUMBER]})
    new = payload(a={"type": "array", "prefixItems": [TEXT, TEXT]})
    assert told(old, new) == ["a[]: the type was narrowed or changed (was integer, is string)"]


def test_a_shape_that_contains_itself_ends() -> None:
    def tree(longest: int) -> Schema:
        node = payload(name=TEXT | {"maxLength": longest}, below={"type": "array", "items": {"$ref": "#/$defs/Node"}})
        return {"$ref": "#/$defs/Node", "$defs": {"Node": node}}

    assert told(tree(9), tree(9)) == []
    assert told(tree(9), tree(8)) == ["name: maxLength was lowered (was 9, is 8)"]


def test_a_keyword_that_cannot_be_judged_counts_as_broken() -> None:
    findings = told(payload(a=TEXT), payload(a=TEXT | {"not": {"const": "x"}}))
    assert findings == ["a: not was changed (was nothing, is {'const': 'x'})"]


def test_a_finding_has_its_parts() -> None:
    assert compare(payload(a=TEXT), payload()) == [Finding("a", "the field was removed", "string", "nothing")]
