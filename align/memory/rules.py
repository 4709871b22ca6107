"""What `check` looks for: one catalogue of rules, each with who stumbles over it and what a repair does.

The verdicts come from running OmegaT 3.6 on a file of each kind, from the schema of OmegaT 6.1 (which our DTD of
TMX 1.4b agrees with), from XML 1.0, and, where it says *stated*, from what the makers of other tools document.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Severity = Literal["error", "warning"]
"""`error`: some tool refuses the file, loses a unit or fills wrongly. `warning`: all take it as it is."""

ALL: Final = "every XML parser"
NEWER: Final = "OmegaT 6"
OMEGAT: Final = "OmegaT"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a memory.

    Attributes:
        code: names it, in lower case with hyphens.
        severity: whether a tool refuses or misreads the memory.
        text: what is wrong, for people; a finding may add details.
        who: the tool that stumbles.
        repair: what ``--fix`` does about it.
        broken: whether the file is no well-formed XML, so that a strict parser refuses it whole.
    """

    code: str
    severity: Severity
    text: str
    who: str
    repair: str
    broken: bool = False


_TABLE: Final = (
    # The file as XML.
    Rule("empty", "error", "the file is empty", ALL, "nothing can be saved", broken=True),
    Rule("no-tmx", "error", "there is no <tmx> element", "every tool", "units are taken all the same", broken=True),
    Rule("compressed", "error", "the file is compressed (gzip)", "every tool", "unpacked", broken=True),
    Rule("encoding", "error", "bytes that are not in the encoding that the file declares", ALL,
         "decoded as what they are; else the units with them are left out", broken=True),
    Rule("unknown-encoding", "error", "an encoding that nobody knows", ALL, "the right one is found", broken=True),
    Rule("rare-encoding", "warning", "an encoding that some parsers do not know", "strict parsers",
         "written as UTF-8"),
    Rule("control", "error", "a character that XML forbids", ALL, "dropped", broken=True),
    Rule("ampersand", "error", "a bare & in the text", ALL, "escaped", broken=True),
    Rule("less-than", "error", "a bare < in the text", ALL, "escaped", broken=True),
    Rule("entity", "error", "an entity that is not declared", ALL,
         "those of HTML become their character, others text", broken=True),
    Rule("entity-bomb", "error", "an entity made of entities or of mark-up", ALL, "kept as text, never expanded",
         broken=True),
    Rule("external-entity", "error", "an entity that reads another file", "OmegaT 3.6 (puts that file's text in)",
         "never read; kept as text"),
    Rule("own-entity", "warning", "an entity that the file declares itself", "safe parsers", "replaced by its text"),
    Rule("tag", "error", "a tag that is no XML", ALL, "read as what it was meant to be, else as text", broken=True),
    Rule("double-attribute", "error", "an attribute given twice", ALL, "the first one counts", broken=True),
    Rule("unclosed", "error", "an element that is not closed", ALL, "closed", broken=True),
    Rule("unopened", "error", "an end tag without its beginning", ALL, "dropped", broken=True),
    Rule("cut-short", "error", "the file ends in the middle", ALL,
         "closed; a unit whose last text is cut is left out", broken=True),
    Rule("nesting", "error", "elements nested too deep", "parsers made on libxml2", "flattened"),
    Rule("around", "error", "text before or after the document", ALL, "dropped", broken=True),
    Rule("not-xml", "error", "not well-formed", ALL, "written anew", broken=True),
    # The structure, as TMX 1.4 has it.
    Rule("version", "error", "the version is not 1.4", NEWER, "1.4"),
    Rule("namespace", "error", "a namespace (xmlns)", NEWER, "dropped"),
    Rule("no-header", "error", "there is no header", NEWER, "added"),
    Rule("header-attribute", "error", "the header lacks an attribute", NEWER, "added"),
    Rule("no-srclang", "error", "the header has no srclang", "OmegaT 3.6 (loads nothing) and 6", "added"),
    Rule("unknown-element", "error", "an element that TMX does not have", f"{NEWER}; OmegaT 3.6 drops text in it",
         "the tag is dropped, its text kept"),
    Rule("unknown-attribute", "error", "an attribute that TMX does not have", NEWER, "dropped"),
    Rule("missing-attribute", "error", "an attribute is missing", NEWER, "added, or the inline code dropped"),
    Rule("attribute-value", "error", "a value that TMX does not have there", NEWER, "dropped or set right"),
    Rule("prop-type", "error", "a prop without type", f"{OMEGAT} (fills nothing)", "becomes a note"),
    Rule("order", "error", "elements missing, or not in the order that TMX asks for", NEWER, "put in order"),
    Rule("stray-text", "error", "text where no text may stand", NEWER, "dropped"),
    # Languages.
    Rule("lang-attribute", "error", "lang instead of xml:lang", NEWER, "xml:lang"),
    Rule("no-language", "error", "a variant without a language", f"{OMEGAT} 3.6 (loads nothing) and 6",
         "the one language that is missing, else left out"),
    Rule("language", "error", "no language code that tools know", OMEGAT, "set right where it can be told"),
    Rule("language-case", "warning", "a language code in unusual case", "some tools", "set right"),
    Rule("srclang-all", "warning", "srclang is *all*", "OmegaT warns", "the language of most first variants"),
    Rule("srclang-other", "warning", "units do not hold the srclang of the header", "OmegaT warns",
         "the language of most first variants"),
    Rule("one-variant", "error", "a unit with one language only", "every tool (never fills)", "left out"),
    Rule("same-language", "warning", "two variants of one language in a unit", "tools differ in which they take",
         "kept"),
    Rule("more-languages", "warning", "more than two languages in a unit", "some tools", "kept"),
    Rule("missing-language", "warning", "units lack a language that others have", "such units never fill for it",
         "kept"),
    Rule("not-for-project", "error", "no variant in a language of the project", OMEGAT, "kept"),
    # Texts.
    Rule("no-units", "error", "there is no unit", "every tool (never fills)", "nothing can be saved"),
    Rule("empty-segment", "error", "an empty segment", f"{OMEGAT} (fills with nothing)", "the variant is left out"),
    Rule("space-around", "error", "white space at the ends of a segment", f"{OMEGAT} (does not match)", "dropped"),
    Rule("line-break", "error", "a line break or tab in a segment", f"{OMEGAT} (does not match)", "a space"),
    Rule("double-space", "warning", "two spaces on end", f"{OMEGAT} (matches only the same two)", "kept"),
    Rule("highlight", "error", "text in <hi>", f"{OMEGAT} (drops the text)", "the tag is dropped, its text kept"),
    Rule("inline-code", "warning", "inline codes", f"{OMEGAT} drops them", "kept"),
    Rule("unpaired-code", "warning", "a bpt without its ept, or the reverse", "some tools", "kept"),
    Rule("file-property", "error", "a property named file", f"{OMEGAT} 3.6 (fills in that file only)",
         "renamed x-file"),
    Rule("context-property", "warning", "a property named id, prev, next or path", f"{NEWER} may take it for context",
         "renamed x-…"),
    Rule("date", "error", "a date that is not YYYYMMDDThhmmssZ", "stated: Trados, memoQ", "set right, else dropped"),
    Rule("segtype", "error", "segtype says otherwise than the text is cut", f"{OMEGAT} (does not match)",
         "segtype block on such units"),
    Rule("long-segment", "warning", "a segment of more than a million characters", "some tools", "kept"),
    Rule("too-long", "error", "a segment of ten million bytes or more", "parsers made on libxml2", "left out"),
    # The memory as a whole.
    Rule("tuid", "warning", "the same tuid again", "tools that merge by it", "dropped"),
    Rule("double", "warning", "the same unit again", "none", "kept (align memory dedupe)"),
    Rule("conflict", "warning", "the same source with another target",
         "OmegaT 3.6 takes the last, 6.1 the first", "kept (align memory dedupe)"),
    Rule("one-line", "warning", "<body> and <tu>, or two <tu>, on one line", "XML::TMX of Perl", "a line each"),
)  # fmt: skip

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.code: rule for rule in _TABLE})
"""Every rule by its code, in the order that the documentation lists them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a file.

    Attributes:
        line: where, from 1; 0 when it is about the file as a whole.
        code: the rule.
        detail: what exactly, or empty.
    """

    line: int
    code: str
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Of the rule."""
        return RULES[self.code].severity

    @property
    def text(self) -> str:
        """What is wrong, for people, on one line."""
        text = RULES[self.code].text
        return f"{text}: {self.detail}" if self.detail else text


@dataclass(slots=True)
class Findings:
    """Collects findings in bounded memory: all are counted, the first few of each rule are kept.

    Attributes:
        limit: how many of a rule are kept; 0 for all.
        kept: those that are kept, as they came.
        counts: how often each rule was broken.
    """

    limit: int = 10
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, line: int, code: str, detail: str = "") -> None:
        """Take a finding down."""
        self.counts[code] += 1
        if not self.limit or self.counts[code] <= self.limit:
            self.kept.append(Finding(line, code, shorten(detail)))

    def total(self, severity: Severity) -> int:
        """How many findings of a severity there were."""
        return sum(count for code, count in self.counts.items() if RULES[code].severity == severity)

    def is_broken(self) -> bool:
        """Whether a strict XML parser would refuse the file."""
        return any(RULES[code].broken for code in self.counts)

    def sorted(self) -> Iterator[Finding]:
        """The kept ones in the order of their lines, errors before warnings."""
        return iter(sorted(self.kept, key=lambda each: (each.line, each.severity)))


_LONGEST: Final = 100


def shorten(text: str) -> str:
    """A detail on one line that is not too long for a message; control characters are shown as escapes."""
    head = text[: _LONGEST + 1]
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in head)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
