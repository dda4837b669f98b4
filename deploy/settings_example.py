"""``.env.example``: every setting with its meaning and its default, generated from the settings themselves."""

from shared.settings import Settings

EXAMPLE = ".env.example"


def settings_example() -> str:
    """The text of the file."""
    lines = [
        "# Settings of Løft, with their defaults. Copy to .env and change what you need. Generated: make contracts.",
        "",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        lines += [
            f"# {field.description}",
            f"#LOEFT_{name.upper()}={str(default).lower() if isinstance(default, bool) else default}",
            "",
        ]
    return "\n".join(lines)
