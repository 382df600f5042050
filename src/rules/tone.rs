//! What a colour means. A tone always comes with its icon and its word, so colour is never alone.

use super::label::labels;

labels! {
    /// The meaning of a tag, a notice or an answer.
    pub enum Tone {
        /// Allowed, met, done.
        Ok "ok" "OK",
        /// Know this.
        Info "info" "Something to know",
        /// Limits apply, or due soon.
        Care "care" "Take care",
        /// Not allowed, late, or an error.
        Stop "stop" "Stop",
        /// No urgency.
        Quiet "quiet" "No urgency",
    }
}

impl Tone {
    /// The sprite that goes with it; quiet has none.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Care => "care",
            Self::Stop => "stop",
            Self::Quiet => "",
        }
    }

    /// The word said beside the colour.
    pub const fn word(self) -> &'static str {
        self.title()
    }
}
