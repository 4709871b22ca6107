"""Detecting the language of a paragraph, and the form of language codes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.codes import primary_language, same_language
from corpora.errors import UnknownLanguageError
from corpora.language import detect, detect_or_none, normalize, script_of

PARAGRAPHS = {
    "ru": ("Министры обсудили положение дел в регионе и договорились продолжить консультации в следующем году."),
    "en": ("The ministers discussed the situation in the region and agreed to continue consultations next year."),
    "uk": ("Міністри обговорили становище в регіоні та домовилися продовжити консультації наступного року."),
    "de": ("Die Minister erörterten die Lage in der Region und vereinbarten, die Konsultationen fortzusetzen."),
    "fr": ("Les ministres ont examiné la situation dans la région et sont convenus de poursuivre les consultations."),
    "es": ("Los ministros examinaron la situación en la región y acordaron continuar las consultas el próximo año."),
    "pt": ("Os ministros discutiram a situação na região e concordaram em continuar as consultas no próximo ano."),
    "it": ("I ministri hanno discusso la situazione nella regione e hanno deciso di proseguire le consultazioni."),
    "pl": ("Ministrowie omówili sytuację w regionie i uzgodnili, że w przyszłym roku będą kontynuować konsultacje."),
    "tr": ("Bakanlar bölgedeki durumu ele aldılar ve gelecek yıl istişareleri sürdürme konusunda anlaştılar."),
    "kk": "Министрлер аймақтағы жағдайды талқылап, келесі жылы кеңестерді жалғастыруға келісті.",
    "be": ("Міністры абмеркавалі становішча ў рэгіёне і дамовіліся працягнуць кансультацыі ў наступным годзе."),
    "bg": (
        "Министрите обсъдиха положението в региона и се договориха да продължат консултациите през следващата година."
    ),
    "hu": ("A miniszterek megvitatták a térség helyzetét, és megállapodtak, hogy jövőre folytatják az egyeztetéseket."),
    "nl": (
        "De ministers bespraken de situatie in de regio en kwamen overeen het overleg volgend jaar voort te zetten."
    ),
    "cs": ("Ministři projednali situaci v regionu a dohodli se, že v příštím roce budou v konzultacích pokračovat."),
    "zh": "两国部长讨论了地区局势，并同意明年继续磋商。",
    "ja": "両国の大臣は地域情勢について協議し、来年も協議を続けることで合意した。",
    "ko": "양국 장관은 지역 정세를 논의하고 내년에도 협의를 계속하기로 합의했다.",
    "ar": "ناقش الوزراء الوضع في المنطقة واتفقوا على مواصلة المشاورات في العام المقبل.",
    "el": "Οι υπουργοί συζήτησαν την κατάσταση στην περιοχή.",
    "he": "השרים דנו במצב באזור והסכימו להמשיך בהתייעצויות.",
}


@pytest.mark.parametrize("lang", PARAGRAPHS)
def test_a_paragraph_tells_its_language(lang: str) -> None:
    assert detect(PARAGRAPHS[lang]) == lang


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_homoglyphs_do_not_mislead(lang: str) -> None:
    swaps = {"en": str.maketrans("aeocp", "аеоср"), "ru": str.maketrans("аеоср", "aeocp")}
    words = PARAGRAPHS[lang].split()
    masked = " ".join(w.translate(swaps[lang]) if i % 4 == 0 else w for i, w in enumerate(words))
    assert masked != PARAGRAPHS[lang]
    assert detect(masked) == lang


@pytest.mark.parametrize("lang", ["en", "ru", "de", "fr", "zh", "uk"])
def test_page_furniture_of_a_third_language_does_not_mislead(lang: str) -> None:
    page = f"Ir al contenido principal\n13:45\n\n{PARAGRAPHS[lang]}\n\nFechas incorrectas\nBúsqueda avanzada"
    assert detect(page) == lang


@pytest.mark.parametrize("lang", PARAGRAPHS)
def test_capital_letters_make_no_difference(lang: str) -> None:
    assert detect(PARAGRAPHS[lang].upper()) == lang
    assert detect(PARAGRAPHS[lang].title()) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Мы были там", "ru"),
        ("Это не ошибка", "ru"),
        ("Ми були там і все бачили", "uk"),
        ("Ці їхні слова", "uk"),
        ("Мы ўсё бачылі", "be"),
        ("Ние не бяхме там, защото валеше цял ден", "bg"),
        ("Біз сол жерде болдық", "kk"),
        ("Não há nada ali", "pt"),
        ("El niño no está aquí", "es"),
        ("Bu çok güzel bir gün", "tr"),
        ("Gdzie jest mój kot?", "pl"),
        ("Het is niet zo erg", "nl"),
        ("Das ist nicht schlimm", "de"),
        ("Where is my cat?", "en"),
        ("من كان هناك؟", "ar"),
        ("این کتاب چه می‌گوید؟", "fa"),
    ],
)
def test_a_few_typical_words_are_enough(text: str, lang: str) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "Ministry obsudili polozhenie del v regione i dogovorilis' prodolzhit' konsul'tatsii v sleduyushchem godu.",
        "My vstretilis vchera vecherom u reki, i pogoda byla khoroshaya, no k nochi podnyalsya sil'nyy veter.",
    ],
)
def test_transliterated_russian_is_no_other_slavic_language(text: str) -> None:
    assert detect(text) == normalize("ru-latn")


def test_names_and_terms_in_latin_letters_leave_a_russian_text_russian() -> None:
    assert (
        detect("В Dynamics 365 Business Central и Microsoft Teams это называется иначе, чем в Power BI Desktop.")
        == "ru"
    )


def test_the_language_of_most_letters_wins_on_a_mixed_page() -> None:
    assert detect(f"{PARAGRAPHS['ru']} {PARAGRAPHS['ru']}\n{PARAGRAPHS['en']}") == "ru"
    assert detect(f"{PARAGRAPHS['en']} {PARAGRAPHS['en']}\n{PARAGRAPHS['ru']}") == "en"


@pytest.mark.parametrize("text", ["", "  \n", "123 456", "* * *", "13:45", "\ud800", "😀😀"])
def test_without_letters_there_is_nothing_to_go_by(text: str) -> None:
    assert detect_or_none(text) is None
    with pytest.raises(UnknownLanguageError, match="cannot tell"):
        detect(text)


def test_scripts_are_told() -> None:
    assert script_of("Привет, world!") == "Cyrl"
    assert script_of("漢字かな") == "Jpan"
    assert script_of("123") is None


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("RU", "ru"),
        ("en_gb", "en-GB"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        (" pt-BR ", "pt-BR"),
        ("es-419", "es-419"),
        ("sr-cyrl", "sr-Cyrl"),
        ("tyv", "tyv"),
        ("de-1996", "de-1996"),
        ("und", "und"),
    ],
)
def test_codes_are_brought_to_canonical_case(code: str, canonical: str) -> None:
    assert normalize(code) == canonical


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("russian", "ru"),
        ("English", "en"),
        ("Русский", "ru"),
        ("deutsch", "de"),
        ("rusian", "ru"),
        ("Chinese", "zh"),
    ],
)
def test_the_name_of_a_language_is_answered_with_its_code(code: str, hint: str) -> None:
    with pytest.raises(UnknownLanguageError, match=f"did you mean {hint}\\?"):
        normalize(code)


@pytest.mark.parametrize("code", ["xx", "zzz", "", "-", "e", "ru-", "english-language", "12", "ru en", "\ud800"])
def test_what_is_no_language_is_an_error(code: str) -> None:
    with pytest.raises(UnknownLanguageError, match="unknown language"):
        normalize(code)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    found = detect_or_none(text)
    assert found is None or normalize(found) == found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_a_code_is_canonical_or_an_error(code: str) -> None:
    try:
        assert normalize(normalize(code)) == normalize(code)
    except UnknownLanguageError as error:
        assert "\n" not in str(error)  # noqa: PT017 - any error must be one line


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("en-GB", "en"), ("zh-Hant-TW", "zh"), ("pt_BR", "pt"), ("RU", "ru"), ("und", "und"), ("", "")],
)
def test_the_language_of_a_code_is_its_first_part(code: str, language: str) -> None:
    assert primary_language(code) == language


def test_codes_of_one_language_are_told_whatever_their_regions() -> None:
    assert same_language("pt", "pt-BR")
    assert same_language("zh_Hant", "ZH-hans")
    assert not same_language("en", "eng")
    assert not same_language("en", "")
