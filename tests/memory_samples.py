"""Good and broken memories, each with what `check` must say and how many units can be saved.

Made from what OmegaT 3.6 did with a file of each kind (run), from the schema of OmegaT 6.1, from XML 1.0 and from
what users of CAT tools report. Every memory has source texts of its own, so that one OmegaT can load them all.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="ru" '
    'datatype="plaintext"/>'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Sample:
    """One memory.

    Attributes:
        name: says what is special about it.
        data: the file.
        pairs: what OmegaT must fill from it once it is fixed.
        codes: rules that `check` must name; none of them for a memory that is quite right.
        ok: whether every tool takes it as it is.
        saved: how many units it has after `fix`.
        clean: whether nothing is left to say against it after `fix`.
    """

    name: str
    data: bytes
    pairs: dict[str, str]
    codes: frozenset[str]
    ok: bool
    saved: int
    clean: bool = True


def source(number: int, part: int) -> str:
    """A source text that no other memory has."""
    return f"Строка {number} часть {part}."


def target(number: int, part: int) -> str:
    """Its translation."""
    return f"Line {number} part {part}."


def tu(first: str, second: str, attributes: str = "", inside: str = "") -> str:
    """A unit of two variants; texts are put in as they are."""
    return (
        f"<tu{attributes}>\n{inside}"
        f'<tuv xml:lang="ru"><seg>{first}</seg></tuv>\n<tuv xml:lang="en"><seg>{second}</seg></tuv>\n</tu>\n'
    )


def memory(
    number: int,
    middle: str = "",
    *,
    header: str = HEADER,
    declaration: str = DECLARATION,
    root: str = '<tmx version="1.4">',
    after: str = "",
) -> str:
    """A memory of two good units with something between them."""
    units = [tu(source(number, part), target(number, part)) for part in (1, 2)]
    body = f"<body>\n{units[0]}{middle}{units[1]}</body>\n"
    return f"{declaration}{root}\n{header}\n{body}</tmx>\n{after}"


@dataclass(frozen=True, slots=True)
class Spec:
    """How a sample is made, and what is expected.

    Attributes:
        name: says what is special about it.
        build: makes the file, given the number of the sample.
        codes: rules that `check` must name, parted by spaces.
        ok: whether every tool takes it as it is; None when that follows from `codes`.
        third: the target that the unit between the two good ones fills with after `fix`; None where it is lost.
        units: how many units it has after `fix`; None when that follows from `third`.
        clean: whether nothing is left to say against it after `fix`.
    """

    name: str
    build: Callable[[int], str | bytes]
    codes: str = ""
    ok: bool | None = None
    third: str | None = None
    units: int | None = None
    clean: bool = True

    def sample(self, number: int) -> Sample:
        """Make it."""
        built = self.build(number)
        found = frozenset(self.codes.split())
        pairs = {source(number, part): target(number, part) for part in ((1,) if self.units == 1 else (1, 2))}
        if self.third is not None:
            pairs[source(number, 3)] = self.third.format(target(number, 3))
        saved = len(pairs) if self.units is None else self.units
        data = built if isinstance(built, bytes) else built.encode()
        good = not found if self.ok is None else self.ok
        return Sample(self.name, data, pairs if saved else {}, found, good, saved, self.clean)


def variant(lang: str, text: str) -> str:
    """A variant on a line of its own."""
    return f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>\n'


def reversed_unit(number: int) -> str:
    """The target comes first."""
    return f"<tu>\n{variant('en', target(number, 3))}{variant('ru', source(number, 3))}</tu>\n"


def one(number: int) -> str:
    """Only a source."""
    return f"<tu>\n{variant('ru', source(number, 3))}</tu>\n"


def three(number: int) -> str:
    """A third language."""
    return tu(source(number, 3), target(number, 3)).replace("</tu>", f"{variant('fr', 'Ligne')}</tu>")


def twice(number: int) -> str:
    """Two targets of one language in a unit."""
    return tu(source(number, 3), "A").replace("</tu>", f"{variant('en', 'B')}</tu>")


def many_languages(number: int) -> str:
    """A unit in all regions that two letters can make."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    more = "".join(variant(f"fr-{a}{b}", "v") for a in letters for b in letters)
    return tu(source(number, 3), target(number, 3)).replace("</tu>", f"{more}</tu>")


