//! The Postgres the program brings along when no `DATABASE_URL` is given.
//!
//! It listens on a private socket folder and nowhere else, so it can neither meet nor be met by somebody else's server.
//! It outlives a program that is killed: the next start takes it over. Knows no table and no noun.

use std::{
    fmt::Write as _,
    fs, io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Child,
};

mod find;
mod lock;
mod server;
mod user;

pub use find::Search;
use lock::Users;
use server::State;
use user::RunAs;

/// How much a commit is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What is committed survives a crash and a power cut.
    Safe,
    /// Nothing waits for the disk: for tests, whose data nobody misses.
    Fast,
}

/// Why there is no database, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    #[error(
        "No Postgres programs (14 or newer) were found. Install them with `{install}`, or run `docker compose up`, or set DATABASE_URL to a Postgres server."
    )]
    NoPrograms { install: String },
    #[error("EVENHAND_PG_BIN is {}, which does not hold postgres, initdb and pg_ctl of version 14 or newer. Correct it, or leave it out.", .0.display())]
    NoProgramsThere(PathBuf),
    #[error("The data in {} was written by Postgres {written_by}, and this machine has {found}. Install Postgres {written_by}, or set EVENHAND_DATA to another folder to begin anew.", data.display())]
    OtherVersion { data: PathBuf, written_by: String, found: String },
    #[error(
        "Postgres cannot run as root, and this system has neither a user 'postgres' nor a user 'nobody'. Start the program as an ordinary user."
    )]
    NoUser,
    #[error("{} cannot be used for the database: {why}. Set EVENHAND_DATA to a folder that can.", path.display())]
    Folder { path: PathBuf, why: io::Error },
    #[error("{} belongs to somebody else, and the database needs it for its socket. Remove it, or set EVENHAND_DATA to a folder with a shorter path.", .0.display())]
    SocketFolder(PathBuf),
    #[error("{program} did not do its work: {said}")]
    Program { program: &'static str, said: String },
    #[error("Postgres stopped as soon as it was started. {} says: {said}", log.display())]
    Stopped { log: PathBuf, said: String },
    #[error("Postgres was not ready after two minutes. {} says why; then try again.", log.display())]
    NotReady { log: PathBuf },
}

impl LocalError {
    fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |why| Self::Folder { path: path.into(), why }
    }
}

/// A running server that is ours to use, and ours to stop when nobody else uses it.
#[derive(Debug)]
pub struct Local {
    place: Place,
    search: Search,
    socket: PathBuf,
    users: Users,
    child: Option<Child>,
    note: Option<String>,
}

/// Starts the server of this folder, or joins it where it runs already.
pub fn start(base: &Path, durability: Durability) -> Result<Local, LocalError> {
    start_with(base, durability, Search::this_machine())
}

/// As [`start`], with the programs to be found as the caller says.
pub fn start_with(base: &Path, durability: Durability, search: Search) -> Result<Local, LocalError> {
    let (place, note) = Place::choose(base)?;
    let gate = lock::gate(&place.base)?;
    let users = Users::join(&place.base)?;
    let (socket, child) = match server::settled(&place)? {
        State::Ready { socket } => (socket, None),
        State::Busy | State::Gone => {
            let (socket, child) = server::bring_up(&place, durability, &search)?;
            (socket, Some(child))
        }
    };
    drop(gate);
    Ok(Local { place, search, socket, users, child, note })
}

impl Local {
    /// The address of one database of this server, as one role.
    pub fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{}@localhost/{}?host={}", encoded(role), encoded(database), encoded(&self.socket.to_string_lossy()))
    }

    /// Whether the server ran already when we came.
    pub fn adopted(&self) -> bool {
        self.child.is_none()
    }

    /// What whoever started the program should know: that the data is kept elsewhere.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Leaves the server, and stops it when nobody else uses it. Says whether it is down.
    pub fn stop(self) -> Result<bool, LocalError> {
        let _gate = lock::gate(&self.place.base)?;
        if !self.users.leave_as_the_last()? {
            return Ok(false);
        }
        if let State::Ready { .. } = server::settled(&self.place)? {
            server::shut_down(&self.place, &self.search)?;
        }
        if let Some(mut child) = self.child {
            child.wait().map_err(LocalError::folder(&self.place.data))?;
        }
        Ok(true)
    }
}

/// Where everything of one server is, and who it runs as.
#[derive(Debug)]
struct Place {
    base: PathBuf,
    data: PathBuf,
    log: PathBuf,
    run_as: RunAs,
}

/// What the database's user cannot reach goes here, by a name made from the folder that was asked for.
const ELSEWHERE: &str = "/var/lib/evenhand";

/// A socket's path may have 103 bytes on some systems, its name included.
const LONGEST_SOCKET_FOLDER: usize = 85;

impl Place {
    fn choose(asked: &Path) -> Result<(Self, Option<String>), LocalError> {
        fs::create_dir_all(asked).map_err(LocalError::folder(asked))?;
        let base = fs::canonicalize(asked).map_err(LocalError::folder(asked))?;
        let run_as = RunAs::for_data(&base.join("postgres"))?;
        let elsewhere = Path::new(ELSEWHERE).join(fingerprint(&base));
        let moved_before = run_as != RunAs::Ourselves && !base.join("postgres").exists() && elsewhere.join("postgres").exists();
        if run_as.reaches(&base) && !moved_before {
            return Ok((Self::at(base, run_as), None));
        }
        fs::create_dir_all(&elsewhere).map_err(LocalError::folder(&elsewhere))?;
        let run_as = RunAs::for_data(&elsewhere.join("postgres"))?;
        let note = format!(
            "Postgres does not run as root, and its own user cannot reach {}: the data is kept in {}.",
            base.display(),
            elsewhere.display()
        );
        Ok((Self::at(elsewhere, run_as), Some(note)))
    }

    fn at(base: PathBuf, run_as: RunAs) -> Self {
        Self { data: base.join("postgres"), log: base.join("postgres.log"), base, run_as }
    }

    /// The folder of the socket, closed to everybody but the database's user. Its mode is the server's only guard.
    fn make_socket_folder(&self) -> Result<PathBuf, LocalError> {
        let mut folder = self.base.join("run");
        let path = folder.as_os_str().as_encoded_bytes();
        // Postgres reads a list of folders here: a comma or a quote would be taken for punctuation.
        if path.len() > LONGEST_SOCKET_FOLDER || path.contains(&b',') || path.contains(&b'"') {
            folder = Path::new("/tmp").join(format!("evenhand-{}", fingerprint(&self.base)));
        }
        match fs::DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => self.run_as.give(&folder).map_err(LocalError::folder(&folder))?,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => self.check_socket_folder(&folder)?,
            Err(e) => return Err(LocalError::folder(&folder)(e)),
        }
        Ok(folder)
    }

    /// In a folder that everybody may write to, a name that is taken may be a trap: a link, or another user's folder.
    fn check_socket_folder(&self, folder: &Path) -> Result<(), LocalError> {
        let found = fs::symlink_metadata(folder).map_err(LocalError::folder(folder))?;
        let ours = found.is_dir() && self.run_as.owns(found.uid());
        if !ours || fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).is_err() {
            return Err(LocalError::SocketFolder(folder.into()));
        }
        self.run_as.give(folder).map_err(LocalError::folder(folder))
    }
}

/// The same few letters for the same path, today and after any upgrade (FNV-1a).
fn fingerprint(path: &Path) -> String {
    let hash = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
