"""What is asked of the studies of every module: the types of any part, and a word's nearest."""

import pytest


def of_parts(studies):
    """A test of each: of any part it has the types of the whole, and tells of nothing else."""

    @pytest.mark.parametrize("name", studies)
    def test(name, typed_as_the_whole):
        typed_as_the_whole(studies[name])

    return test


def refused(wrong):
    """A test of each call: it is refused with these words."""

    @pytest.mark.parametrize("says", wrong)
    def test(says):
        with pytest.raises(ValueError, match=says):
            wrong[says]()

    return test
