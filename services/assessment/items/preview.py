"""An item as a reviewer reads it: both languages side by side, with the key marked."""

from collections.abc import Iterator

from services.assessment.items.item import Do, Item, Match, Multiple, Order, Short, Single
from services.assessment.items.screen import AnyElement, Goal, Note, Switch, TextField
from services.assessment.items.words import Options, Words

Line = tuple[str, Words | str, bool]
"""What it is, the text (one for both languages where it is the same), and whether it belongs to the right answer."""


def lines(item: Item) -> Iterator[Line]:
    """The item line by line, from the question to the feedback."""
    yield "question", item.question, False
    match item:
        case Single():
            yield from _options(item.options, {item.key})
        case Multiple():
            yield from _options(item.options, set(item.key))
        case Order():
            yield from ((str(place), item.options[name], True) for place, name in enumerate(item.key, start=1))
        case Match():
            for name, prompt in item.prompts.items():
                answer = item.options[item.key[name]]
                yield name, Words(da=f"{prompt.da} → {answer.da}", en=f"{prompt.en} → {answer.en}"), True
        case Short():
            yield "accepted", " · ".join(item.key), True
        case Do():
            for element in item.screen:
                yield from _element(element, item.goal)
    yield "feedback", item.feedback, False


def facts(item: Item) -> str:
    """What the item measures and for whom, in one line."""
    accessible = "accessible" if item.accessible else "not accessible"
    return (
        f"{item.competence} · level {item.level} ({item.within}) · {item.kind} · a {item.a:g}, b {item.b:g} ·"
        f" device {item.device} · reading {item.reading} · {accessible} · {item.state}"
    )


def text(item: Item) -> str:
    """The whole item as plain text."""
    told = [f"{item.id}  {facts(item)}"]
    for what, words, right in lines(item):
        mark = "✔" if right else " "
        if isinstance(words, str):
            told.append(f"  {mark} {what}: {words}")
        else:
            told += [f"  {mark} {what}: {words.da}", f"    {' ' * len(what)}  {words.en}"]
    return "\n".join(told)


def _options(options: Options, right: set[str]) -> Iterator[Line]:
    return ((name, words, name in right) for name, words in options.items())


def _element(element: AnyElement, goal: Goal) -> Iterator[Line]:
    wanted = goal.get(element.id, element.initial)
    if isinstance(element, Note):
        yield element.kind, element.label, False
    elif isinstance(element, Switch):
        yield f"switch, {_onoff(element.on)} → {_onoff(wanted)}", element.label, element.id in goal
    elif isinstance(element, TextField):
        yield "field", element.label, False
        forms = wanted if isinstance(wanted, list) else [str(wanted)]
        yield "  fill in", " · ".join(forms) or "nothing", element.id in goal
    else:
        yield element.kind, element.label, False
        names = list(wanted) if isinstance(wanted, list) else [str(wanted)]
        rows = {name: element.options[name] for name in names} if element.kind == "sequence" else element.options
        for name, words in rows.items():
            yield f"  {name}", words, name in names and element.id in goal


def _onoff(value: object) -> str:
    return "on" if value else "off"
