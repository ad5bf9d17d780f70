"""Verdicts: each headline as a claim, held against a line that it must not cross."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..frames import needs, needs_rows


class Claim(NamedTuple):
    """What a headline is taken to say: that it lies above, or below, a line."""

    says: str
    line: float
    above: bool = True


CLAIMS: dict[str, Claim] = {
    "attempts to stop the fighting": Claim("There were more than 50 attempts", 50),
    "of them before the ceasefire of May 1994": Claim("Most attempts came before May 1994", 0.5),
    "declined, never begun or broken, of known fates": Claim(
        "Most attempts of known fate were declined, never began or broke", 0.5
    ),
    "began, of agreed stops": Claim("Most stops agreed or declared began, if for hours", 0.5),
    "broke within a week, of those that broke on a known day": Claim(
        "Most stops that broke did so within a week", 0.5
    ),
    "months with an attempt after which deaths fell": Claim(
        "Deaths fell after most months with an attempt", 0.5
    ),
    "steps in the Minsk process": Claim("The Minsk process has over 3 steps in 10", 0.3),
    "steps mediated by Russia": Claim("Russia's formats have under 3 steps in 10", 0.3, False),
    "steps without a mediator since November 2020": Claim(
        "Since the war of 2020 most steps had a mediator", 0.5, False
    ),
    "steps of the parties alone since September 2023": Claim(
        "Since late 2023 the parties took most steps alone", 0.5
    ),
    "steps with Stepanakert as a party since May 1997": Claim(
        "Since May 1997 Stepanakert was a party to under 1 step in 5", 0.2, False
    ),
    "refusals by Azerbaijan, of all": Claim("Most refused texts were refused by Azerbaijan", 0.5),
    "proposals to Azerbaijan that it declined": Claim(
        "Azerbaijan is told to have declined under half of the proposals to it", 0.5, False
    ),
    "proposals to the Armenian side that it declined": Claim(
        "The Armenian side is told to have declined under half of those to it", 0.5, False
    ),
    "provisions carried out, at least in part": Claim(
        "Under half of what texts asked was done, even in part", 0.5, False
    ),
    "provisions of signed or agreed texts carried out": Claim(
        "Under half of what was signed or agreed was done", 0.5, False
    ),
    "prisoners handed to Azerbaijan, of all": Claim(
        "Azerbaijan received under half of the prisoners", 0.5, False
    ),
    "of them until 1997": Claim("Until 1997 Azerbaijan received most prisoners", 0.5),
    "of them since the war of 2020": Claim(
        "Since 2020 Azerbaijan received under half of the prisoners", 0.5, False
    ),
    "tables of both sides with Stepanakert before May 1994": Claim(
        "Before May 1994 Stepanakert sat at over 1 table in 4", 0.25
    ),
    "tables of both sides with Stepanakert since May 1997": Claim(
        "Since May 1997 Stepanakert sat at under 1 table in 10", 0.1, False
    ),
    "parties that signed the Bishkek protocol": Claim("More than 2 parties signed in Bishkek", 2),
    "parties that signed the ceasefire of May 1994": Claim(
        "More than 2 parties signed the ceasefire of May 1994", 2
    ),
    "steps a month in the first war, against the years to 2020": Claim(
        "The first war saw more steps a month than the years to 2020", 1
    ),
    "meetings of both sides on their own ground": Claim(
        "The sides met on their own ground under 1 time in 5", 0.2, False
    ),
    "meetings of both sides in Moscow": Claim("The sides met in Moscow over 1 time in 10", 0.1),
    "stops agreed through Russia until the end of 1994": Claim(
        "Until 1994 most mediated stops were agreed through Russia", 0.5
    ),
    "stops agreed through the CSCE until the end of 1994": Claim(
        "Until 1994 under 1 stop in 5 was agreed through the CSCE", 0.2, False
    ),
}
"""The headlines of :data:`karabakh_data.studies.headlines.HEADLINES` as claims. Lines are
round numbers, chosen by us: the figure shows how far each adoption is from them."""

FEWEST = 5
"""An adoption with fewer cases neither supports a claim nor breaks it."""

DRAWS = ("median", "low", "high")


def claim_of(headline: str, adopted: float) -> Claim:
    """The claim a headline stands for; one without its own is held against a half.

    >>> from karabakh_data.studies import verdicts
    >>> verdicts.claim_of("anything else", 0.4).above
    False
    """
    if headline in CLAIMS:
        return CLAIMS[headline]
    if adopted > 1:
        return Claim(f"{headline}: more than {max(1, adopted // 2):,.0f}", max(1, adopted // 2))
    above = bool(adopted > 0.5)
    return Claim(f"{headline}: {'more' if above else 'less'} than half", 0.5, above)


def verdicts(survey: pd.DataFrame, cases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Under which adoptions each headline's claim fails: one row is one headline.

    Those that hold under all come first. Columns: ``headline``; ``claim`` (in words);
    ``line``, ``above`` (whether it must lie above that line); ``adopted`` (the value);
    ``fails`` (under how many adoptions); ``under`` (their names); ``untold`` (adoptions
    that cannot answer), ``too_few`` (that answer from fewer cases than :data:`FEWEST`);
    ``drawn`` (whether 95% of the draws lie on its side);
    ``outside`` (whether the adopted value lies outside those); ``is_count``.

    Args:
        survey: as :func:`karabakh_data.studies.robust.survey` gives it.
        cases: as :func:`karabakh_data.studies.robust.cases` gives them; without them no
            adoption has too few.

    Raises:
        ValueError: a headline or an adoption is in one frame only, or there are no draws.
    """
    needs(survey)
    needs_rows(survey, *DRAWS)
    if cases is not None:
        needs(cases, *survey.columns)
        needs_rows(cases, *survey.index.drop(list(DRAWS)))
    rows: list[dict[str, object]] = []
    for headline in survey.columns:
        values = survey[headline]
        claim = claim_of(headline, values.iloc[0])
        side = values > claim.line if claim.above else values < claim.line
        others = values.drop(list(DRAWS))
        told = others.dropna().index
        few = [] if cases is None else list(told[cases.loc[told, headline].lt(FEWEST)])
        under = [name for name in told if name not in few and not side[name]]
        rows.append(
            {
                "headline": headline,
                "claim": claim.says,
                "line": claim.line,
                "above": claim.above,
                "adopted": values.iloc[0],
                "fails": len(under),
                "under": ", ".join(under),
                "untold": ", ".join(others.index[others.isna()]),
                "too_few": ", ".join(few),
                "drawn": bool(side["low"] and side["high"]),
                "outside": bool(not values["low"] <= values.iloc[0] <= values["high"]),
                "is_count": bool(claim.line >= 1),
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values("fails", kind="stable", ignore_index=True) if rows else table
