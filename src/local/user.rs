//! Who Postgres runs as. It refuses root, so root hands it to somebody else.

use std::{
    fs, io,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
};

use super::LocalError;

/// The user the server runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunAs {
    Ourselves,
    Another { user: u32, group: u32 },
}

impl RunAs {
    /// As root: the owner of the data, so that root and a user can take turns; else the user the system keeps for it.
    pub fn for_data(data: &Path) -> Result<Self, LocalError> {
        if !is_root() {
            return Ok(Self::Ourselves);
        }
        let owner = fs::metadata(data).ok().map(|m| (m.uid(), m.gid())).filter(|(user, _)| *user != 0);
        let (user, group) = owner.or_else(|| look_up("postgres")).or_else(|| look_up("nobody")).ok_or(LocalError::NoUser)?;
        Ok(Self::Another { user, group })
    }

    /// A program run as this user, deaf to the Ctrl-C that is meant for us and to settings meant for other servers.
    pub fn command(self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).stdin(Stdio::null()).process_group(0);
        for setting in ["PGDATA", "PGHOST", "PGPORT", "PGOPTIONS", "PG_GRANDPARENT_PID"] {
            command.env_remove(setting);
        }
        command.env("LC_ALL", "C"); // we read its messages
        if let Self::Another { user, group } = self {
            command.uid(user).gid(group); // root's other groups are dropped with it
        }
        command
    }

    pub fn reaches(self, folder: &Path) -> bool {
        if self == Self::Ourselves {
            return true;
        }
        let mut shell = self.command(Path::new("/bin/sh"), Path::new("/"));
        shell.args(["-c", "cd \"$1\"", "sh"]).arg(folder).stderr(Stdio::null());
        shell.status().is_ok_and(|s| s.success())
    }

    pub fn give(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Another { user, group } => chown(path, Some(user), Some(group)),
        }
    }

    /// Whether what this user owns may be used without asking. For ourselves the system answers, when we change its mode.
    pub fn owns(self, owner: u32) -> bool {
        match self {
            Self::Ourselves => true,
            Self::Another { user, .. } => owner == user || owner == 0,
        }
    }
}

pub(super) fn is_root() -> bool {
    id(&["-u"]) == Some(0)
}

fn look_up(name: &str) -> Option<(u32, u32)> {
    Some((id(&["-u", name])?, id(&["-g", name])?))
}

fn id(args: &[&str]) -> Option<u32> {
    let out = Command::new("id").args(args).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}
