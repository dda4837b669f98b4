"""What axe-core finds wrong on a page."""

from pathlib import Path

from playwright.async_api import Page

AXE = (Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


async def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on the page."""
    await page.evaluate(AXE)
    found = await page.evaluate("rules => axe.run(document, rules)", RULES)
    return [f"{v['id']}: {v['help']} {[node['target'] for node in v['nodes']]}" for v in found["violations"]]
