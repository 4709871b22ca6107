"""What is done to a text before it is tokenised: on a copy, and only where it could not be read else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.encoder import load_encoder
from align.encoder.texts import readable

RUSSIAN = "Министры встретились утром; Ёлкин сказал: «Всё решено» — и № 7 подписан."
CYRILLIC = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯёЁ ,.0123456789", min_size=12)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_windows_1251_read_as_latin_is_set_right(wrong: str) -> None:
    text = "Министры встретились утром, Ёлкин сказал: решено, № 7."
    assert readable(text.encode("cp1251").decode(wrong)) == text


@pytest.mark.parametrize("wrong", ["cp1251", "latin-1"])
def test_utf_8_read_byte_by_byte_is_set_right(wrong: str) -> None:
    text = "Министры встретились утром."
    assert readable(text.encode().decode(wrong)) == text


@given(CYRILLIC)
def test_cyrillic_that_was_read_right_stays(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing here.",
        RUSSIAN,
        "Українська мова: ґанок, їжак, є.",
        "Où êtes-vous allés, à l'été où naquit l'œuvre ?",
        "Größe, Übermaß und Äußeres; ÖÄÜ ÄÖÜÄ",
        "São ações, não opiniões: coração à mão.",
        "Þýðir þú þetta? Það er óþægilegt.",
        "各国部长今天上午举行了会晤。",
        "Ã©tÃ©",
        "\ud83d\udd25\udc00",
    ],
)
def test_other_languages_stay(text: str) -> None:
    assert readable(text) == text


def test_text_in_a_wrong_encoding_finds_its_translation() -> None:
    encoder = load_encoder()
    broken = encoder.encode(["Министры встретились утром.".encode("cp1251").decode("latin-1")])
    np.testing.assert_array_equal(broken, encoder.encode(["Министры встретились утром."]))
    sums = encoder.encode_sums(["Министры".encode("cp1251").decode("latin-1")])  # type: ignore[attr-defined]
    np.testing.assert_array_equal(sums, encoder.encode_sums(["Министры"]))  # type: ignore[attr-defined]
