"""Our own rules as SRX: each function says what a rule of `align.splitter.rules` says, as far as SRX can.

SRX sees the text on both sides of a place and nothing else: not where the sentence began that may end there, nor what
was decided before. So a sentence's beginning is guessed from what looks like an end (`Vocabulary.begin`).
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Iterator
from typing import Final

from align.splitter.point import EMOJI
from align.splitter.rules.abbreviations import is_small_word
from align.splitter.rules.names import DIGRAPHS
from align.splitter.srx.expressions import (
    ANY_BULLET,
    BULLET,
    CLOSE,
    DASH,
    LEAD,
    NO_WORD,
    NS,
    NUMERAL,
    OPEN,
    STRIP,
    TOKEN,
    WORD,
    S,
    Vocabulary,
    any_of,
    in_any_case,
    one_of,
)
from align.splitter.srx.model import SrxRule

_POINTERS: Final = "✓✔✅✗✘➡➤👉"
_CONTINUING: Final = ",;:)]}»”.!?…%/=+。！？，、；：」』）】》〉"
_LETTERS: Final = "".join(
    map(chr, [*range(0x61, 0x250), *range(0x370, 0x600), *range(0x10D0, 0x1100), *range(0x1E00, 0x2000)])
)
_VOWELS: Final = "".join(letter for letter in _LETTERS if is_small_word(letter * 2))
_CYRILLIC_CONSONANTS: Final = "бвгджзклмнпрстфхцчшщъ"
_WIDE: Final = "。．！？｡"
_ITEM: Final = rf"(?:[a-zа-я]|[0-9]{{1,2}}|\((?:[a-zа-я]|[ivx]{{1,5}}|[0-9]{{1,2}}))\){S}"
_ITEM_BULLET: Final = "[⁃•(]?"
_NO_CONJUNCTION: Final = f"(?<!{S}(?:and|or|и|или|та|або|und|oder|et|ou|y|o|e|i|lub|ve|veya|және))"
_ITEM_STOP: Final = r"(?:\.\)?|\))"
_NUMBER_END: Final = rf"(?:[0-9]|(?<!{WORD})[IVXLХ]{{1,7}}(?:[–—-][IVXLХ]{{1,7}})?)[)»”\"%°]{{0,2}}"
_ROMAN: Final = "(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_SHORT_UNIT: Final = 4
_CAPITAL: Final = rf"{LEAD}\p{{Lu}}"

Rules = Iterator[SrxRule]


def rules_of(words: Vocabulary) -> tuple[SrxRule, ...]:
    """All rules for a language, in the order in which a place is put to them."""
    return tuple(rule for each in _ALL for rule in each(words))


def _keep(before: str, after: str) -> SrxRule:
    return SrxRule(before, _looked_at(after), breaks=False)


def _cut(before: str, after: str) -> SrxRule:
    return SrxRule(before, _looked_at(after))


def _looked_at(after: str) -> str:
    """An expression that takes nothing: OmegaT finds no match of it within another one."""
    return after if after == S else f"(?={after})"


def _nothing_but_marks(words: Vocabulary) -> Rules:
    none = r"[^\p{L}\p{N}]"
    yield _keep(f"{words.end}(?<=^{none}{{1,40}})", S)
    yield _keep(rf"(?<=\p{{L}}{{2}}[.!?]{CLOSE}{{0,2}}{S})(?:…|\.\.\.)", S)


def _bullet(words: Vocabulary) -> Rules:
    del words
    yield _cut(f"(?!{BULLET}){NS}", f"{S}+{BULLET}{S}")


def _semicolon(words: Vocabulary) -> Rules:
    if words.data.semicolons:
        yield _cut(";", rf"{S}+\p{{Lu}}")
    single = {word for word in words.data.starters if len(word.replace("’", "'").split("'")[0]) > 1}
    yield _cut(";", rf"{S}+{any_of(single)}(?!\.|{WORD}|[’'-]{WORD})")


def _next_item(words: Vocabulary) -> Rules:
    """Where the text before is an item 1, the number 2 begins an item; its own stop then ends nothing."""
    del words
    numbers = [(str(number), str(number + 1)) for number in range(1, 15)]
    letters = [pair for row in (string.ascii_lowercase[:7], "абвгдеж") for pair in itertools.pairwise(row)]
    pairs = [*numbers, *letters]
    follows = f"{S}+{_ITEM_BULLET}{any_of(following for _, following in pairs)}{_ITEM_STOP}{S}"
    before = "|".join(
        f"(?<={_item(first)}[^.!?…]{{1,200}}[.!?…]?)(?={S}+{_ITEM_BULLET}{following}{_ITEM_STOP})"
        for first, following in pairs
    )
    yield _cut(rf"[\p{{L}}\p{{N}}»”,;).!?…](?={follows}){_NO_CONJUNCTION}(?:{before})", follows)
    inside = "|".join(
        f"(?<={_item(first)}[^.!?…]{{1,200}}[.!?…]?{S}{_ITEM_BULLET}{following}{_ITEM_STOP})"
        for first, following in pairs
    )
    any_next = any_of(following for _, following in pairs)
    yield _keep(f"(?<!{NS}){_ITEM_BULLET}{any_next}{_ITEM_STOP}(?:{inside})", S)


def _item(marker: str) -> str:
    begin = f"(?:^|[.!?…:]{S})" if marker in {"1", "a", "а"} else f"(?:^|{S})"
    return f"{begin}{_ITEM_BULLET}{S}?{marker}{_ITEM_STOP}{S}"


def _first_item(words: Vocabulary) -> Rules:
    del words
    yield _cut(":", rf"{S}+(?:1|I)\.{S}+{_CAPITAL}")
    yield _keep(rf"(?<=:{S}{{1,2}})(?:1|I)\.", rf"{S}+{_CAPITAL}")


def _smiley(words: Vocabulary) -> Rules:
    del words
    yield _cut(r"(?:[:;=^]-?)\)+", rf"{S}+(?:{DASH}+{S}*)?\p{{Lu}}")
    yield _cut(r"\)\)+(?<!\([^(]{0,200})", rf"{S}+(?:{DASH}+{S}*)?\p{{Lu}}")


def _emoji(words: Vocabulary) -> Rules:
    some = rf"(?![{_POINTERS}])[{EMOJI}]"
    yield _keep(words.end, f"{S}+{some}")
    yield _cut(f"{some}[{EMOJI}\u200d\ufe0f]*", rf"{S}+(?!{some})(?:{_CAPITAL}|[@«\"])")


def _glued(words: Vocabulary) -> Rules:
    if not words.data.spaced:
        return
    plain = rf"(?=\p{{Lu}}\p{{L}}*(?:-\p{{L}}+)?(?:[{S[1:-1]},:;]|$))(?=.(?:\p{{Ll}}|{S}))"
    yield _keep(words.suspect, r"\p{Lu}")
    yield _cut(rf"[\p{{Ll}}0-9]{words.mark}+", f"{plain}{words.bare_starter}")
    titles = any_of(word for word in words.data.title if word[:1].isupper())
    yield _cut(rf"[\p{{Ll}}0-9]{words.mark}+", rf"{titles}\.")
    yield _cut(rf"{TOKEN}\p{{Ll}}{{3,}}{words.mark}+", plain)


def _item_follows(words: Vocabulary) -> Rules:
    yield _keep(words.suspect, f"{words.gap}{_ITEM}")
    yield _cut(f"(?!…){words.end}", f"{words.gap}{_ITEM}")


def _lower(words: Vocabulary) -> Rules:
    """`lower_after_word` and `continued_lower`."""
    small = rf"{words.gap}{LEAD}\p{{Ll}}"
    if words.data.name != "general":
        yield _keep(words.suspect, small)
        said = f"(?:{NS}+{S}+)?{any_of(words.data.reporting)}{NO_WORD}" if words.data.reporting else ""
        yield _keep(r"\?", rf"{words.gap}(?=\p{{Ll}}){said}")
        roman = r"(?!\p{Lu}{5,}[.?])" if words.data.ordinals else ""
        long = rf"{roman}(?:\p{{L}}{{4,}}(?![{_CYRILLIC_CONSONANTS}])\p{{L}}|\p{{L}}{{8,}})"
        yield _cut(rf"{TOKEN}{long}[.?]", rf"{words.gap}\p{{Ll}}")
    yield _keep(words.end, small)


def _punctuation_follows(words: Vocabulary) -> Rules:
    yield _keep(
        words.end, f"{S}*(?:(?![»”][\\p{{L}}\\p{{N}}]){one_of(_CONTINUING)}|{OPEN}+{one_of(_CONTINUING)}{NO_WORD})"
    )
    yield _keep(rf"[(\[]{words.mark}+[)\]]{words.close}", S)


def _ellipsis(words: Vocabulary) -> Rules:
    """`spaced_ellipsis` and `unspaced_ellipsis`; what `stutter` says, SRX cannot."""
    sure = any_of(words.data.starters - words.data.pronouns)
    yield _keep(rf"(?<!\.)(?<!\.{S})\.{S}?\.{S}\.", rf"{S}+(?!{LEAD}{sure}(?!\.|{WORD}|[’'-]{WORD}))")
    if not words.data.spaced:
        yield _keep(f"(?<!{words.mark})…{words.mark}*", f"(?!{words.mark}|{words.closer})")


def _attribution(words: Vocabulary) -> Rules:
    if not words.data.spaced:
        yield from _unspaced_attribution(words)
    elif words.data.reporting:
        name = rf"(?:\p{{L}}[\p{{L}}\p{{N}}_.’'-]{{0,20}}{S}+){{1,3}}"
        said = rf"(?=\p{{Lu}}){name}{any_of(words.data.reporting)}{NO_WORD}"
        introduced = rf"(?<!:{S}{{0,2}}[«“„\"‘'‚][^«“„]{{1,300}})"
        yield _keep(f"[!?…]{CLOSE}+{introduced}", rf"{S}+(?!{words.starter}){said}")


def _unspaced_attribution(words: Vocabulary) -> Rules:
    yield _keep(f"{words.mark}+[》〉]{CLOSE}*", words.gap)
    particle = any_of(words.data.particles)
    yield _keep(f"{words.mark}+{CLOSE}+", particle)
    yield _keep(f"{words.end}(?<=「[^「」]{{1,300}})", f"[^」]{{0,300}}」{particle}")
    clause = f"[^，。！？、；：,:!?;{S[1:-1]}]{{0,10}}"
    yield _keep(f"{words.mark}+{CLOSE}+", f"{clause}{any_of(words.data.reporting)}{words.mark}")


def _titles(words: Vocabulary) -> Rules:
    closed = f"(?:{CLOSE}|&(?:quot|#39|raquo|rdquo);)+"
    yield _keep(f"{words.mark}+{closed}", rf"{S}+\([0-9]")


def _list_marker(words: Vocabulary) -> Rules:
    lead = rf"[{S[1:-1]}(\[•*–—⁃-]{{0,6}}"
    marker = rf"{lead}(?:(?:[0-9]{{1,3}}\.){{0,3}}[0-9]{{1,3}}|[IVXLХ]{{1,5}}|\p{{L}})[)\]]?\.[)\]]?"
    yield _keep(f"{words.begin}{marker}", S)


def _numbers(words: Vocabulary) -> Rules:
    """`date_in_parts` and `ordinal`."""
    year = rf"(?:19|20)[0-9][0-9]{NO_WORD}"
    rest = r"[0-9]{1,2}\.[ 0-9]" if words.data.ordinals else r"[0-9]{1,2}\. ?[0-9]{2,4}"
    yield _keep(rf"{TOKEN}[0-9]{{1,2}}\.", rf"{S}+(?:{rest}|{year})")
    if not words.data.ordinals:
        return
    number = rf"{TOKEN}(?:[0-9]+|{_ROMAN})\."
    yield _keep(number, rf"{S}+(?:{LEAD}{words.month}|{OPEN}*{DASH}+{S}*[0-9])")
    noun = rf"{S}+(?!{words.starter})\p{{Lu}}"
    yield _keep(rf"{TOKEN}(?:{_ROMAN}{'|[0-9]{1,3}' if words.data.verb_final else ''})\.", noun)
    if words.data.determiners:
        yield _keep(rf"(?<!{NS}){in_any_case(words.data.determiners)}{S}+[0-9]+\.", noun)


def _lettered(words: Vocabulary) -> Rules:
    letter = rf"{TOKEN}\p{{Lu}}\.{words.close}"
    yield _cut(letter, f"{S}+{words.starter}")
    listed = rf"(?<!{WORD})\p{{L}},? (?:and|or|и|или|та|або|und|oder|et|ou|y|o|e|i) \p{{Lu}}"
    yield _cut(rf"{listed}\.{words.close}", f"{S}+")
    if words.data.lettered:
        yield _cut(rf"(?<!{WORD}){in_any_case(words.data.lettered)}{S}+{STRIP}*\p{{Lu}}\.{words.close}", f"{S}+")
    if words.data.pronouns:
        yield _cut(rf"(?<=(?<!{NS})\p{{Ll}}{{1,20}}{S}){any_of(words.data.pronouns)}\.{words.close}", f"{S}+")


def _before_number(words: Vocabulary) -> Rules:
    yield _keep(words.abbreviation(words.data.number), rf"{S}+{LEAD}(?:[0-9№]|{NUMERAL}+{NO_WORD})")


def _unit(words: Vocabulary) -> Rules:
    unit, counted = words.abbreviation(words.data.unit), words.abbreviation(words.data.unit - words.data.either)
    # Numbers stand in a look-behind, or OmegaT would not see «тыс. руб.» in «5 тыс. руб.»
    multiplied = rf"(?<!{NS})(?<=(?<!{NS})(?:тыс|млн|млрд|трлн)\.?{S}{{1,2}}){counted}"
    date = words.abbreviation(words.data.date)
    measured = rf"(?:(?<!{NS})(?<={_NUMBER_END}{S}{{1,2}}){unit}|{multiplied}|{date})"
    smaller = (
        rf"[0-9]+{S}*{any_of(word for word in words.data.unit if word.isalpha() and len(word) <= _SHORT_UNIT)}{NO_WORD}"
    )
    goes_on = rf"{OPEN}*{DASH}|№|[(\[]|{LEAD}{words.month}|{smaller}"
    yield _keep(measured, f"{S}+(?:{goes_on})")
    yield _keep(rf"(?<=[0-9]{S})(?:h|ч|час|год)\.", f"{S}+[0-5][0-9]{NO_WORD}")
    yield _cut(measured, f"{S}+{words.starter}")
    if words.data.nouns:
        yield _keep(measured, S)
    else:
        yield _keep(f"{words.begin}{_opening_phrase(words)}{measured}", S)
        yield _cut(measured, S)


def _opening_phrase(words: Vocabulary) -> str:
    """What may stand before the unit in a phrase that only says when, and so is no sentence."""
    token = f"(?:{NS}{{1,40}}{S}+)"
    if not words.data.temporal:
        return f"{token}{{0,3}}"
    word = in_any_case(words.data.temporal)
    other = rf"(?:{NS}*[^\p{{L}},.{S[1:-1]}]{NS}*|[IVXLХ]+|{word}[,.]?|{any_of(words.data.unit)}\.?)"
    return f"(?:{word}|[0-9]{NS}*){S}+(?:{token}{{0,2}}|(?:{other}{S}+){{0,10}})"


def _abbreviations(words: Vocabulary) -> Rules:
    """`abbreviation_title`, `abbreviation_final` and `abbreviation_either`."""
    yield _keep(words.abbreviation(words.data.title), S)
    final = words.abbreviation(words.data.final)
    yield _keep(final, rf"{S}+[(\[]")
    yield _cut(final, S)
    either = words.abbreviation(words.data.either)
    yield _cut(either, f"{S}+{OPEN}*{words.bare_starter}")
    yield _keep(either, S)


def _initials(words: Vocabulary) -> Rules:
    one = rf"(?:{any_of(DIGRAPHS)}|\p{{Lu}})"
    token = rf"{TOKEN}{one}(?:[.-]{{1,2}}{one})*\."
    yield _cut(token, f"{S}+{words.starter}")
    if words.data.surnames:
        ending = any_of(words.data.surnames)
        surname = rf"(?<=[^.!?…{S[1:-1]}]{S})\p{{Lu}}[\p{{L}}-]*{ending}"
        other = rf"(?!\p{{Lu}}(?:[\p{{L}}-]*{ending})?\.)(?![\p{{L}}-]*{ending}{NO_WORD})(?!\p{{L}}+\.)"
        yield _cut(rf"{surname}{S}+\p{{Lu}}\.{S}?\p{{Lu}}\.", rf"{S}+{other}\p{{Lu}}")
    yield _keep(token, rf"{S}+(?:{DASH}+{S}*)?\p{{Lu}}")


def _by_shape(words: Vocabulary) -> Rules:
    capital = rf"{S}+(?!{words.starter}){_CAPITAL}"
    if words.data.pronouns:
        yield _cut(rf"{TOKEN}{any_of(words.data.pronouns)}\.", capital)
    consonants = rf"(?:(?![{_VOWELS}])\p{{Ll}}){{2,4}}"
    dotted = r"(?:\p{L}{1,2}\.)+\p{L}{1,2}"
    yield _keep(rf"{TOKEN}(?:\p{{Ll}}|{consonants}|{dotted})\.", capital)


def _brackets(words: Vocabulary) -> Rules:
    """`in_brackets`, `in_quotation` and `in_title_marks`."""
    if not words.data.spaced:
        yield _keep(f"{words.end}(?<=《[^《》]{{1,300}})", "[^《》]{0,300}》")
    gap = S if words.data.spaced else ""
    yield _keep(rf"{words.end}(?<=[^.!?…{S[1:-1]}]{S}?\([^()]{{1,300}})", rf"{gap}[^()]{{0,200}}\)")
    yield _keep(f"{words.end}(?<=«[\\p{{L}}\\p{{N}}][^«»]{{0,300}})", rf"{gap}[^«»]{{0,300}}»{S}?\p{{Ll}}")


def _rest(words: Vocabulary) -> Rules:
    if words.data.spaced:
        yield _cut(words.end, S)
        wide = "".join(mark for mark in _WIDE if mark in words.data.terminators)
        if wide:
            yield _cut(f"{one_of(wide)}{words.close}", f"(?!{CLOSE}|{words.mark}){NS}")
    else:
        yield _cut(words.end, f"{words.gap}(?:{OPEN}|{DASH}|{ANY_BULLET}|{NS})")


_ALL: Final[tuple[Callable[[Vocabulary], Rules], ...]] = (
    _nothing_but_marks,
    _bullet,
    _semicolon,
    _next_item,
    _first_item,
    _smiley,
    _emoji,
    _glued,
    _item_follows,
    _lower,
    _punctuation_follows,
    _ellipsis,
    _attribution,
    _titles,
    _list_marker,
    _numbers,
    _lettered,
    _before_number,
    _unit,
    _abbreviations,
    _initials,
    _by_shape,
    _brackets,
    _rest,
)
