//! Two locks beside the data. The system lets go of both when a program dies, however it dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::LocalError;

/// Held while a server is started or stopped, so that this happens to one program at a time.
#[derive(Debug)]
pub(super) struct Gate(#[expect(dead_code, reason = "closing the file opens the gate")] File);

pub(super) fn gate(base: &Path) -> Result<Gate, LocalError> {
    let path = base.join("start.lock");
    let file = open(&path).and_then(|f| f.lock().map(|()| f));
    file.map(Gate).map_err(LocalError::folder(&path))
}

/// Held, together with everybody else, for as long as the server is used.
#[derive(Debug)]
pub(super) struct Users {
    file: File,
    path: PathBuf,
}

impl Users {
    pub fn join(base: &Path) -> Result<Self, LocalError> {
        let path = base.join("users.lock");
        let file = open(&path).and_then(|f| f.lock_shared().map(|()| f));
        Ok(Self { file: file.map_err(LocalError::folder(&path))?, path })
    }

    /// Says whether nobody is left. Behind the gate nobody can join in between.
    pub fn leave_as_the_last(self) -> Result<bool, LocalError> {
        self.file.unlock().map_err(LocalError::folder(&self.path))?;
        match self.file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(why)) => Err(LocalError::folder(&self.path)(why)),
        }
    }
}

/// Reading is enough for a lock, so a file that root made does not shut its owner's next program out.
fn open(path: &Path) -> io::Result<File> {
    match File::open(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => OpenOptions::new().create(true).truncate(false).write(true).read(true).open(path),
        opened => opened,
    }
}
