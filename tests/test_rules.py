"""Each condition of each rule of the checks, on tables made for it: what breaks it, what does not.

The first line of a made table names it and its columns. Its key is the columns with ``^``, or
else the first, which is called as the table; ``*`` is coded, ``:date`` a type, ``>TABLE`` holds a
key of that table. Cells stand two blanks apart, ``-`` is a blank one, and ``!`` after a cell says
that the rule names this cell; it names no others.
"""

import re

import pytest

from karabakh_data import checks
from karabakh_data.checks import between, cells, ledger, rows
from karabakh_data.checks.fault import Data
from karabakh_data.descriptor import Column, Description
from karabakh_data.files import Row

COLUMN = re.compile(r"(\w+)([*^]*)(?::(\w+))?(?:>(\w+))?")


def made(text, asked=None):
    """The data of made tables, the first under a rule; and the cells that are to be named."""
    blocks = {}
    for block in text.strip().split("\n\n"):
        (name, *head), *lines = (re.split(r"\s{2,}", one.strip()) for one in block.split("\n"))
        columns = [COLUMN.fullmatch(one).groups() for one in head]
        keys = [column for column, marks, *_ in columns if "^" in marks]
        if not keys:
            keys = [name.removesuffix(":")]
            columns.insert(0, (keys[0], "", None, None))
        blocks[name.removesuffix(":")] = columns, keys, lines
    resources, tables, wrong = [], {}, set()
    for name, (columns, keys, lines) in blocks.items():
        schema = {
            "primaryKey": keys,
            "fields": [
                {"name": one, "description": "", "coded": "*" in marks, "type": kind or "string"}
                for one, marks, kind, _ in columns
            ],
            "foreignKeys": [
                {"fields": one, "reference": {"resource": to, "fields": blocks[to][1][-1]}}
                for one, _, _, to in columns
                if to
            ],
        }
        known = {"name": name, "path": name, "description": "", "schema": schema}
        resources.append({**known, "rules": [asked] if asked and not resources else []})
        tables[name] = []
        for line, told in enumerate(lines, start=2):
            marked = dict(zip([one for one, *_ in columns], told, strict=True))
            wrong |= {(name, line, one) for one, cell in marked.items() if cell.endswith("!")}
            held = {one: cell.removesuffix("!") for one, cell in marked.items()}
            tables[name].append(Row({one: "" if c == "-" else c for one, c in held.items()}, line))
    return Data(Description({"resources": resources}), tables, part=False), wrong


def named(faults):
    return {(fault.file, fault.line, fault.column) for fault in faults}