def doubled(number: int, attributes: str = "", second: str = "Line.") -> str:
    """The same source twice."""
    return tu(source(number, 4), "Line.", attributes) + tu(source(number, 4), second, attributes)


def own_entity(number: int) -> str:
    """An entity that the file declares."""
    return memory(
        number,
        tu(source(number, 3), "A &x; B"),
        declaration=f'{DECLARATION}<!DOCTYPE tmx [<!ENTITY x "yes">]>\n',
    )


def bomb(number: int) -> str:
    """Ten to the ninth of one word (a billion laughs)."""
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    declaration = f'{DECLARATION}<!DOCTYPE tmx [<!ENTITY l0 "lol">{levels}]>\n'
    return memory(number, tu(source(number, 3), "A&l9;B"), declaration=declaration)


def external(number: int) -> str:
    """An entity that would read a file."""
    declaration = f'{DECLARATION}<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'
    return memory(number, tu(source(number, 3), "A&x;B"), declaration=declaration)


def cut(number: int, before: str, *, at: int = 0) -> str:
    """Nothing behind the last place where `before` stands."""
    text = memory(number)
    return text[: text.rindex(before) + at]


def broken_byte(number: int) -> bytes:
    """A byte of no encoding in one word of a good file."""
    text = memory(number, tu(source(number, 3), "A#B")).encode()
    return text.replace(b"A#B", b"A\xffB" + "é".encode())


def prefixed(number: int) -> str:
    """A namespace by prefix."""
    text = memory(number, root='<t:tmx xmlns:t="http://www.lisa.org/tmx14" version="1.4">')
    return text.replace("</tmx>", "</t:tmx>")


def without(attribute: str) -> Callable[[int], str]:
    """The header lacks an attribute."""

    def build(number: int) -> str:
        start = HEADER.index(f" {attribute}=")
        stop = HEADER.index('"', HEADER.index('"', start) + 1) + 1
        return memory(number, header=HEADER[:start] + HEADER[stop:])

    return build


def paragraphs(number: int) -> str:
    """Paragraphs of two sentences and of one."""
    header = HEADER.replace('"sentence"', '"paragraph"')
    return memory(number, tu(f"{source(number, 3)} Он ушёл домой.", "He went home."), header=header)


def third(first: str = "{}", second: str = "{}", attributes: str = "", inside: str = "") -> Callable[[int], str]:
    """A unit between the good ones; ``{}`` stands for its usual text."""

    def build(number: int) -> str:
        texts = first.replace("{}", source(number, 3)), second.replace("{}", target(number, 3))
        return memory(number, tu(*texts, attributes, inside))

    return build


def header(old: str, new: str) -> Callable[[int], str]:
    """A memory with another header."""

    def build(number: int) -> str:
        assert old in HEADER
        return memory(number, header=HEADER.replace(old, new))

    return build


def replaced(old: str, new: str) -> Callable[[int], str]:
    """A memory of three units with something replaced all over."""

    def build(number: int) -> str:
        text = memory(number, tu(source(number, 3), target(number, 3)))
        assert old in text
        return text.replace(old, new)

    return build


def encoded(name: str, encoding: str) -> Callable[[int], bytes]:
    """A memory that says it is in `name` and is in `encoding`."""

    return lambda n: memory(n, declaration=DECLARATION.replace("UTF-8", name)).encode(encoding)


