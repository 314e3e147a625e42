import hashlib
import sys
from dataclasses import replace

import pytest

from tests.bench import analysis
from tests.bench.analysis import Outcome, Rates, contest
from tests.bench.contestant import ContestantError, started
from tests.bench.peers import NoPeersError, peers_python
from tests.bench.texts import corpus_texts


def rates(*first):
    return Rates(version="1", first=first, again=(), share=1.0)


def test_ratios_are_taken_round_by_round():
    done = Outcome(rates={"frontdoor": rates(100.0, 90.0), "presidio": rates(5.0, 9.0)}, missing={})
    assert done.ratios == {"frontdoor / presidio": (20.0, 10.0)}


def test_without_us_there_are_no_ratios():
    assert Outcome(rates={"presidio": rates(5.0)}, missing={"frontdoor": "it broke"}).ratios == {}


def test_contestants_that_run_are_measured_beside_one_that_cannot(monkeypatch, tmp_path, capsys):
    def offline():
        raise NoPeersError("their environment cannot be made; is there a network?")

    (tmp_path / "broken.py").write_text("raise SystemExit('it needs something else')")
    monkeypatch.setattr(analysis, "peers_python", offline)
    monkeypatch.setattr(analysis, "WARM_UP_SECONDS", 0.01)
    scripts = {name: script for name, script in analysis.SCRIPTS.items() if name != "spacy tokenizer"}
    monkeypatch.setattr(analysis, "SCRIPTS", scripts | {"broken": str(tmp_path / "broken.py")})
    texts = corpus_texts(20)
    done = contest(replace(texts, warming=texts.warming[:20]), rounds=2, seconds=0.05)
    assert set(done.rates) == {"frontdoor", "regex list"}
    assert all(rate > 0 for one in done.rates.values() for rate in (*one.first, *one.again))
    assert [len(ratios) for ratios in done.ratios.values()] == [2]
    analysis._print(done)
    printed = capsys.readouterr().out
    assert "presidio" in printed
    assert "is there a network?" in printed
    assert "it needs something else" in printed


def test_a_contestant_that_ends_before_its_time_is_not_waited_for(tmp_path):
    (tmp_path / "short.py").write_text("print('{\"ready\": \"1\"}'); input(); raise SystemExit('no more')")
    with started(sys.executable, str(tmp_path / "short.py"), tmp_path) as contestant:
        assert contestant.version() == "1"
        with pytest.raises(ContestantError, match="no more"):
            contestant.read(range(5), seconds=0)


def test_an_environment_that_cannot_be_made_says_so_and_is_tried_again(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    lock = tmp_path / "peers.lock"
    lock.write_text(f"no-such-peer==1.0 --hash=sha256:{hashlib.sha256(b'').hexdigest()}\n")
    with pytest.raises(NoPeersError, match=r"is there a network\?.*no-such-peer"):
        peers_python(tmp_path / "peers", lock=lock)
    lock.write_text("")
    assert peers_python(tmp_path / "peers", lock=lock).exists()


def test_an_environment_is_made_once_and_again_when_its_lock_changes(tmp_path, capfd):
    lock = tmp_path / "peers.lock"
    said = []
    for text in ("", "", "# another\n"):
        lock.write_text(text)
        assert peers_python(tmp_path / "peers", lock=lock).exists()
        said.append(capfd.readouterr().err.count("installing"))
    assert said == [1, 0, 1]
