"""``align train splitter``: learn sentence boundaries from raw text."""

from __future__ import annotations

import click

from align.cli.console import tell, warn
from align.cli.outputs import check_not_input


@click.command(name="splitter", short_help="Learn where sentences end in a language.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE...")
@click.option(
    "-o", "--output", required=True, type=click.Path(readable=False), metavar="FILE", help="Where the data goes."
)
@click.option("-l", "--lang", metavar="LANG", help="Language of the text (BCP 47), for the card.")
@click.option(
    "--words",
    type=click.IntRange(min=0),
    default=3000,
    show_default=True,
    metavar="N",
    help="How many frequent words to remember the case of.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files; detected when not given.")
def command(*, files: tuple[str, ...], output: str, lang: str | None, words: int, encoding: str | None) -> None:
    """Learn where sentences end from plain text, one sentence or paragraph a line; - is standard input.

    For a language that the splitter has no rules for. Writes the learnt data (NLTK's Punkt), and beside it
    a card that says what it was learnt from: data.json and data.card.md.

    \b
    align train splitter novel.nl.txt news.nl.txt -l nl -o nl.json
    align split --punkt nl.json speech.nl.txt
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.exporters import check_writable
    from align.training.splitter import ENOUGH, card_path, train, write
    from corpora.language import normalize

    language = "" if lang is None else normalize(lang)
    for path in (output, str(card_path(output))):
        check_writable(path)
        check_not_input(path, files)
    learnt = train(files, language=language, words=words, encoding=encoding)
    if learnt.words < ENOUGH:
        warn(f"{learnt.words} words are little to learn from; give {ENOUGH} or more")
    write(learnt, output)
    tell(f"{output}: {len(learnt.parameters['abbreviations'])} abbreviations from {learnt.words} words")