GOOD = (
    Spec("plain", memory),
    Spec("without declaration", lambda n: memory(n, declaration="")),
    Spec("standalone", lambda n: memory(n, declaration='<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n')),
    Spec("with a byte order mark", lambda n: b"\xef\xbb\xbf" + memory(n).encode()),
    Spec("UTF-16 with a mark", encoded("UTF-16", "utf-16")),
    Spec("UTF-16 without a mark", encoded("UTF-16", "utf-16-le")),
    Spec("UTF-16, big end first, without a mark", encoded("UTF-16", "utf-16-be")),
    Spec("windows-1251", encoded("windows-1251", "cp1251")),
    Spec("KOI8-R", encoded("KOI8-R", "koi8-r")),
    Spec("ISO 8859-5", encoded("ISO-8859-5", "iso8859-5")),
    Spec("DOCTYPE", lambda n: memory(n, declaration=f'{DECLARATION}<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')),
    Spec(
        "DOCTYPE with an address",
        lambda n: memory(n, declaration=f'{DECLARATION}<!DOCTYPE tmx PUBLIC "-//LISA//DTD" "http://no.invalid/t.dtd">'),
    ),
    Spec("line ends of Windows", lambda n: memory(n).replace("\n", "\r\n")),
    Spec("line ends of old Macs", lambda n: memory(n).replace("\n", "\r")),
    Spec("CDATA", third("<![CDATA[{}]]>"), third="{}"),
    Spec("CDATA with mark-up in it", third("{}", "<![CDATA[a < b & c]]>"), third="a < b & c"),
    Spec("comment in a segment", third("<!-- a < b & c -->{}"), third="{}"),
    Spec("comment behind the end", lambda n: memory(n, after="<!-- by hand -->")),
    Spec("a unit in a comment", lambda n: memory(n, f"<!-- {tu('Нет', 'No')} -->")),
    Spec("processing instruction", third("<?x a < b ?>{}"), third="{}"),
    Spec("references", third("{}", "a &amp;&lt;&gt;&quot;&apos;&#233;&#x1F44B; b"), third="a &<>\"'é👋 b"),
    Spec("user-defined characters", header("/>", '><ude name="u" base="x"><map unicode="#xF8FF"/></ude></header>')),
    Spec("notes and properties", third(inside='<note>n</note><prop type="x-a">p</prop>\n'), third="{}"),
    Spec("tuid", third(attributes=' tuid="17"'), third="{}"),
    Spec(
        "all attributes", third(attributes=' creationdate="20260101T000000Z" changeid="a" usagecount="3"'), third="{}"
    ),
    Spec("regional codes", lambda n: memory(n).replace('"ru"', '"ru-RU"').replace('"en"', '"en-GB"')),
    Spec("script and region", lambda n: memory(n).replace('"en"', '"en-Latn-GB"')),
    Spec("target before source", lambda n: memory(n, reversed_unit(n)), third="{}"),
    Spec("no-break space", third("{}", "a\xa0b"), third="a\xa0b"),
    Spec("decomposed letters", third("{}", "е\u0308"), third="ё"),
    Spec("a bracket that closes", third("{}", "a > b ]] c"), third="a > b ]] c"),
    Spec("quotes in single quotes", third(attributes=" tuid='a\"b>c'"), third="{}"),
    Spec("hundreds of languages", lambda n: memory(n, many_languages(n)), "more-languages", ok=True, third="{}"),
    Spec("segtype paragraph, single sentences", header('"sentence"', '"paragraph"')),
    Spec("a block of two sentences", third("{} И ещё.", "{} And more.", ' segtype="block"'), units=3),
    Spec("two sentences for one", third("{}", "One. Two."), third="One. Two."),
)
"""Good ones, in all their forms."""

