//! A page as a person reads it: its heading, its words, its labels, what is wrong, and the forms to fill in.

use axum::http::{Method, header, response::Parts};
use scraper::{ElementRef, Html, Selector};

/// An answer of the product.
#[derive(Clone, Debug)]
pub struct Page {
    address: String,
    parts: Parts,
    body: String,
}

impl Page {
    /// What came back from an address.
    pub fn new(address: String, parts: Parts, body: String) -> Self {
        Self { address, parts, body }
    }

    /// Where it was asked for.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its status, as a number.
    pub fn status(&self) -> u16 {
        self.parts.status.as_u16()
    }

    /// One of its headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Every cookie it sets, as sent.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The bytes as sent.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The title in the browser's tab.
    pub fn title(&self) -> String {
        self.first("title").unwrap_or_default()
    }

    /// Its one heading.
    pub fn heading(&self) -> String {
        self.first("h1").unwrap_or_default()
    }

    /// The words of its main part; of everything, where it has none.
    pub fn text(&self) -> String {
        self.first("main").unwrap_or_else(|| self.body.clone())
    }

    /// Whether its main part says this.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Everything in it that matches a selector, as words.
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.read(|html| html.select(&select(selector)).map(words).collect())
    }

    /// The message left by the act before.
    pub fn flash(&self) -> Option<String> {
        self.first(".flash")
    }

    /// The label of a field, or the legend of a question.
    pub fn label(&self, field: &str) -> Option<String> {
        self.first(&format!("label[for='{field}']")).or_else(|| {
            self.read(|html| {
                let control = html.select(&select(&format!("[name='{field}']"))).next()?;
                let around = control.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "fieldset")?;
                around.select(&select("legend")).next().map(words)
            })
        })
    }

    /// What is wrong with a field, beside it.
    pub fn error(&self, field: &str) -> Option<String> {
        let error = self.first(&format!("[id='{field}-e']"))?;
        Some(error.trim_start_matches("Error:").trim().to_owned())
    }

    /// The summary on top: where each line leads, and its sentence.
    pub fn summary(&self) -> Vec<(String, String)> {
        self.read(|html| {
            let lines = html.select(&select(".error-summary li")).collect::<Vec<_>>();
            let href = |line: &ElementRef| line.select(&select("a")).next().and_then(|a| a.attr("href")).unwrap_or_default().to_owned();
            lines.into_iter().map(|line| (href(&line), words(line))).collect()
        })
    }

    /// Its links: words and address.
    pub fn links(&self) -> Vec<(String, String)> {
        self.read(|html| html.select(&select("a[href]")).map(|a| (words(a), a.attr("href").unwrap_or_default().to_owned())).collect())
    }

    /// Where the link with these words leads.
    pub fn link(&self, text: &str) -> Option<String> {
        self.links().into_iter().find(|(words, _)| words == text).map(|(_, href)| href)
    }

    /// Where its forms lead, in order.
    pub fn actions(&self) -> Vec<String> {
        self.read(|html| html.select(&select("form")).map(|form| self.action_of(form)).collect())
    }

    /// Every form on the page, as it stands.
    pub fn forms(&self) -> Vec<Filled> {
        self.read(|html| html.select(&select("form")).map(|form| self.filled(form)).collect())
    }

    /// The form of the main part that leads there, as it stands: what is hidden, typed, ticked and chosen.
    pub fn form(&self, action: &str) -> Filled {
        self.read(|html| {
            let found = html.select(&select("main form")).find(|form| self.action_of(*form) == action);
            let form = found.unwrap_or_else(|| panic!("no form to {action} on {}, only {:?}", self.address, self.actions()));
            self.filled(form)
        })
    }

    /// The form of the main part that has this field, with these answers given.
    pub fn fill(&self, answers: &[(&str, &str)]) -> Filled {
        let (first, _) = answers.first().expect("something to fill in");
        let mut filled = self.read(|html| {
            let control = select(&format!("[name='{first}']"));
            let found = html.select(&select("main form")).find(|form| form.select(&control).next().is_some());
            self.filled(found.unwrap_or_else(|| panic!("no form on {} asks for {first}: {}", self.address, self.text())))
        });
        for (name, value) in answers {
            filled.set(name, value);
        }
        filled
    }

    fn action_of(&self, form: ElementRef<'_>) -> String {
        let own = self.address.split('?').next().unwrap_or_default();
        form.attr("action").filter(|action| !action.is_empty()).unwrap_or(own).to_owned()
    }

    fn filled(&self, form: ElementRef<'_>) -> Filled {
        let is_get = form.attr("method").is_none_or(|method| method.eq_ignore_ascii_case("get"));
        let controls =
            form.select(&select("input[name], select[name], textarea[name], button[name]")).filter_map(control).collect::<Vec<_>>();
        let pairs = controls.iter().flat_map(Control::sent).collect();
        Filled { action: self.action_of(form), method: if is_get { Method::GET } else { Method::POST }, pairs, controls }
    }

    fn first(&self, selector: &str) -> Option<String> {
        self.read(|html| html.select(&select(selector)).next().map(words))
    }

    fn read<T>(&self, look: impl FnOnce(&Html) -> T) -> T {
        look(&Html::parse_document(&self.body))
    }
}

