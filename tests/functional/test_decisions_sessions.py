"""What an operator says of a session beside an appointment: it is there already, or it is added."""

import shutil
from pathlib import Path

import pytest
from operator_answers import answer, export, questions, taken
from sample_runs import assert_clear, by_company, day1, findings, reconciled, rows_of

from samples.make import make

pytestmark = pytest.mark.long

COMPANIES = ("C06", "C17")
SESSIONS = "SELECT COUNT(*) FROM UPW_APPOINTMENT WHERE SOFT_DELETED = 0"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which each of two companies forgot one reference (D66). Not to be changed."""
    workspace = tmp_path_factory.mktemp("sessions") / "w"
    exports = ("delius", "spg", "upw")
    make(workspace / "deliveries", companies=COMPANIES, people=40, exports=exports, defects=("D66",))
    day1(workspace, "run")
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def held(workspace: Path) -> dict[str, int]:
    """Company to its sessions that wait."""
    rows = [row["company"] for row in findings(workspace) if row["rule"] == "U20"]
    return {code: rows.count(code) for code in COMPANIES}


def accounts(workspace: Path) -> dict[str, tuple[int, int, int, int]]:
    """Company to its schedule's sessions set aside, written and already there, and differences."""
    found = {}
    for code, company in by_company(reconciled(workspace)).items():
        files = [file for file in company["files"] if "upw" in file["file"].lower()]
        sums = [sum(file[name] for file in files) for name in ("set_aside", "written", "already_there")]
        found[code] = (*sums, len(company["differences"]))
    return found


def test_a_session_is_the_appointment_or_another(workspace: Path) -> None:
    assert held(workspace) == {"C06": 1, "C17": 1}
    before, ((there,),) = accounts(workspace), rows_of(workspace / "target.db", SESSIONS)
    path = export(workspace)
    shown = {one["company"]: one["suggested"] for one in questions(path)["Sessions"]}
    assert all(text.endswith("minutes credited: yes") for text in shown.values())
    choose = {"C06": shown["C06"], "C17": "another"}
    done = answer(path, "done.xlsx", {"Sessions": lambda one: choose[one["company"]]})
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"] * 2
    assert held(workspace) == {"C06": 1, "C17": 1}
    day1(workspace, "run")
    after = accounts(workspace)
    assert held(workspace) == {"C06": 0, "C17": 0}
    assert after["C06"] == moved(before["C06"], written=0, already_there=1)
    assert after["C17"] == moved(before["C17"], written=1, already_there=0)
    assert rows_of(workspace / "target.db", SESSIONS) == [(there + 1,)]
    assert questions(export(workspace)).get("Sessions", []) == []


def moved(before: tuple[int, ...], *, written: int, already_there: int) -> tuple[int, ...]:
    """The account after one row that was set aside has gone there; without a difference."""
    return before[0] - 1, before[1] + written, before[2] + already_there, 0


def test_each_company_may_answer_the_other_way(workspace: Path) -> None:
    before = accounts(workspace)
    path = export(workspace)
    shown = {one["company"]: one["suggested"] for one in questions(path)["Sessions"]}
    choose = {"C06": "another", "C17": shown["C17"].split(":")[0]}
    taken(workspace, answer(path, "done.xlsx", {"Sessions": lambda one: choose[one["company"]]}))
    assert_clear(day1(workspace, "run"), 0)
    after = accounts(workspace)
    assert after["C06"] == moved(before["C06"], written=1, already_there=0)
    assert after["C17"] == moved(before["C17"], written=0, already_there=1)


def test_an_appointment_that_is_not_there_is_no_answer(workspace: Path) -> None:
    path = export(workspace)
    (first, *_) = questions(path)["Sessions"]
    lists = workspace / "decisions"
    lists.mkdir(exist_ok=True)
    line = ",".join([first["company"], first["session_ref"], first["day"], "1,A. Manager,2021-06-20,agreed"])
    (lists / "sessions.csv").write_text(f"company,session_ref,day,answer,who,when,why\n{line}\n", "utf-8")
    day1(workspace, "run")
    assert held(workspace)[first["company"]] == 1
    assert all(account[3] == 0 for account in accounts(workspace).values())
