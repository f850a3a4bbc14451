import pytest

import sekisho
from sekisho.core.guidance.library import load_guide

HEAD = 'id = "mine"\nversion = "1"\nextends = "standard"\n[title]\nja = "自社"\nen = "Mine"\n'


def pack(folder, **files):
    own = folder / "mine"
    (own / "guidance").mkdir(parents=True)
    (own / "pack.toml").write_text(HEAD)
    for name, text in files.items():
        (own / "guidance" / f"{name}.toml").write_text(text)
    return own


def test_a_pack_without_guidance_has_that_of_the_pack_it_extends(tmp_path):
    assert load_guide(pack(tmp_path)).refusals.keys() == load_guide().refusals.keys()


def test_a_pack_may_put_one_sentence_in_its_own_words(tmp_path):
    own = pack(tmp_path, refusals='[first.say]\nja = "{site}でお願いします。"\n')
    assert sekisho.refusal("first", "lancers", pack=own).text("ja") == "ランサーズでお願いします。"
    assert sekisho.refusal("first", pack=own).text("en") == sekisho.refusal("first").text("en")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("refusals", '[first.say]\nja = "{sight}で"\n', "unknown placeholder"),
        ("refusals", '[thrid]\norigin = "ours"\n', "unknown name"),
        ("reactions", '[silent]\nsign = "ugly"\n', "cannot be"),
        ("points", '[police]\nphone = "one one nine"\n', "no telephone number"),
        ("points", '[police]\nurl = "http://example.jp"\n', "https://"),
        ("points", '[police]\nchecked = "last week"\n', "no month"),
        ("exposure", '[kind.bank]\nsteps = ["run"]\npoints = []\n', "there is no step"),
        ("exposure", '[kind.bank]\npoints = ["grandma"]\n', "there is no consultation point"),
        ("risks", "unpaid = 3\n", "must be a table"),
        ("sites", "here = [\n", "not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path, name, text, told):
    with pytest.raises(sekisho.PackError) as caught:
        load_guide(pack(tmp_path, **{name: text}))
    assert told in str(caught.value)
    assert f"{name}.toml" in str(caught.value)


def test_guidance_does_not_change_what_a_pack_judges(tmp_path):
    from sekisho.core.detection.library import pack_digest

    own = pack(tmp_path)
    before = pack_digest(own)
    (own / "guidance" / "sites.toml").write_text('[ours]\nja = "うち"\nen = "Ours"\n')
    assert pack_digest(own) == before
