"""The database that Towpath brings: made, started and stopped by us, as an ordinary user."""

import os
import signal
from collections.abc import Iterator

import psycopg
import pytest

from practice.machine import binaries, postgres
from practice.machine.account import owner_of
from practice.machine.home import Home
from practice.machine.postgres import Cluster
from practice.machine.terminal import Trouble


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with postgres.throw_away() as running:
        yield running


def test_it_answers_with_the_password_and_only_with_it(cluster):
    with psycopg.connect(cluster.url) as connection:
        assert connection.info.server_version >= 180000

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url.replace(cluster.password, "guessed"))


def test_it_listens_on_no_network(cluster):
    assert cluster.sql("SHOW listen_addresses") == ""


def test_it_does_not_run_as_root(cluster):
    assert owner_of(cluster.data).uid != 0


def test_neither_the_app_nor_the_owner_of_the_tables_is_a_superuser_or_passes_by_row_security(cluster):
    told = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'towpath%' AND NOT (rolsuper OR rolbypassrls)"

    assert cluster.sql(told) == "2"


def test_the_app_makes_no_tables(cluster):
    with pytest.raises(Trouble, match="permission denied for schema public"):
        cluster.sql("CREATE TABLE mine ()", user="towpath", database="towpath")


def test_what_the_app_owned_before_there_were_two_roles_goes_over(cluster):
    cluster.sql("CREATE TABLE older (); ALTER TABLE older OWNER TO towpath", database="towpath")

    cluster.ensure_database()

    assert (
        cluster.sql("SELECT tableowner FROM pg_tables WHERE tablename = 'older'", database="towpath")
        == "towpath_owner"
    )


def test_its_pages_have_checksums(cluster):
    assert cluster.sql("SHOW data_checksums") == "on"


def test_making_what_is_there_changes_nothing(cluster):
    before = cluster.identity

    cluster.make()
    cluster.ensure_database()

    assert cluster.identity == before
    assert not cluster.has_tables()


def test_sql_it_refuses_is_told_in_its_own_words(cluster):
    with pytest.raises(Trouble, match='relation "nowhere" does not exist'):
        cluster.sql("SELECT * FROM nowhere")


def test_a_cluster_outlives_kill_9_of_its_server(open_folder):
    home = Home(open_folder / "home")
    home.prepare()
    own = postgres.of_home(home)
    own.make()
    killed = own.start(home.logs / "database.log")
    own.ensure_database()
    own.sql("CREATE TABLE kept ()", user="towpath_owner", database="towpath")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    again = own.start(home.logs / "database.log")

    assert own.sql("SELECT to_regclass('kept') IS NOT NULL", user="towpath_owner", database="towpath") == "t"
    postgres.stop(again)
    assert not own.pid_file.exists()


def test_a_server_that_does_not_start_says_why(open_folder):
    home = Home(open_folder / "broken")
    home.prepare()
    own = postgres.of_home(home)
    own.make()
    (own.data / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(Trouble, match="no_such_setting"):
        own.start(home.logs / "database.log")


def test_a_path_too_long_for_a_socket_gets_a_short_one(cluster, open_folder):
    deep = Cluster(open_folder / ("deep" * 30), cluster.account, cluster.programs, "a", "b", "c")

    assert len(str(deep.socket)) < 60


def test_the_newest_programs_of_the_wheel_are_taken():
    assert (binaries._in_the_wheel() / "initdb").exists()