WARNED = (
    Spec("srclang *all*", header('srclang="ru"', 'srclang="*all*"'), "srclang-all", ok=True),
    Spec("srclang of another language", header('srclang="ru"', 'srclang="de"'), "srclang-other", ok=True),
    Spec("RU and EN", lambda n: memory(n).replace('"ru"', '"RU"').replace('"en"', '"EN"'), "language-case", ok=True),
    Spec("RU-ru", replaced('xml:lang="ru"', 'xml:lang="RU-ru"'), "language-case", ok=True, third="{}"),
    Spec("three languages", lambda n: memory(n, three(n)), "more-languages missing-language", ok=True, third="{}"),
    Spec("a language twice", lambda n: memory(n, twice(n)), "same-language conflict", ok=True, units=3),
    Spec("the same tuid again", lambda n: memory(n, doubled(n, ' tuid="1"')), "tuid double", ok=True, units=4),
    Spec("the same unit again", lambda n: memory(n, doubled(n)), "double", ok=True, units=4),
    Spec("two targets", lambda n: memory(n, doubled(n, second="Other.")), "conflict", ok=True, units=4),
    Spec("all on one line", lambda n: memory(n).replace("\n", ""), "one-line", ok=True),
    Spec("bpt and ept", third('<bpt i="1">b</bpt>{}<ept i="1">/b</ept>'), "inline-code", ok=True, third="{}"),
    Spec("ph", third('Строка <ph x="1">&lt;br&gt;</ph>{}', "{}"), "inline-code", ok=True, units=3),
    Spec("it and ut", third('<it pos="begin">b</it><ut>x</ut>{}'), "inline-code", ok=True, third="{}"),
    Spec("a sub-flow", third('<ph>a <sub type="t">b</sub></ph>{}'), "inline-code", ok=True, third="{}"),
    Spec("bpt without ept", third('<bpt i="1">b</bpt>{}'), "inline-code unpaired-code", ok=True, third="{}"),
    Spec("an entity of its own", own_entity, "own-entity", ok=True, third="A yes B"),
    Spec("two spaces", third("{}", "a  b"), "double-space", ok=True, third="a  b"),
    Spec("a tab", third("{}", "a\tb"), "double-space", ok=True, third="a\tb"),
    *(
        Spec(
            f"property {name}", third(inside=f'<prop type="{name}">p</prop>\n'), "context-property", ok=True, third="{}"
        )
        for name in ("id", "prev", "next", "path")
    ),
    Spec("a long segment", third("{}", "a " * 600_000 + "b"), "long-segment", ok=True, units=3),
)
"""Taken by all, though something is to be said."""

BROKEN = (
    Spec("empty", lambda _: b"", "empty", units=0, clean=False),
    Spec("white space only", lambda _: b" \n\n", "no-tmx", units=0, clean=False),
    Spec("no memory at all", lambda _: "<html><body><p>Нет</p></body></html>", "no-tmx", units=0, clean=False),
    Spec("plain text", lambda _: "Просто текст.\n", "around", units=0, clean=False),
    Spec("no units", lambda _: f'<tmx version="1.4">{HEADER}<body/></tmx>', "no-units", units=0, clean=False),
    Spec("cut short in a segment", lambda n: cut(n, "часть 2"), "cut-short", units=1),
    Spec("cut short in a tag", lambda n: cut(n, "<seg>Строка", at=5), "cut-short", units=1),
    Spec("cut short between units", lambda n: memory(n).replace("</body>\n</tmx>\n", ""), "cut-short"),
    Spec("cut short in the last end tag", lambda n: memory(n)[:-4], "cut-short"),
    Spec("cut short behind a whole unit", lambda n: memory(n).replace("</tu>\n</body>\n</tmx>\n", ""), "cut-short"),
    Spec("raw ampersand", third("{}", "R & D"), "ampersand", third="R & D"),
    Spec("raw ampersand in a word", third("{}", "AT&T;"), "entity", third="AT&T;"),
    Spec("raw bracket", third("{}", "a < b"), "less-than", third="a < b"),
    Spec("raw bracket before a word", third("{}", "a <b c"), "less-than", third="a <b c"),
    Spec(
        "an address in brackets", third("{}", "write <a@b.example> now"), "less-than", third="write <a@b.example> now"
    ),
    Spec("control character", third("{}\x0b"), "control", third="{}"),
    Spec("reference to a control character", third("{}&#11;"), "control", third="{}"),
    Spec("reference to nothing", third("{}&#0;"), "control", third="{}"),
    Spec("reference to half a character", third("{}&#xD800;"), "control", third="{}"),
    Spec("U+FFFE", third("{}\ufffe"), "control", third="{}"),
    Spec("an entity of HTML", third("{}", "A&nbsp;B&mdash;C"), "entity", third="A\xa0B—C"),
    Spec("an unknown entity", third("{}", "A&nonsense;B"), "entity", third="A&nonsense;B"),
    Spec("an XML bomb", bomb, "entity-bomb", third="A&l9;B"),
    Spec("an external entity", external, "external-entity", third="A&x;B"),
    Spec("an attribute twice", third(attributes=' tuid="1" tuid="2"'), "double-attribute", third="{}"),
    Spec("an attribute without quotes", third(attributes=" tuid=1"), "tag", third="{}"),
    Spec("a bracket in an attribute", third(attributes=' changeid="a<b"'), "tag", third="{}"),
    Spec("an end tag missing", replaced("</seg></tuv>\n</tu>\n<tu>", "</seg></tuv>\n<tu>"), "unclosed", third="{}"),
    Spec("</seg> missing", lambda n: memory(n, tu(source(n, 3), "A").replace("A</seg>", "A")), "unclosed", third="A"),
    Spec(
        "</tuv> missing", lambda n: memory(n, tu(source(n, 3), "A").replace("</tuv>\n<", "\n<")), "unclosed", third="A"
    ),
    Spec("an end tag too many", lambda n: memory(n, "</tu>\n"), "unopened"),
    Spec("crossed tags", third("{}", '<bpt i="1">A<ept i="1"></bpt>B</ept>C'), "unclosed unopened", units=3),
    Spec("]]> in a segment", third("{}", "a ]]> b"), "not-xml", third="a ]]> b"),
    Spec("two dashes in a comment", lambda n: memory(n, "<!-- a -- b -->"), "not-xml"),
    Spec("a comment without an end", lambda n: memory(n, "<!-- "), "unclosed"),
    Spec("CDATA without an end", third("<![CDATA[{}"), "unclosed", third="{}"),
    Spec("text behind the end", lambda n: memory(n, after="and more"), "around"),
    Spec("two documents in one file", lambda n: memory(n) + memory(n, tu(source(n, 3), "A")), "around", units=5),
    Spec("a blank line before the declaration", lambda n: "\n" + memory(n), "not-xml"),
    Spec("text before the declaration", lambda n: "HTTP/1.1 200 OK\n\n" + memory(n), "around"),
    Spec("windows-1251 called UTF-8", lambda n: memory(n).encode("cp1251"), "encoding"),
    Spec("UTF-8 called windows-1251", encoded("windows-1251", "utf-8"), "encoding"),
    Spec("UTF-16 called UTF-8", lambda n: memory(n).encode("utf-16"), "encoding"),
    Spec("UTF-8 called UTF-16", encoded("UTF-16", "utf-8"), "encoding"),
    Spec("an encoding that nobody knows", encoded("wtf-8", "utf-8"), "unknown-encoding"),
    Spec("one broken byte", broken_byte, "encoding", units=2),
    Spec("gzip", lambda n: gzip.compress(memory(n).encode(), mtime=0), "compressed"),
    Spec("a segment of ten million bytes", third("{}", "a " * 5_000_000 + "b"), "too-long", units=2),
)
"""Not well-formed."""

