"""Speakers: ``Вопрос:``, ``Question:``, ``С.В.Лавров:``, ``Sergey Lavrov:``."""

from __future__ import annotations

import re
from typing import Final

from corpora.structure.words import words

_KNOWN: Final = words(
    """вопрос ответ реплика ведущий ведущая модератор корреспондент журналист председатель перевод
    question answer moderator interviewer interviewee correspondent journalist chairman chair host
    remark q a q&a питання відповідь запитання ведучий пытанне адказ сұрақ жауап frage antwort
    moderatorin réponse modérateur modératrice journaliste pregunta respuesta moderador moderadora
    periodista pergunta resposta jornalista domanda risposta moderatore giornalista pytanie
    odpowiedź prowadzący dziennikarz soru cevap yanıt kérdés válasz въпрос отговор otázka odpověď
    vraag antwoord 问 答 问题 回答 记者 主持人 質問 答え 回答 記者 司会 سؤال جواب السؤال الجواب"""
) | {
    "из зала",
    "from the floor",
    "follow-up question",
    "уточняющий вопрос",
    "вопрос из зала",
    "дополнительный вопрос",
}
"""Words that name a role in a conversation; lower case."""

_LONGEST: Final = 80
"""Characters within which the colon after a speaker stands."""

_LABEL: Final = re.compile(r"[^\s:：][^:：\n]{0,60}?(?=\s?[:：])")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,3}\.[ \xa0]?(?:-[^\W\d_]\.)?){1,3}(?P<name>[^\W\d_][\w'’-]+)")
_PARTICLES: Final = words("de da del di do du dos van von der den bin al el la le ibn")
_NAME: Final = re.compile(r"[^\W\d_][\w'’.-]*(?:[ \xa0][^\W\d_][\w'’.-]*){1,4}")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")


def speaker(line: str) -> str:
    """The label before the first colon when it is a speaker's, else an empty string.

    ``Вопрос: …`` gives ``Вопрос``; ``С.В.Лавров: …`` gives ``С.В.Лавров``; ``First: …`` gives nothing.
    """
    head = line[:_LONGEST]
    match = _LABEL.match(head) if ":" in head or "：" in head else None
    if match is None:
        return ""
    name = _ASIDE.sub("", match[0]).strip(" \xa0*_")
    return name if is_role(name) or is_initialled(name) or is_full_name(name) else ""


def is_role(name: str) -> bool:
    """``Вопрос``, ``Question 3``, ``Из зала``."""
    return name[:1].upper() == name[:1] and name.rstrip("0123456789 \xa0№").lower() in _KNOWN


def is_initialled(name: str) -> bool:
    """``С.В.Лавров``, ``S. Lavrov``, ``Дж.Аманов``."""
    match = _INITIALS.fullmatch(name)
    return bool(match and match["name"][0].isupper() and name[0].isupper())


def is_full_name(name: str) -> bool:
    """``Sergey Lavrov``, ``Ursula von der Leyen``: two to four words, capitalised but for particles."""
    if not _NAME.fullmatch(name):
        return False
    parts = name.replace("\xa0", " ").split(" ")
    capital = sum(part[0].isupper() for part in parts)
    return capital > 1 and all(part[0].isupper() or part in _PARTICLES for part in parts)
