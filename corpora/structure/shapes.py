"""Page furniture that is told by its shape, in any language: addresses, counters, rows of links."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from corpora.structure.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINK: Final = re.compile(
    r"(?:[\w-]{1,12}:\s*)?(?:(?:https?|ftp|file)://\S+(?:\s+\d{1,3}/\d{1,3})?|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?:[\w-]+\.)+(?:ru|com|org|net|int|eu)(?:/\S*)?)"
    r"[.,;]?"
)
_RIGHTS: Final = re.compile(r"(?:©|\(c\)|copyright\b).{0,120}", re.IGNORECASE)
_CRUMBS: Final = re.compile(r"[^>»›→|/•·]{1,60}(?:\s(?:>|»|›|→|\||≫|/|::|•|·)+\s[^>»›→|/•·]{1,80})+")
_PRINTED: Final = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2}(?:\d\d)?, \d{1,2}:\d\d(?:\s?[AP]M)?")
_MARK: Final = re.compile(r"[>»›→|≫/•·]|::")
"""What every such path has: looked for first, for it is found or missed at once."""
_PROSE: Final = re.compile(r"[.!?。！？;]\s*$|[\"“”„‟;=&]|[>≫→]\s*[\d.,]+\s*$")
"""What no path of links has: the end of a sentence, quotation marks, a number that is compared."""
_STRONG_CRUMB: Final = re.compile(r"\s[>»›→|≫]\s")
_COUNTER: Final = re.compile(
    r"\d{1,4}\s*(?:/|из|of|von|sur|de|di|z)\s*\d{1,4}"
    r"|(?:page|стр\.?|страница|seite|página|pagina|strona|стор\.?|сторінка)\s*\d{1,4}(?:\s*(?:/|из|of|von|sur|de|di|z|з)\s*\d{1,4})?"
    r"|[«<‹←]?\s*\d{1,3}(?:\s+\d{1,3}){2,}(?:\s*(?:…|\.\.\.)\s*\d{1,4})?\s*[»>›→]?"
    r"|第\s*\d+\s*页(?:\s*[/共]\s*\d+\s*页?)?",
    re.IGNORECASE,
)
_VIEWS: Final = re.compile(
    r"(?:просмотр\w*|просмотрено|views?|viewed|visits?|hits|прочитано|комментари\w*|comments?|likes?|лайк\w*|shares?|reposts?"
    r"|aufrufe|vues|visitas|visualizzazioni)\s*:?\s*\(?\d[\d\s.,]*\)?(?:\s*(?:раз|times))?"
    r"|\d[\d\s.,]*\s*(?:просмотр\w*|views?|комментари\w*|comments?|likes?|лайк\w*|shares?|репост\w*)",
    re.IGNORECASE,
)
_SOCIAL: Final = words(
    """facebook twitter x vk vkontakte вконтакте вк telegram телеграм telegramm ok одноклассники
    youtube ютуб rutube instagram инстаграм whatsapp viber вайбер linkedin livejournal жж rss flickr
    tiktok weibo wechat pinterest reddit skype email e-mail mail pdf дзен фейсбук твиттер print
    share max"""
)
_TONGUES: Final = words(
    """русский english deutsch français español português italiano العربية 中文 polski українська
    türkçe қазақша 日本語 рус англ eng rus ru en de fr es pt it ar zh cn pl ua uk tr kz fra deu esp"""
)
_NAME: Final = re.compile(r"[^\s,|/•·;:]+")
_TAGS: Final = re.compile(
    r"(?:теги|метки|рубрик[аи]|категори[яи]|ключевые слова|tags?|categor(?:y|ies)|keywords"
    r"|filed under|posted in|schlagwörter|kategorien?|mots-clés|catégories?|etiquetas"
    r"|categorías?|categorie)\s*:\s*\S.{0,150}",
    re.IGNORECASE,
)
_COOKIE: Final = re.compile(
    r"\b(?:us(?:e|es|ing)|accept|verwende[nt]|utilis\w+|utiliz\w+|usa|использу\w+|używa\w*)\W+"
    r"(?:\w+\W+){0,4}(?:cookies?|куки)\b",
    re.IGNORECASE,
)
COOKIE_LENGTH: Final = 400
LONGEST: Final = 160
"""No shape is longer, in characters, but for a cookie notice."""
_SIZES: Final = re.compile(r"[AАaа][+\-–−]?(?:[\s|/]+[AАaа][+\-–−]?){1,3}")
_BEGINNINGS: Final = words(
    """copyright теги метки рубрика рубрики категория категории ключевые tag tags category categories keywords filed
    posted schlagwörter kategorie kategorien mots catégorie catégories etiquetas categoría categorías categorie a а"""
)
"""First words of lines of rights, tags and sizes of letters, folded."""

_COUNTED: Final = re.compile(r"\w+[\s:.(]*\d")
"""How a counter begins that begins with a letter."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_REACH: Final = 32
"""Characters within which the first word of every shape and phrase ends."""

_A_ROW: Final = 2
"""So many names of languages in a row are a row of links."""


