//! Mail: one message out, by SMTP, into the demonstration's mailbox, or into memory for tests. Knows no noun.

mod memory;

use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use uuid::Uuid;

pub use memory::Memory;

/// How long one message may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A message ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id in the outbox: the same however often it is tried.
    pub id: Uuid,
    /// To whom.
    pub to_name: String,
    /// Where it goes.
    pub to_address: String,
    /// Its subject line.
    pub subject: String,
    /// Its words. A line that is an address of ours alone ("/reviews/…") becomes a whole link.
    pub body: String,
    /// When it leaves.
    pub at: DateTime<Utc>,
}

/// Why a message did not go, as a sentence for the log: never with a name or an address in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

/// How mail leaves, and where the product is reached, for links and for the names of messages.
#[derive(Clone, Debug)]
pub struct Mailer {
    way: Way,
    base_url: String,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(Smtp),
    Mailbox,
    Memory(Memory),
}

#[derive(Clone, Debug)]
struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Through a mail server: `smtp://` or `smtps://`. A password is never sent in the clear unless the address says `?tls=none`.
    ///
    /// # Errors
    /// A sentence when the address or the sender cannot be read; the address itself is not in it, because it holds a password.
    pub fn smtp(url: &str, from: &str, base_url: &str) -> Result<Self, Fault> {
        let (builder, from) = (server(url)?, sender(from)?);
        let pool = PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(60));
        let transport = builder.timeout(Some(PATIENCE)).pool_config(pool).build();
        Ok(Self { way: Way::Smtp(Smtp { transport, from }), base_url: base_url.to_owned() })
    }

    /// The demonstration's: nothing leaves, and what was sent is read in the browser.
    pub fn mailbox(base_url: &str) -> Self {
        Self { way: Way::Mailbox, base_url: base_url.to_owned() }
    }

    /// Into memory, for tests; and the memory.
    pub fn memory(base_url: &str) -> (Self, Memory) {
        let memory = Memory::default();
        (Self { way: Way::Memory(memory.clone()), base_url: base_url.to_owned() }, memory)
    }

    /// Sends one message. Sent again, it is the same message: its Message-ID follows from its id.
    ///
    /// # Errors
    /// Why it did not go.
    pub async fn send(&self, message: &Message) -> Result<(), Fault> {
        match &self.way {
            Way::Mailbox => Ok(()),
            Way::Memory(memory) => memory.take(self.message_id(message.id), message, self.linked(&message.body)),
            Way::Smtp(smtp) => {
                let letter = self.letter(message, &smtp.from)?;
                match tokio::time::timeout(PATIENCE, smtp.transport.send(letter)).await {
                    Ok(sent) => sent.map(|_| ()).map_err(|error| Fault(said(&error))),
                    Err(_) => Err(Fault("The mail server took too long.".to_owned())),
                }
            }
        }
    }

    /// The name of a message, by which a mail server knows a repeat.
    fn message_id(&self, id: Uuid) -> String {
        format!("<{id}@{}>", host(&self.base_url))
    }

    fn linked(&self, body: &str) -> String {
        let lines: Vec<String> =
            body.lines().map(|line| if is_ours(line) { format!("{}{line}", self.base_url) } else { line.to_owned() }).collect();
        lines.join("\n")
    }

    fn letter(&self, message: &Message, from: &Mailbox) -> Result<lettre::Message, Fault> {
        let address: Address = message.to_address.parse().map_err(|_| Fault("The address is no address.".to_owned()))?;
        let to = Mailbox::new(Some(one_line(&message.to_name)).filter(|name| !name.is_empty()), address);
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(self.linked(&message.body));
        lettre::Message::builder()
            .message_id(Some(self.message_id(message.id)))
            .date(message.at.into())
            .from(from.clone())
            .to(to)
            .subject(one_line(&message.subject))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .singlepart(part)
            .map_err(|_| Fault("The message could not be made.".to_owned()))
    }
}

/// Whether a line of a message is an address of ours and nothing else.
pub fn is_ours(line: &str) -> bool {
    line.starts_with('/') && !line.starts_with("//") && !line.contains(char::is_whitespace)
}

