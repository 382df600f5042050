//! Every setting, read once from the environment. What is missing or wrong is listed all at once, and then nothing starts.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use ipnet::IpNet;

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the records are.
    pub database: Database,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// The address people reach it at, without a slash at the end.
    pub base_url: String,
    /// Where the program keeps what is its own.
    pub data: PathBuf,
    /// Signs and seals cookies. In the demonstration it is made once and kept under `data`.
    pub secret: Option<String>,
    /// How mail leaves. In the demonstration it goes to the mailbox in the browser.
    pub mail: Option<Mail>,
    /// When the demonstration's clock starts.
    pub now: Option<DateTime<Utc>>,
    /// What is logged.
    pub log: String,
    /// Proxies of ours: what they say of where a request came from is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// Where the records are.
#[derive(Clone, Debug)]
pub enum Database {
    /// The program's own Postgres under `data`: the demonstration.
    Own,
    /// A Postgres that somebody runs: production.
    At(String),
}

/// How mail leaves in production.
#[derive(Clone, Debug)]
pub struct Mail {
    /// `smtp://` or `smtps://`, with user and password where needed.
    pub smtp_url: String,
    /// Whom it is from.
    pub from: String,
}

/// The settings, for `--help` and `.env.example`.
pub const SETTINGS: &str = "\
Settings (environment, or a .env file):
  DATABASE_URL        Postgres 14 or newer, as the application's own role. Absent: own database, demo mode
  EVENHAND_LISTEN     where the web server listens (127.0.0.1:3000)
  EVENHAND_BASE_URL   the address people reach it at, for links in mail (http://127.0.0.1:3000)
  EVENHAND_DATA       where the program keeps what is its own (./data)
  EVENHAND_SECRET     32 characters or more, never shared; signs cookies. Required with DATABASE_URL
  SMTP_URL            smtp://user:password@host:587 or smtps://…; required with DATABASE_URL
  EVENHAND_MAIL_FROM  whom mail is from; required with DATABASE_URL
  EVENHAND_TRUSTED_PROXIES
                      addresses or networks of proxies in front, such as 10.0.0.0/24, with commas between: their
                      X-Forwarded-For says who is guessing passwords (none)
  EVENHAND_NOW        demo mode only: the instant (RFC 3339) at which the app's clock starts; it then runs on
  EVENHAND_LOG        what is logged, as a tracing filter (info)
  EVENHAND_PG_BIN     demo mode only: the folder of the Postgres programs, where they are not found";

/// What a command needs of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// It serves or sends: in production everything must be there.
    Everything,
    /// It only looks at the database, or not even that.
    Database,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Every missing or wrong setting at once, each as a sentence.
    pub fn read(needs: Needs) -> Result<Self, Vec<String>> {
        Self::from(needs, |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// The same from any source of settings.
    ///
    /// # Errors
    /// Every missing or wrong setting at once, each as a sentence.
    pub fn from(needs: Needs, setting: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let database = setting("DATABASE_URL").map_or(Database::Own, Database::At);
        let production = matches!(database, Database::At(_)) && needs == Needs::Everything;
        let listen = setting("EVENHAND_LISTEN").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listen = listen.parse().map_err(|_| {
            faults.push(format!("EVENHAND_LISTEN is «{listen}»; it must be an address and a port, such as 127.0.0.1:3000."));
        });
        let base_url = read_base_url(&setting, production, listen.ok(), &mut faults);
        let secret = setting("EVENHAND_SECRET");
        if let Some(secret) = &secret
            && secret.len() < 32
        {
            faults.push("EVENHAND_SECRET is too short; it must have 32 characters or more.".to_owned());
        }
        let mail = read_mail(&setting, production, &mut faults);
        if production && secret.is_none() {
            faults.push("EVENHAND_SECRET is missing; give 32 characters or more that nobody else knows.".to_owned());
        }
        let now = read_now(&setting, matches!(database, Database::At(_)), &mut faults);
        let trusted_proxies = read_proxies(&setting, &mut faults);
        let (Ok(listen), true) = (listen, faults.is_empty()) else { return Err(faults) };
        Ok(Self {
            database,
            listen,
            base_url,
            data: setting("EVENHAND_DATA").unwrap_or_else(|| "./data".to_owned()).into(),
            secret,
            mail,
            now,
            log: setting("EVENHAND_LOG").unwrap_or_else(|| "info".to_owned()),
            trusted_proxies,
        })
    }

    /// Whether this is the demonstration.
    pub fn is_demo(&self) -> bool {
        matches!(self.database, Database::Own)
    }
}

fn read_base_url(
    setting: &impl Fn(&str) -> Option<String>,
    production: bool,
    listen: Option<SocketAddr>,
    faults: &mut Vec<String>,
) -> String {
    let Some(given) = setting("EVENHAND_BASE_URL") else {
        if production {
            faults.push(
                "EVENHAND_BASE_URL is missing; it is the address people reach the service at, such as https://contact.example.org."
                    .to_owned(),
            );
        }
        return listen.map_or_else(String::new, |listen| format!("http://{listen}"));
    };
    if !given.starts_with("https://") && !given.starts_with("http://") {
        faults.push(format!("EVENHAND_BASE_URL is «{given}»; it must start with https:// or http://."));
    }
    given.trim_end_matches('/').to_owned()
}

fn read_mail(setting: &impl Fn(&str) -> Option<String>, production: bool, faults: &mut Vec<String>) -> Option<Mail> {
    let (smtp_url, from) = (setting("SMTP_URL"), setting("EVENHAND_MAIL_FROM"));
    if production && smtp_url.is_none() {
        faults.push(
            "SMTP_URL is missing; without it no reminder leaves. Give smtp://user:password@host:587, or the same with smtps.".to_owned(),
        );
    }
    if (production || smtp_url.is_some()) && from.is_none() {
        faults.push(
            "EVENHAND_MAIL_FROM is missing; it is whom mail is from, such as «Contact and behaviour <contact@example.org>».".to_owned(),
        );
    }
    if smtp_url.as_ref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
        // The address holds a password, and is not repeated.
        faults.push("SMTP_URL cannot be read; write smtp://user:password@host:587 or smtps://….".to_owned());
    }
    if let Some(from) = from.as_ref().filter(|from| !from.contains('@')) {
        faults.push(format!("EVENHAND_MAIL_FROM is «{from}»; write an address, or a name with the address in angle brackets."));
    }
    Some(Mail { smtp_url: smtp_url?, from: from? })
}

fn read_now(setting: &impl Fn(&str) -> Option<String>, production: bool, faults: &mut Vec<String>) -> Option<DateTime<Utc>> {
    let given = setting("EVENHAND_NOW")?;
    if production {
        faults.push("EVENHAND_NOW moves the clock of the demonstration; with DATABASE_URL it must not be set.".to_owned());
        return None;
    }
    match DateTime::parse_from_rfc3339(&given) {
        Ok(instant) => Some(instant.to_utc()),
        Err(_) => {
            faults.push(format!("EVENHAND_NOW is «{given}»; it must be an instant such as 2027-03-10T11:42:00Z."));
            None
        }
    }
}

fn read_proxies(setting: &impl Fn(&str) -> Option<String>, faults: &mut Vec<String>) -> Vec<IpNet> {
    let given = setting("EVENHAND_TRUSTED_PROXIES").unwrap_or_default();
    let mut proxies = Vec::new();
    for proxy in given.split([',', ' ']).filter(|proxy| !proxy.is_empty()) {
        match proxy.parse::<IpNet>().or_else(|_| proxy.parse::<IpAddr>().map(IpNet::from)) {
            Ok(network) => proxies.push(network),
            Err(_) => {
                faults.push(format!("EVENHAND_TRUSTED_PROXIES has «{proxy}»; give addresses or networks such as 10.0.0.5, 10.0.0.0/24."))
            }
        }
    }
    proxies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        reading(Needs::Everything, settings)
    }

    fn reading(needs: Needs, settings: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::from(needs, |name| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_set_is_the_demonstration() {
        let config = read(&[]).unwrap();
        assert!(config.is_demo());
        assert_eq!(config.base_url, "http://127.0.0.1:3000");
    }

    #[test]
    fn half_a_production_lists_all_that_is_missing() {
        let faults = read(&[("DATABASE_URL", "postgres://x"), ("EVENHAND_NOW", "2027-03-10T11:42:00Z")]).unwrap_err();
        for name in ["EVENHAND_BASE_URL", "EVENHAND_SECRET", "SMTP_URL", "EVENHAND_MAIL_FROM", "EVENHAND_NOW"] {
            assert!(faults.iter().any(|fault| fault.starts_with(name)), "{name} in {faults:?}");
        }
    }

    #[test]
    fn a_mail_server_and_a_sender_that_cannot_be_read_are_listed_with_the_rest() {
        let faults = read(&[("DATABASE_URL", "postgres://x"), ("SMTP_URL", "zzz"), ("EVENHAND_MAIL_FROM", "nope")]).unwrap_err();
        for name in ["EVENHAND_BASE_URL", "EVENHAND_SECRET", "SMTP_URL", "EVENHAND_MAIL_FROM"] {
            assert_eq!(faults.iter().filter(|fault| fault.starts_with(name)).count(), 1, "{name} in {faults:?}");
        }
    }

    #[test]
    fn a_command_that_only_looks_at_the_database_needs_nothing_else() {
        let config = reading(Needs::Database, &[("DATABASE_URL", "postgres://x")]).unwrap();
        assert!(!config.is_demo());
    }

    #[test]
    fn a_wrong_instant_says_what_would_be_right() {
        let faults = read(&[("EVENHAND_NOW", "tomorrow")]).unwrap_err();
        assert_eq!(faults, ["EVENHAND_NOW is «tomorrow»; it must be an instant such as 2027-03-10T11:42:00Z."]);
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        let config = read(&[("EVENHAND_TRUSTED_PROXIES", "10.0.0.5, 192.168.1.0/24,2001:db8::/64")]).unwrap();
        let shown: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.0.0.5/32", "192.168.1.0/24", "2001:db8::/64"]);
        let faults = read(&[("EVENHAND_TRUSTED_PROXIES", "10.0.0.5, proxy, 10.0.0.0/40")]).unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("EVENHAND_TRUSTED_PROXIES has «proxy»"), "{faults:?}");
    }
}
