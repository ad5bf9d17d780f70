"""The days on which periods part, each the first day of the later one, and the days of wars."""

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

WARS = {
    "1991 to 1994": ("1991-12-01", CEASEFIRE),
    "2016": ("2016-04-02", "2016-04-05"),
    "2020": (SECOND_WAR, AFTER_SECOND_WAR),
    "2022": ("2022-09-13", "2022-09-14"),
    "2023": (SEPTEMBER_2023, "2023-09-20"),
}
"""When there was war: first and last days.

From the first month with deaths to the day of the ceasefire of 1994; the four days of
April 2016; from the step ``2020-09-27-war`` to the statement of November; the fighting on
the border that the ceasefire of 14 September 2022 ended; the two days of September 2023.
"""
