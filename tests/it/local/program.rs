//! Other programs: this test program again, started to use a server, and ones that only sleep.

use std::{
    env, fs,
    io::{BufRead, BufReader, Lines, Read},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{self, Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use evenhand::local::{self, Durability};

use super::place::{id, is_root};

const BASE: &str = "EVENHAND_TEST_BASE";

/// Another program that uses a server, until it is told to finish or is killed.
pub struct Program {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Program {
    pub fn start(base: &Path) -> Self {
        Self::run(Command::new(env::current_exe().expect("a program knows itself")), base)
    }

    pub fn start_as_nobody(base: &Path) -> Self {
        Self::run(Copy::make().as_nobody(), base)
    }

    fn run(mut program: Command, base: &Path) -> Self {
        program.args(["--exact", "local::program::uses_a_server", "--nocapture"]);
        program.env(BASE, base).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = once_it_is_free(|| program.spawn());
        let mut said = BufReader::new(child.stdout.take().expect("it can be heard")).lines();
        let url = said.by_ref().map_while(Result::ok).find_map(|line| line.find("postgres://").map(|at| line[at..].to_owned()));
        Self { child, said, url: url.expect("it says where its server is") }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Its input ends, so it stops its server.
    pub fn finish(mut self) {
        drop(self.child.stdin.take());
        self.said.by_ref().for_each(drop);
        assert!(self.child.wait().expect("it ends").success());
    }
}

/// What the others start as another program; without being told a folder there is nothing to do.
#[test]
fn uses_a_server() {
    let Some(base) = env::var_os(BASE) else {
        return;
    };
    let server = local::start(Path::new(&base), Durability::Fast).unwrap_or_else(|e| panic!("{e}"));
    println!("{}", server.url("postgres", "postgres"));
    std::io::stdin().read_to_end(&mut Vec::new()).expect("the input ends");
    assert!(server.stop().expect("it stops"));
}

/// Runs one of the other tests as the user who may do nothing.
pub fn run_test_as_nobody(name: &str) {
    let copy = Copy::make();
    let out = once_it_is_free(|| copy.as_nobody().args(["--exact", name]).output());
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&out.stderr));
}

/// Starts a program that was just copied: what another test forks meanwhile holds the copy open for a moment, and Linux runs nothing that is
/// open for writing.
fn once_it_is_free<T>(mut start: impl FnMut() -> std::io::Result<T>) -> T {
    for _ in 0..100 {
        match start() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(50))
            }
            other => return other.expect("it starts"),
        }
    }
    panic!("the copy stays busy");
}

/// This program, copied to where anybody can run it.
struct Copy(PathBuf);

impl Copy {
    fn make() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let copy = env::temp_dir().join(format!("evenhand-test-program-{}-{count}", process::id()));
        fs::copy(this(), &copy).expect("it can be copied");
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).expect("it is ours");
        Self(copy)
    }

    fn as_nobody(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.uid(id("-u", "nobody")).gid(id("-g", "nobody")).current_dir("/");
        command
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn this() -> PathBuf {
    env::current_exe().expect("a program knows itself")
}

/// A program with a number of its own that is no server.
pub struct Sleeper(Child);

impl Sleeper {
    pub fn start(user: u32) -> Self {
        Self::run("sleep 60", user)
    }

    /// Nobody waits for it, so it stays behind as a zombie.
    pub fn start_and_end(user: u32) -> Self {
        Self::run("true", user)
    }

    fn run(script: &str, user: u32) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec {script}")]);
        if is_root() {
            shell.uid(user);
        }
        Self(shell.spawn().expect("it starts"))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
