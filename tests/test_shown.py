"""What users get is as it was last looked at; `shown.py` says what that is of, and takes it."""

import pytest
import shown


def test_the_help_of_every_name_is_as_it_was_last_looked_at():
    found = dict(shown.helped())
    assert {"help kd.load", "help kd.charts.bars", "help kd.studies.seats.presence"} <= {*found}
    shown.assert_as_seen(found)


def test_what_commands_say_of_themselves_is_as_it_was_last_looked_at():
    shown.assert_as_seen(dict(shown.commanded()))


def test_exported_files_are_as_they_were_last_looked_at(tmp_path):
    pytest.importorskip("xlsxwriter")
    found = dict(shown.exported(tmp_path))
    assert b"autoFilter" in found["file .xlsx"]
    shown.assert_as_seen(found)
