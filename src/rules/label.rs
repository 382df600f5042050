//! Plain enums with one key (stored, posted, written in a pack) and one title (read by people).

/// Makes a plain enum from lines of `Variant "key" "Title"`; the key is the same everywhere.
macro_rules! labels {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident $key:literal $title:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[sqlx(type_name = "text")]
        pub enum $name {
            $($(#[$note])* #[serde(rename = $key)] #[sqlx(rename = $key)] $variant),+
        }

        impl $name {
            /// Every one, in the order people read them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word kept in rows, forms and packs.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The words a person reads.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// The one with this key, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let titles: serde_json::Map<String, serde_json::Value> =
                    Self::ALL.iter().map(|one| (one.key().to_owned(), one.title().into())).collect();
                let keys: Vec<&str> = Self::ALL.iter().map(|one| one.key()).collect();
                schemars::json_schema!({ "type": "string", "enum": keys, "x-titles": titles })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.title())
            }
        }
    };
}

pub(crate) use labels;
