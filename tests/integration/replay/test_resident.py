"""`bosai replay --resident` tells a story as one resident would hear it."""

from click.testing import CliRunner

from bosai.cli import main


def refused(*words):
    done = CliRunner().invoke(main, ["replay", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


def test_an_unknown_district_is_refused_with_one_that_there_is():
    said = refused("--drill", "storm", "--resident", "月町")
    assert "月町" in said
    assert "赤井一丁目" in said


def test_a_story_for_people_is_no_json():
    assert "--json" in refused("--drill", "storm", "--resident", "赤井一丁目", "--json")
