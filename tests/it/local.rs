//! The Postgres the program brings along, and what may befall it.

mod place;
mod program;

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    thread,
};

use evenhand::local::{self, Durability, LocalError, Search};
use place::{Place, ask, tell};
use program::{Program, Sleeper};

#[test]
fn from_nothing_comes_a_server_that_only_its_folder_leads_to() {
    let place = Place::new();
    fs::create_dir(place.base().join("postgres.new.1")).expect("a start that was killed left this");

    let server = local::start(place.base(), Durability::Safe).expect("it starts");
    let url = server.url("postgres", "postgres");
    let setting = |name: &str| ask::<String>(&url, &format!("select current_setting('{name}')"));
    assert!(!server.adopted());
    assert_eq!(server.note(), None);
    assert_eq!(setting("listen_addresses"), "");
    assert_eq!(setting("server_encoding"), "UTF8");
    assert_eq!(setting("fsync"), "on");
    assert_eq!(setting("synchronous_commit"), "on");
    let socket = fs::metadata(place.base().join("run")).expect("the socket's folder is there");
    assert_eq!(socket.permissions().mode() & 0o777, 0o700);
    assert!(!place.base().join("postgres.new.1").exists());

    assert!(server.stop().expect("it stops"));
    assert!(!place.base().join("postgres/postmaster.pid").exists());
}

#[test]
fn a_second_start_keeps_the_data() {
    let place = Place::new();
    let server = local::start(place.base(), Durability::Fast).expect("it starts");
    tell(&server.url("postgres", "postgres"), "create table letter as select 7 as number");
    server.stop().expect("it stops");

    let server = local::start(place.base(), Durability::Fast).expect("it starts again");
    assert!(!server.adopted());
    assert_eq!(ask::<i32>(&server.url("postgres", "postgres"), "select number from letter"), 7);
    server.stop().expect("it stops");
}

#[test]
fn a_program_that_is_killed_leaves_its_server_to_the_next() {
    let place = Place::new();
    let program = Program::start(place.base());
    tell(program.url(), "create table letter as select 7 as number");
    program.kill();

    let server = local::start(place.base(), Durability::Fast).expect("it is taken over");
    assert!(server.adopted());
    assert_eq!(ask::<i32>(&server.url("postgres", "postgres"), "select number from letter"), 7);
    assert!(server.stop().expect("it stops"));
}

#[test]
fn two_programs_share_a_server_and_the_last_one_out_stops_it() {
    let place = Place::new();
    let program = Program::start(place.base());
    let server = local::start(place.base(), Durability::Fast).expect("it is shared");
    let url = server.url("postgres", "postgres");
    assert!(server.adopted());

    assert!(!server.stop().expect("it is left"));
    assert_eq!(ask::<i32>(&url, "select 7"), 7);

    program.finish();
    assert!(!place.base().join("postgres/postmaster.pid").exists());
}

#[test]
fn two_programs_starting_at_once_from_nothing_make_one_server() {
    let place = Place::new();
    let starts = [(); 2].map(|()| {
        let base = place.base().to_owned();
        thread::spawn(move || local::start(&base, Durability::Fast).expect("it starts"))
    });
    let servers = starts.map(|start| start.join().expect("a start does not panic"));
    assert_eq!(servers.iter().filter(|server| server.adopted()).count(), 1);
    let stopped = servers.map(|server| server.stop().expect("it stops"));
    assert_eq!(stopped, [false, true]);
}

#[test]
fn what_was_committed_survives_the_server_being_killed() {
    let place = Place::new();
    let killed = local::start(place.base(), Durability::Safe).expect("it starts");
    tell(&killed.url("postgres", "postgres"), "create table letter as select 7 as number");
    let at_work = place::keep_busy(&killed.url("postgres", "postgres"));
    place.kill_server();

    let server = local::start(place.base(), Durability::Safe).expect("it starts again");
    assert!(!server.adopted());
    assert_eq!(ask::<i32>(&server.url("postgres", "postgres"), "select number from letter"), 7);
    drop(killed);
    let _ = at_work.join();
    assert!(server.stop().expect("it stops"));
}

