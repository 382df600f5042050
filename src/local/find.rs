//! Where the Postgres programs are. `bin/lib.sh` looks in the same folders.

use std::{
    collections::HashSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{LocalError, user};

/// The oldest Postgres the schema is written for.
const OLDEST: u32 = 14;

/// Folders with the folders of each version in them, and what is added to those to get to the programs.
const USUAL: [(&str, &str, &str); 11] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr/lib64/postgresql", "", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ("/Library/PostgreSQL", "", "bin"),
    ("/opt/local/lib", "postgresql", "bin"),
    ("/usr/local", "pgsql", "bin"),
];

/// Where to look for the programs.
#[derive(Debug, Clone)]
pub struct Search {
    told: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Search {
    /// The folder named by `EVENHAND_PG_BIN` and no other; without it, everywhere they usually are.
    pub fn this_machine() -> Self {
        match env::var_os("EVENHAND_PG_BIN").filter(|told| !told.is_empty()) {
            Some(told) => Self::only(told.into()),
            None => Self::among(usual_folders()),
        }
    }

    /// One folder, which must hold them.
    pub fn only(folder: PathBuf) -> Self {
        Self { folders: vec![folder.clone()], told: Some(folder) }
    }

    /// The first of these that holds them.
    pub fn among(folders: Vec<PathBuf>) -> Self {
        Self { told: None, folders }
    }

    /// The programs for new data.
    pub(super) fn for_new_data(&self) -> Result<PathBuf, LocalError> {
        self.found().next().map(|(_, folder)| folder).ok_or_else(|| self.nothing_found())
    }

    /// The programs for data that is there already. A version reads its own data only.
    pub(super) fn for_data(&self, data: &Path) -> Result<PathBuf, LocalError> {
        let version = data.join("PG_VERSION");
        let written_by = fs::read_to_string(&version).map_err(LocalError::folder(&version))?.trim().to_owned();
        if let Some((_, folder)) = self.found().find(|(major, _)| major.to_string() == written_by) {
            return Ok(folder);
        }
        let others: Vec<String> = self.found().map(|(major, _)| format!("Postgres {major}")).collect();
        if others.is_empty() {
            return Err(self.nothing_found());
        }
        Err(LocalError::OtherVersion { data: data.into(), written_by, found: others.join(" and ") })
    }

    fn found(&self) -> impl Iterator<Item = (u32, PathBuf)> {
        let mut seen = HashSet::new();
        self.folders
            .iter()
            .filter(move |folder| fs::canonicalize(folder.join("postgres")).is_ok_and(|program| seen.insert(program)))
            .filter(|folder| ["initdb", "pg_ctl"].iter().all(|program| folder.join(program).is_file()))
            .filter_map(|folder| Some((major(folder)?, folder.clone())))
            .filter(|(major, _)| *major >= OLDEST)
    }

    fn nothing_found(&self) -> LocalError {
        match &self.told {
            Some(told) => LocalError::NoProgramsThere(told.clone()),
            None => LocalError::NoPrograms { install: install_command(on_path, user::is_root()) },
        }
    }
}

fn usual_folders() -> Vec<PathBuf> {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.and_then(|out| String::from_utf8(out.stdout).ok()).map(|folder| PathBuf::from(folder.trim()));
    let path = env::var_os("PATH").unwrap_or_default();
    let usual = USUAL.iter().flat_map(|(parent, name, programs)| versions(Path::new(parent), name, programs));
    told.into_iter().chain(env::split_paths(&path)).chain(usual).collect()
}

/// The newest version first.
fn versions(parent: &Path, name: &str, programs: &str) -> Vec<PathBuf> {
    let mut folders: Vec<(u32, PathBuf)> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter_map(|folder| {
            let version = folder.file_name()?.to_str()?.strip_prefix(name)?;
            Some((first_number(version).unwrap_or(0), folder.join(programs)))
        })
        .collect();
    folders.sort_by(|a, b| b.cmp(a));
    folders.into_iter().map(|(_, folder)| folder).collect()
}

fn major(folder: &Path) -> Option<u32> {
    let out = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    first_number(std::str::from_utf8(&out.stdout).ok()?)
}

fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn install_command(is_here: impl Fn(&str) -> bool, root: bool) -> String {
    let installs = [
        ("brew", "brew install postgresql"),
        ("apt-get", "apt-get install postgresql"),
        ("dnf", "dnf install postgresql-server"),
        ("zypper", "zypper install postgresql-server"),
        ("pacman", "pacman -S postgresql"),
        ("apk", "apk add postgresql"),
    ];
    match installs.iter().find(|(program, _)| is_here(program)) {
        Some((program, install)) if root || *program == "brew" => (*install).to_owned(),
        Some((_, install)) => format!("sudo {install}"),
        None => "apt-get install postgresql".to_owned(),
    }
}

fn on_path(program: &str) -> bool {
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_install_is_the_one_of_this_system() {
        assert_eq!(install_command(|p| p == "apt-get", false), "sudo apt-get install postgresql");
        assert_eq!(install_command(|p| p == "dnf", true), "dnf install postgresql-server");
        assert_eq!(install_command(|p| p == "brew", false), "brew install postgresql");
    }

    #[test]
    fn a_version_is_read_from_what_postgres_says_of_itself() {
        assert_eq!(first_number("postgres (PostgreSQL) 15.12 (Debian 15.12-0+deb12u2)"), Some(15));
        assert_eq!(first_number("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(first_number("postgres"), None);
    }
}
