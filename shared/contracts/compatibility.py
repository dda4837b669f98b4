"""Whether a new JSON Schema still keeps every promise of the old one. Pure: two schemas in, findings out.

Allowed within a version: a new optional field, a new value in a closed list, a wider range or length, a dropped
pattern, other words. Everything else breaks somebody: old events could no longer be read, or readers would meet what
they were told never comes (a promised field missing, another type).
"""

from collections.abc import Iterator
from math import inf, isinf
from typing import Any, NamedTuple

Schema = dict[str, Any]

_AT_LEAST = ("minLength", "minItems", "minProperties")
_AT_MOST = ("maxLength", "maxItems", "maxProperties")
_TIGHTER = ("pattern", "multipleOf")  # dropping one is fine, adding or changing one is not
_SAME = ("format", "not", "allOf", "if", "then", "else", "contains", "propertyNames", "patternProperties")
_NOTHING = "nothing"


class Finding(NamedTuple):
    """One broken promise: where (``areas[].level``), what is wrong, what was and what is."""

    field: str
    problem: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.field or 'payload'}: {self.problem} (was {self.was}, is {self.now})"


def compare(old: Schema, new: Schema) -> list[Finding]:
    """Every promise of ``old`` that ``new`` breaks, in the order of the old schema; empty when compatible."""
    return list(dict.fromkeys(_Comparison(old, new).of(old, new, "", frozenset())))


