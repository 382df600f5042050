//! One server: made, started, found out about, stopped.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::{fs::DirBuilderExt, net::UnixStream},
    path::{Path, PathBuf},
    process::{self, Child, Command},
    thread,
    time::Duration,
};

use super::{Durability, LocalError, Place, Search};

const TICK: Duration = Duration::from_millis(5);
const TICKS_IN_TWO_MINUTES: u32 = 24_000;
const TICKS_IN_TEN_SECONDS: u32 = 2_000;

/// How the server of a folder is.
#[derive(Debug)]
pub(super) enum State {
    Gone,
    /// Getting up or going down.
    Busy,
    Ready {
        socket: PathBuf,
    },
}

/// How the server is once it has finished getting up or going down.
pub(super) fn settled(place: &Place) -> Result<State, LocalError> {
    for _ in 0..TICKS_IN_TWO_MINUTES {
        match state(&place.data) {
            State::Busy => thread::sleep(TICK),
            settled => return Ok(settled),
        }
    }
    Err(LocalError::NotReady { log: place.log.clone() })
}

/// Makes the data where there is none, and starts the server on it.
pub(super) fn bring_up(place: &Place, durability: Durability, search: &Search) -> Result<(PathBuf, Child), LocalError> {
    let programs = if place.data.join("PG_VERSION").exists() {
        search.for_data(&place.data)?
    } else {
        let programs = search.for_new_data()?;
        make_data(place, &programs, durability)?;
        programs
    };
    let socket = place.make_socket_folder()?;
    for _ in 0..TICKS_IN_TEN_SECONDS {
        match start(place, &programs, &socket, durability) {
            // What a killed server was doing may take a moment to notice and end; until then its memory is in use.
            Err(LocalError::Stopped { said, .. }) if said.contains("still in use") => thread::sleep(TICK),
            started => return started.map(|child| (socket, child)),
        }
    }
    start(place, &programs, &socket, durability).map(|child| (socket, child))
}

pub(super) fn shut_down(place: &Place, search: &Search) -> Result<(), LocalError> {
    let programs = search.for_data(&place.data)?;
    let mut stop = place.run_as.command(&programs.join("pg_ctl"), &place.data);
    stop.args(["stop", "-m", "fast", "-w", "-s", "-t", "120", "-D"]).arg(&place.data);
    run(stop, "pg_ctl stop")
}

/// Makes the data beside its place and moves it there whole: a start that is killed leaves nothing half-made behind.
fn make_data(place: &Place, programs: &Path, durability: Durability) -> Result<(), LocalError> {
    clear_half_made(&place.base);
    let new = place.base.join(format!("postgres.new.{}", process::id()));
    fs::DirBuilder::new().mode(0o700).create(&new).map_err(LocalError::folder(&new))?;
    place.run_as.give(&new).map_err(LocalError::folder(&new))?;
    let mut made = Ok(());
    for locale in ["--locale=C.UTF-8", "--locale=en_US.UTF-8", "--locale=C"] {
        let mut initdb = place.run_as.command(&programs.join("initdb"), &new);
        // Whoever can open the socket's folder is trusted; nobody else can, and there is no other way in.
        initdb.arg("-D").arg(&new).args(["-U", "postgres", "-E", "UTF8", "-A", "trust", locale]);
        if durability == Durability::Fast {
            initdb.arg("--no-sync");
        }
        made = run(initdb, "initdb");
        if made.is_ok() {
            break;
        }
    }
    made?;
    fs::rename(&new, &place.data).map_err(LocalError::folder(&place.data))
}

