"""The tables as they stand in the files, line numbers kept."""

import pytest

from karabakh_data.descriptor import resources
from karabakh_data.integrity import read_table


@pytest.fixture(scope="session")
def files():
    """Every table's rows with their line numbers, whatever the fingerprints say."""
    return {table: read_table(table) for table in resources()}