class _Comparison:
    """Walks two schemas side by side; each ``$ref`` is looked up in its own document."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old, self._new = old, new

    def of(self, old: Schema, new: Schema, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair):
            if pair in seen:
                return  # a shape that contains itself
            seen |= {pair}
        old, new = _resolved(self._old, old), _resolved(self._new, new)
        if "default" in old and old["default"] != new.get("default", _NOTHING):
            yield Finding(
                path, "an absent field now means something else", _told(old, "default"), _told(new, "default")
            )
        if _alternatives(old) != [old] or _alternatives(new) != [new]:
            yield from self._alternatives(old, new, path, seen)
            return
        yield from _value(old, new, path)
        yield from self._object(old, new, path, seen)
        yield from self._array(old, new, path, seen)

    def _alternatives(self, old: Schema, new: Schema, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        """Each old alternative must fit a new one, and no new alternative may bring another type."""
        was, now = _alternatives(old), _alternatives(new)
        for each in was:
            alike = [other for other in now if self._kinds(each, other)] or now
            attempts = [list(self.of(each, other, path, seen)) for other in alike]
            if [] not in attempts:
                yield from min(attempts, key=len)
        known = {kind for each in was for kind in _types(_resolved(self._old, each))}
        for other in now:
            added = _types(_resolved(self._new, other)) - known
            if added and known:
                yield Finding(path, "another type may come", _names(known), _names(known | added))

    def _kinds(self, old: Schema, new: Schema) -> set[str]:
        return _types(_resolved(self._old, old)) & _types(_resolved(self._new, new))

    def _object(self, old: Schema, new: Schema, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        was, now = old.get("properties", {}), new.get("properties", {})
        for name, schema in was.items():
            if name not in now:
                yield Finding(_under(path, name), "the field was removed", _summary(schema), _NOTHING)
            else:
                yield from self.of(schema, now[name], _under(path, name), seen)
        required_before, required_now = set(old.get("required", [])), set(new.get("required", []))
        for name in new.get("required", []):
            if name not in required_before:
                problem = "an optional field became required" if name in was else "a new field is required"
                yield Finding(_under(path, name), problem, "optional" if name in was else _NOTHING, "required")
        for name in old.get("required", []):
            if name in now and name not in required_now:
                yield Finding(_under(path, name), "a promised field may now be missing", "required", "optional")
        yield from self._other_fields(old, new, path, seen)

    def _other_fields(self, old: Schema, new: Schema, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        was, now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from self.of(was, now, _under(path, "*"), seen)
        elif was is not False and now is not True:
            yield Finding(path, "other fields are allowed no more", str(was).lower(), _summary(now))

    def _array(self, old: Schema, new: Schema, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        was, now = old.get("items"), new.get("items")
        if isinstance(was, dict) and isinstance(now, dict):
            yield from self.of(was, now, f"{path}[]", seen)
        elif isinstance(now, dict) and "array" in _types(old):
            yield Finding(f"{path}[]", "the elements are limited to a type", "anything", _summary(now))
        for before, after in zip(old.get("prefixItems", []), new.get("prefixItems", []), strict=False):
            yield from self.of(before, after, f"{path}[]", seen)
        if new.get("uniqueItems") and not old.get("uniqueItems"):
            yield Finding(f"{path}[]", "repeated elements are allowed no more", "any", "unique")


def _value(old: Schema, new: Schema, path: str) -> Iterator[Finding]:
    """Type, closed list, range, length, pattern and format of one value."""
    yield from _type(old, new, path)
    yield from _closed_list(old, new, path)
    yield from _range(old, new, path)
    for key in _AT_LEAST:
        if new.get(key, 0) > old.get(key, 0):
            yield Finding(path, f"{key} was raised", _told(old, key), _told(new, key))
    for key in _AT_MOST:
        if key in new and (key not in old or new[key] < old[key]):
            yield Finding(path, f"{key} was lowered", _told(old, key), _told(new, key))
    for key in _TIGHTER:
        if key in new and old.get(key) != new[key]:
            yield Finding(path, f"{key} was added or changed", _told(old, key), _told(new, key))
    for key in _SAME:
        if old.get(key) != new.get(key):
            yield Finding(path, f"{key} was changed", _told(old, key), _told(new, key))


def _closed_list(old: Schema, new: Schema, path: str) -> Iterator[Finding]:
    was, now = _values(old), _values(new)
    if now is None:
        return
    if was is None:
        yield Finding(path, "limited to a closed list", "any value", _listed(now))
    elif lost := [value for value in was if value not in now]:
        yield Finding(path, f"{_listed(lost)} left the closed list", _listed(was), _listed(now))


def _range(old: Schema, new: Schema, path: str) -> Iterator[Finding]:
    was, now = _low(old), _low(new)
    if now > was:
        yield Finding(path, "the lowest value was raised", _bound(was), _bound(now))
    was, now = _high(old), _high(new)
    if now < was:
        yield Finding(path, "the highest value was lowered", _bound(was), _bound(now))


def _low(schema: Schema) -> tuple[float, bool]:
    """The lower bound and whether it is itself excluded: pairs that order by strictness."""
    return max((schema.get("minimum", -inf), False), (schema.get("exclusiveMinimum", -inf), True))


def _high(schema: Schema) -> tuple[float, bool]:
    """The upper bound and whether it is itself included."""
    return min((schema.get("maximum", inf), True), (schema.get("exclusiveMaximum", inf), False))


def _type(old: Schema, new: Schema, path: str) -> Iterator[Finding]:
    was, now = _types(old), _types(new)
    if was == now:
        return
    if not was or (now and not was <= now):
        yield Finding(path, "the type was narrowed or changed", _names(was), _names(now))
    else:
        yield Finding(path, "another type may come", _names(was), _names(now))


def _resolved(document: Schema, schema: Schema) -> Schema:
    """The schema that a ``$ref`` of the same document points to, with what stands beside the reference."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    target: Any = document
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {**_resolved(document, target), **beside}


def _alternatives(schema: Schema) -> list[Schema]:
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return list(schema[key])
    return [schema]


def _values(schema: Schema) -> list[Any] | None:
    """The closed list of a value; a constant is a list of one."""
    return schema.get("enum", [schema["const"]] if "const" in schema else None)


def _bound(bound: tuple[float, bool]) -> str:
    return _NOTHING if isinf(bound[0]) else f"{bound[0]:g}"


def _types(schema: Schema) -> set[str]:
    kinds = schema.get("type", [])
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _told(schema: Schema, key: str) -> str:
    return str(schema[key]) if key in schema else _NOTHING


def _listed(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values)


def _names(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds)) or "any type"


def _summary(schema: Any) -> str:
    if not isinstance(schema, dict):
        return str(schema).lower()
    kinds = {kind for each in _alternatives(schema) for kind in _types(each)}
    return schema.get("$ref", "").rpartition("/")[2] or _names(kinds)
