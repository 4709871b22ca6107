"""The page is self-contained, accessible and printable; a real browser shows every text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from exporter_samples import pairs, statement

from align.exporters import judge, render, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = render(pairs(("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>')), "html")
    assert not re.search(r"<script|<img|<link|<iframe|@import|url\(|src=\"|href=", page)
    assert "default-src 'none'" in page


def test_every_cell_says_its_language_and_direction() -> None:
    page = render(pairs(("Да.", "نعم."), langs=("ru", "ar")), "html")
    assert '<td class="text" lang="ru" dir="ltr">Да.</td><td class="text" lang="ar" dir="rtl">نعم.</td>' in page


def test_an_unknown_language_goes_by_its_characters() -> None:
    assert '<td class="text" lang="" dir="auto">Да.</td>' in render(pairs(("Да.", "Yes."), langs=("und", "en")), "html")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, require_program: Callable[[str], str]) -> Iterator[Any]:
    """The statement's page in the system's Chromium, with every request that it made."""
    chromium = require_program("chromium")
    from playwright.sync_api import sync_playwright

    path: Path = tmp_path_factory.mktemp("page") / "x.html"
    write(statement(), path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1200, "height": 900})
        tab.requests = []
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto(path.as_uri())
        yield tab
        browser.close()


def test_a_browser_shows_every_text(page: Any) -> None:
    shown = page.eval_on_selector_all("tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.textContent))")
    verdicts = judge(statement())
    assert [row[1:3] for row in shown] == [[verdict.source, verdict.target] for verdict in verdicts]
    assert [url for url in page.requests if not url.startswith("file:")] == []


def test_its_headings_belong_to_columns_and_rows(page: Any) -> None:
    scopes = page.eval_on_selector_all("th", "cells => cells.map(c => c.scope)")
    assert scopes == ["col"] * 4 + ["row"] * len(statement().beads)
    assert page.title() == page.inner_text("h1") == "sample.ru.txt – sample.en.txt"
    assert page.get_attribute("html", "lang") == "en"
    assert page.eval_on_selector_all("h1, main, caption", "found => found.length") == 3


CONTRAST = """() => {
  const light = value => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = numbers(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("h1, p, caption, th, td, small")].map(element => {
    const pair = [luminance(numbers(getComputedStyle(element).color)), luminance(behind(element))];
    pair.sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  });
}"""


def test_every_text_has_a_contrast_of_seven_to_one(page: Any) -> None:
    """WCAG 2.2, success criterion 1.4.6."""
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 4 * len(statement().beads)
    assert min(ratios) >= 7


def test_confidence_is_told_in_words_not_by_colour_alone(page: Any) -> None:
    words = page.eval_on_selector_all("tbody td:last-child", "cells => cells.map(c => c.innerText.split(/\\s+/)[1])")
    assert {"sure", "left"} <= set(words) <= {"sure", "look", "doubtful", "left"}


def test_nothing_is_cut_off_on_a_narrow_screen_or_on_paper(page: Any) -> None:
    for width in (1200, 420):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="print")
    assert page.eval_on_selector("thead", "head => getComputedStyle(head).display") == "table-header-group"
    assert page.eval_on_selector("tbody tr", "row => getComputedStyle(row).breakInside") == "avoid"
    assert page.pdf(format="A4").startswith(b"%PDF-")
    page.emulate_media(media="screen")
