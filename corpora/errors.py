"""The one base of every error that this toolkit raises, and what reading can raise.

The command line prints ``str(error)`` as one line and exits 1, so a message names the file (with
the line where it is known) and says what to do next.
"""

from __future__ import annotations


class ToolkitError(Exception):
    """Base of all errors that a user's input or installation can cause."""


class ReadError(ToolkitError):
    """A file cannot be read as a document: missing, a directory, binary, undecodable."""


class EmptyDocumentError(ReadError):
    """A document holds no text, or no sentence is left of it."""


class UnknownLanguageError(ToolkitError):
    """A language code is not a BCP 47 code we know, or the language cannot be detected."""


class MissingExtraError(ToolkitError):
    """An optional part is not installed; the message holds the ``pip install`` line."""


class ToolkitWarning(UserWarning):
    """Something a person should know, though the work goes on; one line on stderr in the command line."""
