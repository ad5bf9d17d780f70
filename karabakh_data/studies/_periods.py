"""The days on which periods part: each is the first day of the later one."""

from __future__ import annotations

BEGINNING = "1988-01-01"
"""Before all that is counted."""

FIRST_WAR = "1992-01-01"
"""The year 1991, of declarations and first missions, was over."""

CEASEFIRE = "1994-05-12"
"""The ceasefire of May 1994 was in force."""

WITHOUT_SEAT = "1997-05-01"
"""The last full session of the Minsk Group with the authorities in Stepanakert was over."""

SECOND_WAR = "2020-09-27"
"""The second war began."""

AFTER_SECOND_WAR = "2020-11-10"
"""The second war was over."""

SEPTEMBER_2023 = "2023-09-19"
"""The fighting of September 2023 began."""

OPEN = "2100-01-01"
"""After all that is counted."""
