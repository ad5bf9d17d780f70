"""The findings as numbers, to be asked of any adoption of the ledger.

Each takes the tables as arrays (see :data:`karabakh_data.studies.robust.Columns`) and
gives one number, missing (NaN) where there is nothing to count. The notebooks tell them
in words; :data:`HEADLINES` has them all by the sentence they stand for.
"""

from __future__ import annotations

from ..robust import Headline
from .mediation import (
    alone_since_2023,
    by_minsk,
    by_russia,
    pace_of_war,
    without_mediator,
)
from .prisoners import freed_by_1997, freed_since_2020, handed_to_azerbaijan
from .stops import (
    STOP,
    agreed_through_minsk,
    agreed_through_russia,
    attempts,
    before_the_stop,
    began,
    broke_within_a_week,
    dated_breaks,
    failed,
    fell_after_attempts,
    fell_without,
)
from .tables import (
    at_home,
    in_moscow,
    seat_of_karabakh,
    seated_before_the_stop,
    seated_since_1997,
)
from .undertakings import (
    AGREEMENT,
    PROTOCOL,
    TAKEN_ON,
    carried_out,
    declined_by_armenians,
    declined_by_azerbaijan,
    refusals,
    signed_carried_out,
    signed_in_bishkek,
    signed_in_may,
)

__all__ = [
    "AGREEMENT",
    "HEADLINES",
    "PROTOCOL",
    "STOP",
    "TAKEN_ON",
    "agreed_through_minsk",
    "agreed_through_russia",
    "alone_since_2023",
    "at_home",
    "attempts",
    "before_the_stop",
    "began",
    "broke_within_a_week",
    "by_minsk",
    "by_russia",
    "carried_out",
    "dated_breaks",
    "declined_by_armenians",
    "declined_by_azerbaijan",
    "failed",
    "fell_after_attempts",
    "fell_without",
    "freed_by_1997",
    "freed_since_2020",
    "handed_to_azerbaijan",
    "in_moscow",
    "pace_of_war",
    "refusals",
    "seat_of_karabakh",
    "seated_before_the_stop",
    "seated_since_1997",
    "signed_carried_out",
    "signed_in_bishkek",
    "signed_in_may",
    "without_mediator",
]

HEADLINES: dict[str, Headline] = {
    "attempts to stop the fighting": attempts,
    "of them before the ceasefire of May 1994": before_the_stop,
    "declined, never begun or broken, of known fates": failed,
    "began, of agreed stops": began,
    "broke within a week, of those that broke on a known day": broke_within_a_week,
    "months with an attempt after which deaths fell": fell_after_attempts,
    "steps in the Minsk process": by_minsk,
    "steps mediated by Russia": by_russia,
    "steps without a mediator since November 2020": without_mediator,
    "steps with Stepanakert as a party since May 1997": seat_of_karabakh,
    "refusals by Azerbaijan, of all": refusals,
    "proposals to Azerbaijan that it declined": declined_by_azerbaijan,
    "proposals to the Armenian side that it declined": declined_by_armenians,
    "provisions carried out, at least in part": carried_out,
    "provisions of signed or agreed texts carried out": signed_carried_out,
    "prisoners handed to Azerbaijan, of all": handed_to_azerbaijan,
    "of them until 1997": freed_by_1997,
    "of them since the war of 2020": freed_since_2020,
    "tables of both sides with Stepanakert before May 1994": seated_before_the_stop,
    "tables of both sides with Stepanakert since May 1997": seated_since_1997,
    "parties that signed the Bishkek protocol": signed_in_bishkek,
    "parties that signed the ceasefire of May 1994": signed_in_may,
    "steps a month in the first war, against the years to 2020": pace_of_war,
    "meetings of both sides on their own ground": at_home,
    "meetings of both sides in Moscow": in_moscow,
    "stops agreed through Russia until the end of 1994": agreed_through_russia,
    "stops agreed through the CSCE until the end of 1994": agreed_through_minsk,
    "steps of the parties alone since September 2023": alone_since_2023,
}
