"""Small items to score, one of each kind; the right answers are plain to see."""

from typing import Any

from pydantic import TypeAdapter

from services.assessment.items.item import AnyItem, Item


def words(text: str) -> dict[str, str]:
    return {"da": f"{text} på dansk", "en": text}


def item(kind: str, **fields: Any) -> Item:
    """An item of this kind; what is not given does not matter."""
    common = {
        "id": "1.1-given",
        "area": 1,
        "competence": "1.1",
        "level": 3,
        "a": 1.0,
        "b": 0.0,
        "device": "any",
        "reading": "low",
        "accessible": True,
        "state": "operational",
        "question": words("question"),
        "feedback": words("feedback"),
    }
    return TypeAdapter[Item](AnyItem).validate_python({**common, "kind": kind, **fields}, strict=False)


def options(*names: str) -> dict[str, dict[str, str]]:
    return {name: words(f"option {name}") for name in names}


SINGLE = item("single", options=options("a", "b", "c"), key="b")
MULTIPLE = item("multiple", options=options("a", "b", "c", "d"), key=["a", "c"])
ORDER = item("order", options=options("a", "b", "c"), key=["c", "a", "b"])
MATCH = item("match", prompts=options("1", "2"), options=options("x", "y"), key={"1": "y", "2": "y"})
SHORT = item("short", key=["1,5", "halvanden", "blåbær"])
SCREEN = item(
    "do",
    screen=[
        {"id": "note", "kind": "note", "label": words("note")},
        {"id": "file", "kind": "pick", "look": "files", "label": words("file"), "options": options("old", "new")},
        {
            "id": "may",
            "kind": "tick",
            "look": "permissions",
            "label": words("may"),
            "options": options("lamp", "place"),
            "ticked": ["lamp", "place"],
        },
        {"id": "sound", "kind": "switch", "label": words("sound"), "on": True},
        {"id": "lock", "kind": "menu", "label": words("lock"), "options": options("never", "soon"), "chosen": "never"},
        {"id": "name", "kind": "field", "label": words("name")},
        {"id": "rows", "kind": "sequence", "label": words("rows"), "options": options("p", "q", "r")},
    ],
    goal={
        "file": "new",
        "may": ["lamp"],
        "lock": "soon",
        "name": ["Åse", "Aase"],
        "rows": ["r", "p", "q"],
    },
)
DONE: dict[str, Any] = {"file": "new", "may": ["lamp"], "lock": "soon", "name": " åse ", "rows": ["r", "p", "q"]}
