"""Language codes as memories have them: which ones tools know, and what the others are meant to be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from corpora.errors import UnknownLanguageError
from corpora.language import by_name, normalize

Verdict = Literal["good", "case", "bad"]

_CODE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_THREE: Final = dict(
    re.findall(
        r"(\w{3}):(\w\w)",
        "aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av aym:ay aze:az bak:ba bam:bm "
        "baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch che:ce chi:zh chv:cv "
        "cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en epo:eo est:et eus:eu "
        "ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga glg:gl glv:gv "
        "gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii "
        "iku:iu ile:ie ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk "
        "khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt "
        "ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mon:mn mri:mi msa:ms "
        "mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or "
        "orm:om oss:os pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg "
        "san:sa sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr "
        "ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tib:bo tir:ti ton:to tsn:tn "
        "tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh "
        "yid:yi yor:yo zha:za zho:zh zul:zu ",
    )
)
"""ISO 639-2, of either kind, to ISO 639-1: a tool looks for the two letters."""


@lru_cache(maxsize=1024)
def judge_language(code: str) -> Verdict:
    """Whether CAT tools know a language code: as it is, in spite of its case, or not."""
    repaired = repair_language(code)
    if repaired is None or not _CODE.fullmatch(code):
        return "bad"
    if repaired == code:
        return "good"
    return "case" if repaired.lower() == code.lower() else "bad"


@lru_cache(maxsize=1024)
def repair_language(code: str) -> str | None:
    """The BCP 47 code that is meant: ``ru_RU`` is ``ru-RU``, ``rus`` and ``Russian`` are ``ru``.

    Returns:
        None where it cannot be told, or no language is meant.
    """
    tag = code.strip().replace("_", "-").rstrip("-")
    base, *rest = tag.split("-")
    tag = "-".join([_THREE.get(base.lower(), base), *rest])
    try:
        return normalize(tag)
    except UnknownLanguageError:
        return by_name(tag) if tag else None