/// A form as somebody has filled it in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Where it goes.
    pub action: String,
    /// How.
    pub method: Method,
    /// What is sent.
    pub pairs: Vec<(String, String)>,
    controls: Vec<Control>,
}

impl Filled {
    /// The same with this answer. Only what the form offers can be given, as in a browser.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// The same with these boxes of one question ticked, and no others.
    pub fn ticked(mut self, name: &str, values: &[&str]) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        for value in values {
            self.offered(name, value);
            self.pairs.push((name.to_owned(), (*value).to_owned()));
        }
        self
    }

    /// The same with these boxes ticked, where the form asks that question at all.
    pub fn ticked_where_asked(self, name: &str, values: &[&str]) -> Self {
        if values.is_empty() { self } else { self.ticked(name, values) }
    }

    /// The same with nothing said there.
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        self
    }

    /// The same with something that the form never offered, as nobody but a stranger's program would send it.
    pub fn forged(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with these words in every field that is still empty.
    pub fn wordy(mut self, words: &str) -> Self {
        let empty: Vec<String> =
            self.controls.iter().filter(|control| control.free && control.chosen == [""]).map(|control| control.name.clone()).collect();
        for name in empty {
            if self.value(&name).is_empty() {
                self.set(&name, words);
            }
        }
        self
    }

    /// The same with every line of the landlord's own lists answered with yes, where the form has any.
    pub fn gone_through(mut self) -> Self {
        for line in self.beginning("list:") {
            self.set(&line, "yes");
        }
        self
    }

    /// Every question that begins so, each once.
    pub fn beginning(&self, start: &str) -> Vec<String> {
        let mut names: Vec<String> =
            self.controls.iter().map(|control| control.name.clone()).filter(|name| name.starts_with(start)).collect();
        names.dedup();
        names
    }

    /// Types the same wherever something can be typed.
    pub fn type_everywhere(&mut self, typed: &str) {
        let free: Vec<String> = self.controls.iter().filter(|control| control.free).map(|control| control.name.clone()).collect();
        for (name, value) in &mut self.pairs {
            if free.contains(name) {
                typed.clone_into(value);
            }
        }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The answers that a question offers.
    pub fn offers(&self, name: &str) -> Vec<String> {
        self.controls.iter().filter(|control| control.name == name).flat_map(|control| control.offers.clone()).collect()
    }

    fn set(&mut self, name: &str, value: &str) {
        self.offered(name, value);
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    fn offered(&self, name: &str, value: &str) {
        let mut of_name = self.controls.iter().filter(|control| control.name == name).peekable();
        assert!(of_name.peek().is_some(), "the form to {} has no field {name}, only {:?}", self.action, self.names());
        let is_free = of_name.any(|control| control.free || control.offers.iter().any(|offer| offer == value));
        assert!(is_free, "{name} does not offer «{value}», only {:?}", self.offers(name));
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.controls.iter().map(|control| control.name.as_str()).collect();
        names.dedup();
        names
    }
}

#[derive(Clone, Debug)]
struct Control {
    name: String,
    /// Anything can be typed.
    free: bool,
    offers: Vec<String>,
    chosen: Vec<String>,
}

impl Control {
    fn sent(&self) -> Vec<(String, String)> {
        self.chosen.iter().map(|value| (self.name.clone(), value.clone())).collect()
    }
}

fn control(element: ElementRef<'_>) -> Option<Control> {
    let name = element.attr("name")?.to_owned();
    let value = element.attr("value").unwrap_or_default().to_owned();
    let kind = element.attr("type").unwrap_or("text");
    Some(match (element.value().name(), kind) {
        ("button", _) => Control { name, free: false, offers: vec![value], chosen: vec![] },
        ("textarea", _) => {
            let typed: String = element.text().collect();
            Control { name, free: true, offers: vec![], chosen: vec![typed.trim_start_matches('\n').to_owned()] }
        }
        ("select", _) => choice(name, element),
        ("input", "radio" | "checkbox") => {
            let chosen = element.attr("checked").map(|_| value.clone()).into_iter().collect();
            Control { name, free: false, offers: vec![value], chosen }
        }
        ("input", "hidden") => Control { name, free: false, offers: vec![value.clone()], chosen: vec![value] },
        _ => Control { name, free: true, offers: vec![], chosen: vec![value] },
    })
}

fn choice(name: String, element: ElementRef<'_>) -> Control {
    let value = |option: &ElementRef<'_>| option.attr("value").map_or_else(|| words(*option), str::to_owned);
    let options: Vec<ElementRef<'_>> = element.select(&select("option")).collect();
    let selected = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    Control { name, free: false, chosen: selected.map(value).into_iter().collect(), offers: options.iter().map(value).collect() }
}

fn words(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}
