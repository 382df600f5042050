//! A folder for one test's server; gone, server and all, when the test ends.

use std::{
    cell::RefCell,
    env, fs,
    io::{self, Write},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{self, Command},
    sync::atomic::{AtomicU32, Ordering},
    thread::{self, JoinHandle},
};

use sqlx::{AssertSqlSafe, Connection, Decode, PgConnection, Postgres, Type};

pub struct Place {
    base: PathBuf,
    also: RefCell<Vec<PathBuf>>,
}

impl Place {
    pub fn new() -> Self {
        Self::named("")
    }

    /// Under the folder for passing things, where every user can walk.
    pub fn named(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let base = env::temp_dir().join(format!("evenhand-test-{}-{count}{name}", process::id()));
        fs::create_dir(&base).expect("the folder is new");
        fs::set_permissions(&base, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
        Self { base: fs::canonicalize(base).expect("the folder is there"), also: RefCell::default() }
    }

    pub fn base(&self) -> &Path {
        &self.base
    }

    pub fn remove_too(&self, folder: &str) {
        self.also.borrow_mut().push(folder.into());
    }

    pub fn give_to_nobody(&self) {
        chown(&self.base, Some(id("-u", "nobody")), Some(id("-g", "nobody"))).expect("root may");
    }

    pub fn server_pid(&self) -> u32 {
        server_pid(&self.base).expect("a server is running")
    }

    pub fn kill_server(&self) {
        signal("-KILL", self.server_pid());
    }

    /// As a server would that was killed while its number was this.
    pub fn leave_pid_file(&self, pid: u32) {
        let data = self.base.join("postgres").display().to_string();
        let socket = self.base.join("run").display().to_string();
        let text = format!("{pid}\n{data}\n1700000000\n5432\n{socket}\n\n  1 1\nready   \n");
        fs::write(self.base.join("postgres/postmaster.pid"), text).expect("root or the owner may");
        let owner = owner(&self.base.join("postgres"));
        chown(self.base.join("postgres/postmaster.pid"), Some(owner.0), Some(owner.1)).expect("root or the owner may");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for folder in self.also.borrow().iter().chain([&self.base]) {
            if let Some(pid) = server_pid(folder) {
                signal("-QUIT", pid);
            }
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Said past the test harness, which would keep it to itself.
pub fn left_out(why: &str) {
    let _ = writeln!(io::stderr(), "LEFT OUT: {why}");
}

pub fn is_root() -> bool {
    id("-u", "") == 0
}

pub fn id(which: &str, name: &str) -> u32 {
    let args = [which, name];
    let args = args.iter().filter(|arg| !arg.is_empty());
    let out = Command::new("id").args(args).output().expect("every system has id");
    String::from_utf8_lossy(&out.stdout).trim().parse().expect("a number")
}

pub fn owner(path: &Path) -> (u32, u32) {
    let found = fs::metadata(path).expect("it is there");
    (found.uid(), found.gid())
}

/// The one value that a query answers.
pub fn ask<T>(url: &str, query: &str) -> T
where
    T: for<'r> Decode<'r, Postgres> + Type<Postgres> + Send + Unpin,
{
    with(url, async |connection| {
        sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(connection).await.expect("the query is answered")
    })
}

pub fn tell(url: &str, command: &str) {
    with(url, async |connection| {
        sqlx::raw_sql(AssertSqlSafe(command.to_owned())).execute(connection).await.expect("the command is done");
    });
}

/// A query that runs on for a while without looking whether its server is still there.
pub fn keep_busy(url: &str) -> JoinHandle<()> {
    let query = "select sum(n) from generate_series(1, 5000000) n";
    let (url, watched) = (url.to_owned(), url.to_owned());
    let busy = thread::spawn(move || tell(&url, query));
    while !ask::<bool>(&watched, &format!("select exists (select from pg_stat_activity where state = 'active' and query = '{query}')")) {}
    busy
}

fn with<T>(url: &str, act: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be had");
    runtime.block_on(async {
        let mut connection = PgConnection::connect(url).await.expect("the server answers");
        let answer = act(&mut connection).await;
        connection.close().await.expect("the connection closes");
        answer
    })
}

fn server_pid(base: &Path) -> Option<u32> {
    let file = fs::read_to_string(base.join("postgres/postmaster.pid")).ok()?;
    file.lines().next()?.trim().parse().ok()
}

fn signal(signal: &str, pid: u32) {
    let done = Command::new("sh").arg("-c").arg(format!("kill {signal} {pid} 2>/dev/null")).status();
    done.expect("every system has a shell");
}