BETWEEN = {
    "ordered, whatever is blank between": (
        {"ordered": ["declared", "effective", "ended"]},
        """
        stops:  declared    effective    ended
        one     1994-05-09  1994-05-09   1994-05-12
        two     1994-05-12  1994-05-09!  1994-05-09
        three   1994-05-09  1994-05-12   1994-05-10!
        four    1994-05-12  -            1994-05-09!
        five    1994-05-12  -            -
        """,
    ),
    "blank where": (
        {"blank": ["effective", "ended"], "where": {"fate": ["never_began", "refused"]}},
        """
        stops:  fate         effective    ended
        one     never_began  -            -
        two     never_began  1994-05-12!  1994-05-13!
        three   refused      -            1994-05-13!
        four    broken       1994-05-12   1994-05-13
        five    -            1994-05-12   -
        """,
    ),
    "blank unless": (
        {"blank": ["followed_until"], "unless": {"fate": ["held"]}},
        """
        stops:  fate    followed_until
        one     held    1994-05-12
        two     held    -
        three   broken  1994-05-12!
        four    -       1994-05-12!
        five    broken  -
        """,
    ),
    "one value within": (
        {"same": "perspective", "within": "publisher"},
        """
        sources:  publisher   perspective
        one       Armenpress  armenian
        two       Azertac     azerbaijani
        three     Armenpress  armenian
        four      Armenpress  iranian!
        five      -           russian
        six       -           iranian
        """,
    ),
    "one value within a year": (
        {"same": "in_year", "within": "year of month"},
        """
        deaths:  month    in_year
        one      1993-12  7
        two      1994-01  8
        three    1994-02  8
        four     1994-03  7!
        """,
    ),
    "no value twice": (
        {"unique": ["name", "code"]},
        """
        actors:  name        code
        one      Armenia     51
        two      Azerbaijan  51!
        three    Armenia!    -
        four     Russia      -
        """,
    ),
    "used by a cell, or by a claim of it or on it": (
        {"used": True, "or": "note"},
        """
        places:  note  within>places
        held     -     -
        told     -     -
        coded    -     -
        whole    -     -
        nowhere!  -    whole
        noted    so    -
        title!   -     -
        other!   -     -

        events:  title  place*>places
        first    -      held

        claims:  table   record_id  column  value
        one      events  first      place   told
        two      places  coded      name    title
        three    events  first      title   title
        four     events  other      place   held
        """,
    ),
    "a sum of others": (
        {"sum": "all", "of": ["ours", "theirs"]},
        """
        deaths:  all  ours  theirs
        one      4!   1     2
        two      3    1     2
        three    2!   1     2
        """,
    ),
    "a total of a year's months and a rest": (
        {"total": "in_year", "of": "all", "and": "rest", "within": "year of month"},
        """
        deaths:  month    all  rest  in_year
        one      1993-11  1    2     6
        two      1993-12  3    2     6
        three    1994-01  1    -     2!
        four     1994-02  2    -     2
        five     1995-01  1    -     4!
        six      1995-02  2    -     4
        seven    1996-01  5    -     -
        """,
    ),
    "months without a gap": (
        {"consecutive": "month"},
        """
        deaths:  month
        one      1993-11
        two      1993-12
        three    1994-01
        four     1994-03!
        five     1994-03!
        six      1994-02!
        """,
    ),
    "a flag that says whether two are equal": (
        {"equal": ["first", "second"], "says": "agrees"},
        """
        readings:  first  second  agrees
        one        yes    yes     true
        two        yes    no      false
        three      yes    yes     false!
        four       yes    no      true!
        """,
    ),
    "rows of one of two other tables, of a certain sort": (
        {
            "has": {"participants": {"role": ["party", "host"]}, "guests": {"sort": ["late"]}},
            "where": {"kind": ["meeting"]},
        },
        """
        events:   kind*
        party     meeting
        host      meeting
        guest     meeting
        mediator  meeting!
        nobody    meeting!
        a_text    meeting!
        plan      plan

        documents:  kind*
        a_text      -

        participants:  event>events  document>documents  role
        one            party         -                   party
        two            host          -                   mediator
        three          host          -                   host
        four           mediator      -                   mediator
        five           party         a_text              party

        guests:  event>events  sort
        six      guest         late
        seven    nobody        early
        """,
    ),
    "told by who wrote after a day": (
        {
            "heard": "fate",
            "published": "published",
            "after": "effective",
            "where": {"fate": ["held"]},
        },
        """
        stops:  fate    effective
        later   held    1994-05-12
        before  held!   1994-05-12
        day     held!   1994-05-12
        value   held!   1994-05-12
        column  held!   1994-05-12
        table   held!   1994-05-12
        broke   broken  1994-05-12

        sources:  source^  published
        early     1994-05-11
        same      1994-05-12
        late      1994-05-13

        claims:  table   record_id  column  value   source
        one      stops   later      fate    held    late
        two      stops   later      fate    held    early
        three    stops   before     fate    held    early
        four     stops   day        fate    held    same
        five     stops   value      fate    broken  late
        six      stops   column     scope   held    late
        seven    events  table      fate    held    late
        """,
    ),
    "one of its format is there": (
        {
            "member": "format",
            "of": "format_members",
            "by": "actor",
            "among": "participants",
            "or": "note",
        },
        """
        events:  format  note
        member   minsk   -
        body     minsk   -
        other    minsk!  -
        whole    army!   -
        circle   minsk!  -
        nobody   minsk!  -
        noted    minsk   why
        free     direct  -
        none     -       -

        format_members:  format  actor
        one              minsk   russia
        two              minsk   france
        three            army    army

        participants:  events  actor>actors
        member         member  france
        body           body    army
        other          other   turkey
        whole          whole   russia
        circle         circle  chicken
        noted          noted   turkey

        actors:  part_of
        army     staff
        staff    russia
        russia   -
        france   -
        turkey   -
        chicken  egg
        egg      chicken
        """,
    ),
    "no name of an actor": (
        {"no_name": ["office"], "of": "actors"},
        """
        people:  office
        one      president
        two      Russia!
        three    rUSSIA!
        four     -

        actors:  name
        five     Russia
        six      -
        """,
    ),
    "nameless beside a named one": (
        {"named": "person", "among": ["event", "actor", "role"], "or": "office"},
        """
        participants:  event   actor   role      person     office
        one            sochi   russia  mediator  kozyrev    -
        two            sochi   russia  mediator  -!         -
        three          sochi   russia  mediator  -          envoy
        four           sochi   russia  host      -          -
        five           sochi   turkey  mediator  -          -
        six            geneva  russia  mediator  -          -
        """,
    ),
    "no part of itself": (
        {"tree": "part_of"},
        """
        actors:  part_of
        deep     part
        part     whole
        whole    -
        self     self!
        chicken  egg!
        egg      chicken!
        feather  chicken!
        lost     nowhere
        """,
    ),
    "a whole of a certain sort": (
        {"whole": "part_of", "where": {"kind": ["body"]}, "is": {"kind": ["state"]}},
        """
        actors:  kind          part_of
        russia   state         -
        osce     organisation  -
        duma     body          russia
        group    body          osce!
        lost     body          nowhere!
        alone    body          -!
        unit     organisation  osce
        """,
    ),
    "ids that are gone": (
        {"gone": "id", "of": "table", "or": "replaced_by"},
        """
        retired:    table^      id^              replaced_by
        events      gone        -
        events      kazan!      -
        event!      other       -
        events      twofold     kazan | sochi
        events      unfound     kazan | nowhere!
        documents   kazan.old   -
        documents   a.b.old     -
        documents   gone.old    -
        documents   none.old!   -
        documents   moved.old!  -
        actors      moved       -

        events:  kind*
        kazan    -
        sochi    -
        a.b      -

        documents:  event>events  kind*
        kazan.new   kazan         -

        actors:  name
        russia   -
        """,
    ),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_between_columns(case):
    asked, text = BETWEEN[case]
    data, wrong = made(text, asked)
    assert named(between.columns(data)) == wrong
    assert not named(between.columns(data._replace(part=True)))  # where blanks are what is untold


OTHERS = {
    "a key twice": (
        rows.keys,
        """
        retired:  table^     id^
        events    kazan
        places    kazan
        events    kazan!

        places:  name
        kazan    Kazan
        sochi    Sochi
        kazan!   Kazan
        """,
    ),
    "rows in order, under what they belong to": (
        rows.order,
        """
        retired:  table^  id^
        actors    moved
        events    again
        events    more
        events    less!

        events:     kind*
        kazan       -
        sochi       -

        documents:  event>events  other*>events
        kazan       kazan         sochi
        kazan.new   kazan         sochi
        kazan2.new  kazan!        kazan
        sochi.old   kazan!        kazan
        """,
    ),
    "keys of others": (
        rows.references,
        """
        events:  place>places  after>events
        one      kazan         -
        two      -             one
        three    kasan!        -
        four     kazan         five!

        places:  name
        kazan    Kazan
        """,
    ),
    "what can be said": (
        ledger.sayable,
        """
        events:  date*:date  place*>places  city*>cities  title
        kazan    -           -              -             Kazan

        places:  name
        kazan    Kazan

        cities:  name
        sochi    Sochi

        claims:  table    record_id  column   value
        one      events   kazan      place    kazan
        two      events   kazan      place    nowhere!
        three    events   kazan      city     kazan!
        four     event!   kazan      place    kazan
        five     places!  kazan      name     kazan
        six      events   kasan!     place    kazan
        seven    events   kazan      title!   kazan
        eight    events   kazan      colour!  kazan
        nine     events   kazan      place    -!
        ten      events   kazan      date     1994-05
        eleven   events   kazan      date     12.5.1994!
        twelve   texts    treaty     place    sochi
        more     events   kazan      place    sochi!

        texts:  place*>cities
        treaty  sochi

        decisions:  table    record_id  column  value
        one         events   kazan      place   kazan
        two         events   kazan      place   nowhere!

        readings:  table   record_id  column
        one        events  kazan      place
        two        events  kazan      title!

        crosswalk:  table    record_id
        one         places   kazan
        two         places   kasan!
        three       placs!   kazan
        """,
    ),
    "whose source says nothing of it": (
        ledger.sourced,
        """
        formats:   start*  source  locator
        told       -       s1      p1
        elsewhere  -       s1!     p2
        nowhere    -       s1!     -
        others     -       s2!     p1
        silent     -       s1!     p1
        blank      -       -       -
        named      -       s3      p9
        misnamed   -       s1!     p1
        belonged   -       s4      -
        deep       -       s5      -

        members:  format>formats  actor*  source  locator
        of        belonged        -       s4      p1
        between   deep            -       s5      -

        spells:  member>members  role*
        below    between         -

        events:  format*>formats
        kazan    -

        claims:  table    record_id  column  value     source  locator
        one      formats  told       start   1992      s1      p1
        two      formats  elsewhere  start   1992      s1      p1
        three    formats  nowhere    start   1992      s1      p1
        four     formats  others     start   1992      s1      p1
        five     events   kazan      format  named     s3      p1
        six      events   kazan      format  misnamed  s3      p1
        seven    members  of         actor   russia    s4      p1
        eight    spells   below      role    host      s5      p1
        """,
    ),
    "decisions": (
        ledger.decided,
        """
        events:  place*
        any      -

        sources:  source^  perspective
        a         armenian
        b         azerbaijani
        r         russian

        claims:  claim_id^  table  record_id  column  value  source  inferred
        e1.a     events  tied    place  baku    a  false
        e1.b     events  tied    place  sochi   b  false
        e2.a     events  both    place  baku    a  false
        e2.b     events  both    place  sochi   b  false
        e3.a     events  clear   place  baku    a  false
        e3.b     events  clear   place  baku    b  false
        e3.r     events  clear   place  sochi   r  false
        e4.a     events  likely  place  baku    a  false
        e4.b     events  likely  place  baku    b  false
        e4.r     events  likely  place  sochi   r  false
        e5.a     events  barred  place  moscow  a  false
        e5.b     events  barred  place  moscow  b  false
        e5.c     events  barred  place  moscow  r  false
        e5.d     events  barred  place  baku    a  false
        e5.e     events  barred  place  baku    b  false
        e5.f     events  barred  place  sochi   r  false
        e6.a     events  bare    place  baku    a  false
        e6.b     events  bare    place  sochi   b  false
        e7.a     events  astray  place  baku    a  false
        e7.b     events  astray  place  sochi   b  false

        decisions:  table   record_id  column  value    verdict  claim_id  rule
        one         events  tied       place   baku     tie      e1.a      day
        two         events  both       place   baku     tie!     e2.a      day
        three       events  both       place   sochi    adopt!   e2.b      day
        four        events  clear      place   baku     adopt!   e3.a      day
        five        events  clear      place   sochi    reject   e3.r      day
        six         events  likely     place   baku     tie!     e4.a      day
        seven       events  likely     place   moscow!  reject   e4.a      day
        eight       events  untold     place   baku!    reject   e4.a      day
        nine        events  barred     place   moscow   reject   e5.a      day
        ten         events  barred     place   baku     adopt!   e5.d      day
        eleven      events  bare       place   baku     tie      -!        day
        twelve      events  astray     place   baku     tie      e1.a!     day
        """,
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_rows_and_the_ledger(case):
    rule, text = OTHERS[case]
    data, wrong = made(text)
    assert named(rule(data)) == wrong
    if rule is ledger.decided:  # of some of the claims: not each decision has its own
        assert not named(rule(data._replace(part=True)))


SAYS = {
    "ordered, whatever is blank between": [
        "before declared, 1994-05-12",
        "before effective, 1994-05-12",
    ],
    "blank where": [
        "must be blank where fate is never_began",
        "must be blank where fate is refused",
    ],
    "blank unless": [
        "must be blank where fate is broken",
        "must be blank where fate is blank",
    ],
    "one value within": [
        "line 2 of the same publisher has 'armenian'",
    ],
    "one value within a year": [
        "line 3 of the same year has '8'",
    ],
    "no value twice": [
        "line 2 has it too",
    ],
    "used by a cell, or by a claim of it or on it": [
        "nothing refers to it",
    ],
    "a sum of others": [
        "ours + theirs is 3",
    ],
    "a total of a year's months and a rest": [
        "all in lines 4 to 5 and rest come to 3",
        "all in lines 6 to 7 and rest come to 3",
    ],
    "months without a gap": [
        "expected 1994-02 after 1994-01",
        "expected 1994-04 after 1994-03",
    ],
    "a flag that says whether two are equal": [
        "first is 'yes', second 'yes'",
        "first is 'yes', second 'no'",
    ],
    "rows of one of two other tables, of a certain sort": [
        "needs participants whose role is party or host, or guests whose sort is late",
    ],
    "told by who wrote after a day": [
        "no source published after effective says it",
    ],
    "one of its format is there": [
        "no actor of it is among its participants",
    ],
    "no name of an actor": [
        "is a name of actors",
    ],
    "nameless beside a named one": [
        "blank beside a row of the same event, actor, role",
    ],
    "no part of itself": [
        "'self' would be a part of itself",
        "'chicken' would be a part of itself",
        "'egg' would be a part of itself",
    ],
    "a whole of a certain sort": [
        "expected one whose kind is state",
    ],
    "ids that are gone": [
        "still stands in events",
        "unknown table 'event'. Did you mean 'events'? "
        "There are: retired, events, documents, actors.",
        "unknown key of events 'nowhere'. There are: a.b, kazan, sochi.",
        "begins with no key of events",
    ],
    "a key twice": [
        "the key stands twice: at line 2 too",
    ],
    "rows in order, under what they belong to": [
        "rows are not sorted by key",
        "'kazan2.new' does not begin with 'kazan'",
        "'sochi.old' does not begin with 'kazan'",
    ],
    "keys of others": [
        "unknown key of places 'kasan'. Did you mean 'kazan'? There are: kazan.",
        "unknown key of events 'five'. There are: four, one, three, two.",
    ],
    "what can be said": [
        "unknown place 'nowhere'. There are: kazan.",
        "unknown city 'kazan'. There are: sochi.",
        "unknown table with claims 'event'. Did you mean 'events'? There are: events, texts.",
        "unknown table with claims 'places'. There are: events, texts.",
        "unknown record of events 'kasan'. Did you mean 'kazan'? There are: kazan.",
        "unknown coded column of events 'title'. Did you mean 'date'? "
        "There are: date, place, city.",
        "unknown coded column of events 'colour'. There are: date, place, city.",
        "says nothing",
        "expected a date in EDTF, such as 1994-05-12, 1994-05 or 1994-05~: "
        "'12.5.1994' is no date in EDTF",
        "unknown place 'sochi'. There are: kazan.",
        "unknown record of places 'kasan'. Did you mean 'kazan'? There are: kazan.",
        "unknown table 'placs'. Did you mean 'places'? "
        "There are: events, places, cities, claims, texts, decisions, readings, crosswalk.",
    ],
    "whose source says nothing of it": [
        "makes no claim on this record at 'p2'",
        "makes no claim on this record without a locator",
        "makes no claim on this record at 'p1'",
        "no claim of it speaks of this record",
    ],
    "decisions": [
        "line 3 decides it too",
        "needless: without it the cell is 'sochi' too",
        "needless: without it the cell is 'baku' too",
        "no claim says it",
        "names no claim to rest on",
        "the claim is on another record",
    ],
}  # by case, what is said of its cells, each once


@pytest.mark.parametrize("case", SAYS)
def test_what_is_wrong_is_said(case):
    asked, text = {**BETWEEN, **OTHERS}[case]
    found = between.columns(made(text, asked)[0]) if case in BETWEEN else asked(made(text)[0])
    assert list(dict.fromkeys(fault.rule for fault in found)) == SAYS[case]
    assert SAYS.keys() == {*BETWEEN, *OTHERS}


KINDS = {
    "integer": (["0", "7", "1994"], ["-1", "-0", "07", "1.5", "٣", "x"]),
    "number": (["39", "-39.82", "0.5"], ["39.", ".5", "+1", "x1", "1,5", "٣"]),
    "boolean": (["true", "false"], ["True", "yes", "1"]),
    "date": (["1992-02-29"], ["1993-02-29", "1994-05", "1994-05-12~", "12.5.1994"]),
    "yearmonth": (["1994-05"], ["1994-13", "1994-5", "1994", "1994-05-12", "1994-22"]),
    "edtf": (["1994-05~", "[1994-05-04..1994-05-09]", "1992-22"], ["May 1994", "1994-13"]),
    "vocabulary": (["held", "broken"], ["brokn", "Held"]),
    "pattern": (["Q1"], ["Q1x", "xQ1", "Q٣"]),
    "string": (["a b", "NA", "٣"], [" a", "a ", "a  b", "a\nb", "a\tb"]),
}
ASKED = {
    "edtf": {"type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF"},
    "vocabulary": {"type": "string", "constraints": {"enum": ["held", "broken"]}},
    "pattern": {"type": "string", "constraints": {"pattern": r"Q\d+"}},
}
SAID = {
    "integer": "expected a whole number, without leading zeros",
    "number": "expected a number, such as 39.82",
    "boolean": "expected true or false",
    "date": "expected a day of the calendar, such as 1994-05-12",
    "yearmonth": "expected a month of the calendar, such as 1994-05",
    "edtf": "such as 1994-05-12, 1994-05 or 1994-05~: 'May 1994' is no date in EDTF",
    "vocabulary": "unknown value 'brokn'. Did you mean 'broken'? There are: held, broken.",
    "pattern": r"expected the form Q\d+",
    "string": "blanks at an end, or doubled, or a line's end",
}  # of the first bad one


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_of_each_kind(kind):
    good, bad = KINDS[kind]
    about = {"name": "one", "description": "", **ASKED.get(kind, {"type": kind})}
    column = Column("made", about)
    assert [value for value in [*good, *bad] if not cells.wrong(column, value)] == good
    for value in good:
        assert not cells.wrong_claim(column, value)
    vague = ["1994-05", "1994-05-12~"] if kind == "date" else []  # which a claim may be
    assert [value for value in bad if not cells.wrong_claim(column, value)] == vague
    assert cells.wrong_claim(column, "") == "says nothing"
    assert SAID[kind] in cells.wrong(column, bad[0])


def test_a_stage_runs_where_those_before_found_nothing_that_counts():
    text = """
        events:  place>places
        one      kasan
        one      kazan

        places:  name
        kazan    Kazan
    """
    data, _ = made(text)
    stages = ((rows.keys,), (rows.references,))
    twice, nowhere = ("events", 3, "events"), ("events", 2, "place")
    assert named(checks.found(data, stages)) == {twice}
    some = checks.found(data, stages, lambda fault: fault.column == "events")
    assert named(some) == {nowhere}  # as where sealing mends a key


def test_a_required_cell_is_never_blank():
    column = Column("made", {"name": "one", "description": "", "type": "string"})
    assert not cells.blank(column)
    column.required = True
    assert cells.blank(column) == "must not be blank"