fn clear_half_made(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("postgres.new.") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn start(place: &Place, programs: &Path, socket: &Path, durability: Durability) -> Result<Child, LocalError> {
    let (log, log_start) = open_log(place).map_err(LocalError::folder(&place.log))?;
    let mut postgres = place.run_as.command(&programs.join("postgres"), &place.data);
    postgres.arg("-D").arg(&place.data).arg("-k").arg(socket).args(["-c", "listen_addresses=", "-c", "port=5432"]);
    for setting in settings(durability) {
        postgres.args(["-c", setting]);
    }
    // A pid file left behind names a number that is nobody's, a zombie's, or by now somebody else's: Postgres would take
    // the latter two for a live server. Told that the number is its own ancestor, it knows better, and nothing is deleted.
    if let Some(left_behind) = pid_file(&place.data) {
        postgres.env("PG_GRANDPARENT_PID", left_behind.pid.to_string());
    }
    let err = log.try_clone().map_err(LocalError::folder(&place.log))?;
    let mut child =
        postgres.stdout(log).stderr(err).spawn().map_err(|e| LocalError::Program { program: "postgres", said: e.to_string() })?;
    for _ in 0..TICKS_IN_TWO_MINUTES {
        if matches!(state(&place.data), State::Ready { .. }) && pid_file(&place.data).is_some_and(|f| f.pid == child.id()) {
            return Ok(child);
        }
        if let Ok(Some(_)) = child.try_wait() {
            let said = fs::read(&place.log).unwrap_or_default();
            let said = String::from_utf8_lossy(said.get(log_start..).unwrap_or_default()).trim().to_owned();
            return Err(LocalError::Stopped { log: place.log.clone(), said });
        }
        thread::sleep(TICK);
    }
    Err(LocalError::NotReady { log: place.log.clone() })
}

fn settings(durability: Durability) -> &'static [&'static str] {
    match durability {
        Durability::Safe => &["max_connections=100"],
        Durability::Fast => &[
            "max_connections=300",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
        ],
    }
}

/// The log, and where this start's part of it begins.
fn open_log(place: &Place) -> std::io::Result<(File, usize)> {
    let log = OpenOptions::new().create(true).append(true).open(&place.log)?;
    place.run_as.give(&place.log)?;
    let length = log.metadata()?.len();
    Ok((log, usize::try_from(length).unwrap_or(usize::MAX)))
}

fn state(data: &Path) -> State {
    let Some(file) = pid_file(data).filter(|file| is_server(file.pid, data)) else {
        return State::Gone;
    };
    if file.ready && UnixStream::connect(file.socket.join(".s.PGSQL.5432")).is_ok() {
        return State::Ready { socket: file.socket };
    }
    State::Busy
}

/// What a server writes about itself into its data.
struct PidFile {
    pid: u32,
    socket: PathBuf,
    ready: bool,
}

fn pid_file(data: &Path) -> Option<PidFile> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    Some(PidFile {
        pid: lines.first()?.parse().ok()?,
        socket: lines.get(4).copied().unwrap_or_default().into(),
        ready: lines.get(7) == Some(&"ready"),
    })
}

/// Whether this number is the server of this data, alive. A zombie is not: where nobody reaps them it would stay for ever.
fn is_server(pid: u32, data: &Path) -> bool {
    if !Path::new("/proc/self/stat").exists() {
        return is_postgres_by_ps(pid);
    }
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let Some((_, after_name)) = stat.split_once("(postgres) ") else {
        return false;
    };
    // A server works in its data; where we may not see that, being a live Postgres is enough.
    !after_name.starts_with('Z') && fs::read_link(format!("/proc/{pid}/cwd")).map_or(true, |folder| folder == data)
}

fn is_postgres_by_ps(pid: u32) -> bool {
    let Ok(out) = Command::new("ps").args(["-o", "stat=,comm=", "-p", &pid.to_string()]).output() else {
        return true;
    };
    let said = String::from_utf8_lossy(&out.stdout);
    !said.trim().starts_with('Z') && said.contains("postgres")
}

fn run(mut command: Command, program: &'static str) -> Result<(), LocalError> {
    let failed = |said: String| LocalError::Program { program, said };
    let out = command.output().map_err(|e| failed(e.to_string()))?;
    if out.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&out.stderr).trim().to_owned()))
}