#[test]
fn a_pid_file_left_behind_does_not_block_a_start() {
    let (place, other) = (Place::new(), Place::new());
    local::start(place.base(), Durability::Fast).expect("it starts").stop().expect("it stops");
    let another_server = local::start(other.base(), Durability::Fast).expect("another starts");
    let owner = fs::metadata(place.base().join("postgres")).expect("the data is there").uid();
    let (sleeper, zombie) = (Sleeper::start(owner), Sleeper::start_and_end(owner));
    let nobodys = 4_194_305; // one more than Linux ever gives

    for left_behind in [nobodys, sleeper.pid(), zombie.pid(), other.server_pid()] {
        place.leave_pid_file(left_behind);
        let server = local::start(place.base(), Durability::Fast).expect("it starts all the same");
        assert!(!server.adopted());
        assert!(server.stop().expect("it stops"));
    }
    another_server.stop().expect("it stops");
}

#[test]
fn a_path_too_long_for_a_socket_has_its_socket_elsewhere() {
    let place = Place::named(&"a-long-name,".repeat(9));
    let server = local::start(place.base(), Durability::Fast).expect("it starts");
    let url = server.url("postgres", "postgres");
    let (_, socket) = url.split_once("?host=").expect("it names the socket's folder");
    let socket = socket.replace("%2F", "/");
    place.remove_too(&socket);
    assert_eq!(Path::new(&socket).parent(), Some(Path::new("/tmp")));
    assert_eq!(ask::<i32>(&url, "select 7"), 7);
    server.stop().expect("it stops");
}

#[test]
fn as_root_data_that_the_database_could_not_reach_goes_where_it_can_and_the_program_says_so() {
    if !place::is_root() {
        place::left_out("only root can put the data where its database cannot go, and this is not root.");
        return;
    }
    let place = Place::new();
    fs::set_permissions(place.base(), fs::Permissions::from_mode(0o700)).expect("it is closed");
    let inner = place.base().join("data");
    for kept in [false, true] {
        let server = local::start(&inner, Durability::Fast).expect("it starts");
        let note = server.note().expect("it says where the data went").to_owned();
        let elsewhere = note.split(' ').next_back().expect("a folder").trim_end_matches('.');
        place.remove_too(elsewhere);
        assert!(note.contains("the data is kept in /var/lib/evenhand/"), "{note}");
        let url = server.url("postgres", "postgres");
        assert_eq!(ask::<bool>(&url, "select to_regclass('letter') is not null"), kept);
        tell(&url, "create table if not exists letter (number integer)");
        server.stop().expect("it stops");
    }
}

#[test]
fn root_and_the_owner_of_the_data_take_turns() {
    if !place::is_root() {
        place::left_out("only root can take turns with another user, and this is not root.");
        return;
    }
    let place = Place::new();
    place.give_to_nobody();
    Program::start_as_nobody(place.base()).finish();
    let server = local::start(place.base(), Durability::Fast).expect("root starts it");
    server.stop().expect("it stops");
    Program::start_as_nobody(place.base()).finish();
}

#[test]
fn an_ordinary_user_is_served_as_root_is() {
    if !place::is_root() {
        place::left_out("this is an ordinary user already, so every other test here shows it.");
        return;
    }
    program::run_test_as_nobody("local::from_nothing_comes_a_server_that_only_its_folder_leads_to");
    program::run_test_as_nobody("local::a_program_that_is_killed_leaves_its_server_to_the_next");
}

#[test]
fn without_the_programs_one_sentence_says_what_to_do() {
    let place = Place::new();
    let error = local::start_with(place.base(), Durability::Fast, Search::among(vec![])).expect_err("there are none");
    let LocalError::NoPrograms { install } = &error else { panic!("{error}") };
    assert!(install.contains("postgresql"));
    assert_eq!(
        error.to_string(),
        format!(
            "No Postgres programs (14 or newer) were found. Install them with `{install}`, or run `docker compose up`, \
             or set DATABASE_URL to a Postgres server."
        )
    );
}

#[test]
fn a_folder_that_was_named_must_hold_the_programs() {
    let place = Place::new();
    let search = Search::only(place.base().to_owned());
    let error = local::start_with(place.base(), Durability::Fast, search).expect_err("it holds none");
    let there = place.base().display();
    assert_eq!(
        error.to_string(),
        format!(
            "EVENHAND_PG_BIN is {there}, which does not hold postgres, initdb and pg_ctl of version 14 or newer. \
             Correct it, or leave it out."
        )
    );
}

#[test]
fn data_of_a_version_that_is_not_here_is_left_alone() {
    let place = Place::new();
    fs::create_dir(place.base().join("postgres")).expect("data of another time");
    fs::write(place.base().join("postgres/PG_VERSION"), "13\n").expect("data of another time");
    let error = local::start(place.base(), Durability::Fast).expect_err("13 is too old");
    let LocalError::OtherVersion { written_by, .. } = &error else { panic!("{error}") };
    assert_eq!(written_by, "13");
}
