"""What is asked of the studies of every module: the types of any part, and a word's nearest."""

import pytest
import shown


def of_parts(studies):
    """A test of each: of any part it has the types of the whole, and tells of nothing else.

    What it answers on the whole is as it was last looked at.
    """

    @pytest.mark.parametrize("name", studies)
    def test(name, typed_as_the_whole, request):
        whole = typed_as_the_whole(studies[name])
        shown.assert_as_seen({shown.named(request.module.__name__, name): shown.answer(whole)})

    return test


def refused(wrong):
    """A test of each call: it is refused with these words."""

    @pytest.mark.parametrize("says", wrong)
    def test(says):
        with pytest.raises(ValueError, match=says):
            wrong[says]()

    return test