/// One line without control characters, so that nothing typed can add a header.
fn one_line(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).take(200).collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// With a user in the address, encryption is asked for where the address does not say otherwise.
fn sender(from: &str) -> Result<Mailbox, Fault> {
    from.parse()
        .map_err(|_| Fault(format!("EVENHAND_MAIL_FROM is «{from}»; write an address, or a name with the address in angle brackets.")))
}

fn server(url: &str) -> Result<AsyncSmtpTransportBuilder, Fault> {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&guarded(url))
        .map_err(|_| Fault("SMTP_URL cannot be read; write smtp://user:password@host:587 or smtps://….".to_owned()))
}

fn guarded(url: &str) -> String {
    let has_user = url.starts_with("smtp://") && url.contains('@');
    match has_user && !url.contains("tls=") {
        true => format!("{url}{}tls=required", if url.contains('?') { '&' } else { '?' }),
        false => url.replace("?tls=none", ""),
    }
}

fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}

/// What a mail server's answer means. Its own words may name the person, so they are left out.
fn said(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) if error.is_permanent() => format!("The mail server refused it ({code})."),
        Some(code) => format!("The mail server asked to try later ({code})."),
        None if error.is_timeout() => "The mail server took too long.".to_owned(),
        None if error.is_tls() => "The mail server could not be reached safely.".to_owned(),
        None => "The mail server could not be reached.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(subject: &str, name: &str, body: &str) -> Message {
        Message {
            id: Uuid::nil(),
            to_name: name.into(),
            to_address: "ann@west-kent.example".into(),
            subject: subject.into(),
            body: body.into(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn written(message: &Message) -> String {
        let mailer = Mailer::mailbox("https://contact.west-kent.example/x");
        let from = "Contact <contact@west-kent.example>".parse().unwrap();
        String::from_utf8(mailer.letter(message, &from).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_line_break_in_a_name_or_a_subject_adds_no_header() {
        let sent = written(&message("Due\r\nBcc: all@example.org", "Ann\nBcc: all@example.org", "Hello"));
        let (head, _) = sent.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().all(|line| !line.to_lowercase().starts_with("bcc:")), "{head}");
        assert!(head.contains("Subject: Due Bcc: all@example.org"), "{head}");
    }

    #[test]
    fn an_address_with_a_line_break_is_no_address() {
        let mut bad = message("Due", "Ann", "Hello");
        bad.to_address = "ann@west-kent.example\r\nBcc: all@example.org".into();
        let from = "contact@west-kent.example".parse().unwrap();
        assert!(Mailer::mailbox("http://x").letter(&bad, &from).is_err());
    }

    #[test]
    fn the_same_message_has_the_same_name_each_time() {
        let sent = written(&message("Due", "Ann", "Hello"));
        assert!(sent.contains("Message-ID: <00000000-0000-0000-0000-000000000000@contact.west-kent.example>"), "{sent}");
    }

    #[test]
    fn an_address_of_ours_becomes_a_whole_link() {
        let mailer = Mailer::mailbox("http://127.0.0.1:3000");
        assert_eq!(mailer.linked("Hold it:\n/reviews/7\n/ not this"), "Hold it:\nhttp://127.0.0.1:3000/reviews/7\n/ not this");
    }

    #[test]
    fn a_password_is_not_sent_in_the_clear_by_accident() {
        assert_eq!(guarded("smtp://me:secret@host:587"), "smtp://me:secret@host:587?tls=required");
        assert_eq!(guarded("smtp://me:secret@host:587?tls=none"), "smtp://me:secret@host:587");
        assert_eq!(guarded("smtp://localhost:25"), "smtp://localhost:25");
        assert_eq!(guarded("smtps://me:secret@host"), "smtps://me:secret@host");
    }

    #[test]
    fn what_cannot_be_read_is_said_without_the_password() {
        let fault = Mailer::smtp("smtpx://me:secret@host", "contact@west-kent.example", "http://x").unwrap_err();
        assert!(!fault.to_string().contains("secret"));
        assert!(Mailer::smtp("smtp://host", "nobody", "http://x").unwrap_err().to_string().starts_with("EVENHAND_MAIL_FROM"));
    }
}