REFUSED = (
    Spec("xmlns", lambda n: memory(n, root='<tmx version="1.4" xmlns="http://www.lisa.org/tmx14">'), "namespace"),
    Spec("a prefix", prefixed, "namespace unknown-element"),
    *(
        Spec(f"version {version}", lambda n, v=version: memory(n, root=f'<tmx version="{v}">'), "version")
        for version in ("1.1", "1.4b", "2.0", "")
    ),
    Spec("no version", lambda n: memory(n, root="<tmx>"), "version"),
    *(
        Spec(f"header without {each}", without(each), "header-attribute")
        for each in ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "datatype")
    ),
    Spec("header without srclang", without("srclang"), "no-srclang"),
    Spec("no header", lambda n: memory(n, header=""), "no-header"),
    Spec("two headers", lambda n: memory(n, header=HEADER + HEADER), "order"),
    Spec("an unknown segtype", header('"sentence"', '"word"'), "attribute-value"),
    Spec("an unknown element", third("{}", "A <b>B</b> C"), "unknown-element", third="A B C"),
    Spec("an unknown element around all", third("<g>{}</g>"), "unknown-element", third="{}"),
    Spec("an unknown attribute", third(attributes=' quality="80"'), "unknown-attribute", third="{}"),
    Spec("capitals", replaced("tu>", "TU>"), "unknown-element", third="{}"),
    Spec("xml:space", replaced("<seg>", '<seg xml:space="preserve">'), "unknown-attribute", third="{}"),
    Spec("prop without type", third(inside="<prop>p</prop>\n"), "prop-type", third="{}"),
    Spec("prop behind tuv", replaced("</tuv>\n</tu>", '</tuv>\n<prop type="x-a">p</prop></tu>'), "order", third="{}"),
    Spec("a note behind tuv", replaced("</tuv>\n</tu>", "</tuv>\n<note>p</note></tu>"), "order", third="{}"),
    Spec("text between variants", replaced("<tuv xml", "text<tuv xml"), "stray-text", third="{}"),
    Spec("bpt without i", third("<bpt>b</bpt>{}<ept>/b</ept>"), "missing-attribute", third="{}"),
    Spec("it without pos", third("<it>b</it>{}"), "missing-attribute", third="{}"),
    Spec("hi", third("<hi>{}</hi>"), "highlight", third="{}"),
    Spec("hi in the target", third("{}", "A <hi>B</hi> C"), "highlight", third="A B C"),
    Spec("two segments in a variant", third("{}", "A</seg><seg>B"), "order", third="A"),
    Spec("a variant without segment", third("{}", "</seg></tuv><tuv xml:lang='fr'><seg>"), "empty-segment"),
    Spec("a unit in a unit", lambda n: memory(n, f"<tu>{tu(source(n, 3), 'A')}</tu>"), "order", third="A"),
)
"""Well-formed, and yet refused."""

