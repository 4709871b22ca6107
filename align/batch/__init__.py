"""Many pairs of files, one after the other or several at once; it goes on where it was stopped.

`plan` makes jobs of a manifest's rows, `run` does those that are not done yet, `merge` puts the units of all results
into one memory.
"""

from __future__ import annotations

from align.batch.jobs import Job, Task, plan
from align.batch.merging import Merged, merge
from align.batch.running import Outcome, run

__all__ = ["Job", "Merged", "Outcome", "Task", "merge", "plan", "run"]