def is_link(line: str) -> bool:
    """``https://example.org/page``, ``press@example.org``, ``E-mail: press@example.org``."""
    return bool(_LINK.fullmatch(line))


def is_printing_time(line: str) -> bool:
    """``11/25/26, 10:20 PM``, as browsers print it above a page."""
    return line[:1].isdigit() and bool(_PRINTED.fullmatch(line))


def is_rights(line: str) -> bool:
    """``© 2019 Ministry of Foreign Affairs``."""
    return bool(_RIGHTS.fullmatch(line))


def is_breadcrumb(line: str) -> bool:
    """``Главная > Новости``, ``Home » Press service » Interviews``; not ``и/или``, not ``«Да» или «нет»``."""
    if ("»" in line and "«" in line) or not _MARK.search(line) or _PROSE.search(line) or not _CRUMBS.fullmatch(line):
        return False
    return bool(_STRONG_CRUMB.search(line)) or len(re.findall(r"\s(?:/|::|•|·)\s", line)) > 1


def is_counter(line: str) -> bool:
    """``3 / 7``, ``Page 3 of 7``, ``1 2 3 4 … 12``."""
    return may_count(line) and bool(_COUNTER.fullmatch(line))


def is_view_count(line: str) -> bool:
    """``Просмотров: 123``, ``15 comments``."""
    return may_count(line) and bool(_VIEWS.fullmatch(line))


def may_count(line: str) -> bool:
    """Whether a line begins as a counter may, told in a fraction of the time."""
    return not line[:1].isalpha() or _COUNTED.match(line) is not None


def is_network_row(line: str) -> bool:
    """``Facebook Twitter VK``; a lone name only of a network: ``ВКонтакте``."""
    names = _names(line)
    return _SOCIAL.issuperset(names) and bool(names) and names not in (["x"], ["max"], ["mail"], ["ok"])


def is_language_row(line: str) -> bool:
    """``Русский English Deutsch``, ``RU | EN``."""
    names = _names(line)
    return len(names) >= _A_ROW and _TONGUES.issuperset(names)


def is_size_row(line: str) -> bool:
    """``A A A``, ``А- А А+``: buttons for the size of letters."""
    return bool(_SIZES.fullmatch(line))


def is_tag_line(line: str) -> bool:
    """``Tags: Syria, UN``, ``Рубрика: Новости``."""
    return bool(_TAGS.fullmatch(line))


def is_cookie_notice(line: str) -> bool:
    """A banner: *We use cookies to improve this website.*."""
    # Looking for a part of the word first takes a fraction of the time.
    small = line.lower() if len(line) <= COOKIE_LENGTH else ""
    return ("ook" in small or "кук" in small) and bool(_COOKIE.search(line))


def _names(line: str) -> list[str]:
    """The words of a row of links, lower case; none where the first is no such word, as in nearly every line."""
    small = line.lower()
    first = _NAME.search(small)
    return _NAME.findall(small) if first and (first[0] in _SOCIAL or first[0] in _TONGUES) else []


_WORDED: Final[tuple[tuple[Callable[[str], bool], str], ...]] = (
    (is_rights, "copyright line"),
    (is_network_row, "names of social networks"),
    (is_language_row, "choice of languages"),
    (is_size_row, "choice of letter size"),
    (is_tag_line, "tags of the page"),
)
"""Those that begin with a word that we know, or with no letter."""

_SHAPES: Final[tuple[tuple[Callable[[str], bool], str], ...]] = (
    (is_link, "nothing but an address"),
    (is_printing_time, "when a browser printed the page"),
    _WORDED[0],
    (is_breadcrumb, "path of links"),
    (is_counter, "page counter"),
    (is_view_count, "counter of views or comments"),
    *_WORDED[1:],
    (is_cookie_notice, "cookie notice"),
)
_UNWORDED: Final = tuple(shape for shape in _SHAPES if shape not in _WORDED)


def shape_reason(line: str) -> str:
    """Which shape of page furniture a line has, or an empty string."""
    if len(line) > LONGEST:
        return "cookie notice" if is_cookie_notice(line) else ""
    for test, reason in _UNWORDED if first_word(line) else _SHAPES:
        if test(line):
            return reason
    return ""


def first_word(line: str) -> str:
    """The first word of a line, casefolded; empty where the line begins with no letter, or as a shape may."""
    first = _WORD.match(line[:_REACH].casefold()) if line[:1].isalpha() else None
    return "" if first is None or first[0] in _beginnings() else first[0]


@cache
def _beginnings() -> frozenset[str]:
    """First words of all shapes that begin with one which we know."""
    names = frozenset(_WORD.findall(name)[0] for name in _SOCIAL | _TONGUES)
    return names.union(*map(_spellings, _BEGINNINGS))


def _spellings(word: str) -> Iterator[str]:
    """How a word may begin that a regular expression matches whatever its case: it takes ı and İ for an i."""
    head, i, rest = word.partition("i")
    yield head + i  # İ is folded into two characters, and the second is no letter
    for tail in _spellings(rest) if i else ():
        yield f"{head}i{tail}"
        yield f"{head}ı{tail}"