LANGUAGES = (
    Spec("lang", replaced("xml:lang", "lang"), "lang-attribute", third="{}"),
    Spec("no language at all", replaced(' xml:lang="en"', ""), "no-language", third="{}"),
    Spec("an empty language", replaced('xml:lang="en"', 'xml:lang=""'), "no-language", third="{}"),
    Spec("ru_RU", lambda n: memory(n).replace('"ru"', '"ru_RU"').replace('"en"', '"en_GB"'), "language"),
    Spec("rus", lambda n: memory(n).replace('"ru"', '"rus"').replace('"en"', '"eng"'), "language"),
    Spec("Russian", lambda n: memory(n).replace('"ru"', '"Russian"').replace('"en"', '"English"'), "language"),
    Spec("a space before the code", replaced('xml:lang="ru"', 'xml:lang=" ru"'), "language", third="{}"),
    Spec("one variant", lambda n: memory(n, one(n)), "one-variant"),
    Spec(
        "one language twice", lambda n: memory(n, one(n).replace("</tu>", f"{variant('ru', 'A')}</tu>")), "one-variant"
    ),
    Spec("no variant", lambda n: memory(n, "<tu></tu>\n"), "order one-variant"),
)
"""Languages that tools do not know, or that are not there."""

TEXTS = (
    Spec("an empty target", third("{}", ""), "empty-segment"),
    Spec("a blank target", third("{}", " \n "), "empty-segment"),
    Spec("an empty source", lambda n: memory(n, tu("", "A")), "empty-segment"),
    Spec("spaces at the ends", third(" {} ", " {} "), "space-around", third="{}"),
    Spec("line breaks at the ends", third("\n{}\n", "\n{}\n"), "space-around", third="{}"),
    Spec("a no-break space at the end", third("{}\xa0"), "space-around", third="{}"),
    Spec("a line break inside", third("{}", "A\n   B"), "line-break", third="A B"),
    Spec("a line break as a reference", third("{}", "A&#10;B"), "line-break", third="A B"),
    Spec("property file", third(inside='<prop type="file">a.txt</prop>\n'), "file-property", third="{}"),
    Spec("a date of ISO 8601", third(attributes=' creationdate="2026-01-31T10:00:00Z"'), "date", third="{}"),
    Spec("a date in words", third(attributes=' changedate="yesterday"'), "date", third="{}"),
    Spec("a day that never was", third(attributes=' changedate="20260231T000000Z"'), "date", third="{}"),
    Spec("two sentences called one", third("{} Он ушёл домой.", "{} He went home."), "segtype", units=3),
    Spec("paragraphs cut unlike", paragraphs, "segtype", units=3),
)
"""Texts, properties, dates and cuts that keep a unit from filling."""

SAMPLES = [
    spec.sample(number) for number, spec in enumerate((*GOOD, *WARNED, *BROKEN, *REFUSED, *LANGUAGES, *TEXTS), start=1)
]
