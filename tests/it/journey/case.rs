//! One customer's case at one landlord, and what each of its people does with it.

use chrono::TimeDelta;
use evenhand::demo;
use evenhand::rules::policy::{Policy, YesNo};

use super::way::Way;
use crate::support::app::{House, landlord, staff};
use crate::support::page::{Filled, Page};
use crate::support::visitor::Visitor;

/// What was said in every story, and must be found again word for word.
pub const SAID: &str = "“You people are useless”, he shouted, and then: “I know where you park.”";
/// Why the manager of every story wants it.
pub const GROUNDS: &str = "On 10 and 12 March you shouted at a member of staff and said that you know where she parks.";
/// What the customer of every story answers.
pub const SIDE: &str = "He says that the boiler has been out for nine days.";

/// A customer of one landlord, with the house around.
pub struct Case {
    pub house: House,
    pub slug: &'static str,
    pub policy: Policy,
    /// As it stands in an address.
    pub reference: String,
}

/// A landlord that lives nowhere but in a story.
pub struct Invented {
    /// Its policy, as somebody wrote it who had read the printed format and nothing else.
    pub pack: &'static str,
    /// Which posts of that policy each account holds, and how far they reach.
    pub posts: &'static [(&'static str, &'static str, &'static [&'static str])],
}

impl Case {
    /// The adviser adds Mr Ashworth.
    pub async fn begun(slug: &'static str) -> Self {
        Self::under(slug, &[]).await
    }

    /// The same under a policy made up for the story: the landlord's own with these words replaced, in force for the landlord too.
    pub async fn under(slug: &'static str, changes: &[(&str, &str)]) -> Self {
        let house = House::empty_cast().await;
        let (cast, _) = demo::cast::CAST.iter().find(|(cast, _)| cast.slug == slug).expect("a landlord of the demonstration");
        let mut pack = cast.pack.to_owned();
        for (from, to) in changes {
            assert!(pack.contains(from), "the pack of {slug} says nowhere: {from}");
            pack = pack.replacen(from, to, 1);
        }
        let policy = Policy::read(&pack).unwrap_or_else(|faults| panic!("{faults:?}"));
        if !changes.is_empty() {
            house.rewrite_policy(landlord(slug), &pack).await;
        }
        Self { house, slug, policy, reference: String::new() }.with_customer().await
    }

    /// The same at a landlord that lives nowhere but in a story: its own pack, its own posts.
    pub async fn invented(invented: &Invented) -> Self {
        let house = House::empty_cast().await;
        let slug = "west-kent";
        let policy = Policy::read(invented.pack).unwrap_or_else(|faults| panic!("{faults:?}"));
        house.rewrite_policy(landlord(slug), invented.pack).await;
        house.rename(landlord(slug), &policy.document.landlord, invented.posts).await;
        Self { house, slug, policy, reference: String::new() }.with_customer().await
    }

    async fn with_customer(self) -> Self {
        let mut case = self;
        let mut adviser = case.person("adviser").await;
        let blank = adviser.see("/customers/new").await;
        let form = blank.fill(&[
            ("title", "Mr"),
            ("given", "Colin"),
            ("family", "Ashworth"),
            ("pronoun", "he"),
            ("line1", "4 Larch Row"),
            ("postcode", "TN13 1DB"),
        ]);
        let record = adviser.save(&form).await;
        case.reference = record.address().trim_start_matches("/customers/").to_owned();
        assert!(record.says("added. They can be found by name"), "{}", record.text());
        case
    }

    /// Somebody who works here, newly signed in.
    pub async fn person(&self, account: &str) -> Visitor {
        self.house.sign_in(&format!("{account}@{}", self.slug)).await
    }

    /// Whose account this is, as a form has it.
    pub fn id_of(&self, account: &str) -> String {
        staff(self.slug, account).to_string()
    }

    /// What staff are told to do on the phone, in one line.
    pub async fn answer(&self) -> String {
        let page = self.person("officer").await.see(&format!("/customers/{}/contact?channel=phone", self.reference)).await;
        page.all("h2#answer").first().cloned().expect("an answer")
    }

    /// An incident of verbal abuse on the phone, ready to be saved.
    pub async fn incident_form(&self, who: &mut Visitor, behaviour: &str) -> Filled {
        let page = who.see(&format!("/customers/{}/incidents/new?channel=phone", self.reference)).await;
        let form = page.fill(&[("about", "the boiler"), ("what", SAID), ("harm", "none"), ("support", "fine"), ("channel", "phone")]);
        let effects = form.offers("effects");
        let effects: Vec<&str> = effects.iter().map(String::as_str).collect();
        form.ticked("behaviours", &[behaviour]).ticked("effects", &effects)
    }

    /// The adviser logs one; where it is.
    pub async fn incident(&self, behaviour: &str) -> String {
        let mut adviser = self.person("adviser").await;
        let form = self.incident_form(&mut adviser, behaviour).await;
        adviser.save(&form).await.address().to_owned()
    }

    /// The manager reads an incident and says what follows.
    pub async fn decided(&self, incident: &str, outcome: &str, reasons: &str) -> Page {
        let mut manager = self.person("manager").await;
        let page = manager.see(incident).await;
        let page = manager.save(&page.fill(&[("outcome", outcome), ("reasons", reasons)])).await;
        assert!(page.says("Decision saved."), "{}", page.text());
        page
    }

    /// The manager takes a step of the ladder in one of its forms.
    pub async fn warned(&self, incident: &str, step: &str, form: &str) -> Page {
        let mut manager = self.person("manager").await;
        let id = incident.trim_start_matches("/incidents/");
        let page = manager.see(&format!("/warnings/new?customer={}&incident={id}&step={step}&form={form}", self.reference)).await;
        let filled = match form {
            "spoken" => page.fill(&[("words", "Please speak to our staff without shouting.")]),
            "written" => page.fill(&[
                ("what", "You shouted at a member of staff on the phone."),
                ("why", "She was afraid to take the next call."),
                ("ask", "Please speak to our staff without shouting."),
            ]),
            _ => page.fill(&[("reference", "C-118"), ("passage", "Please speak to our staff without shouting.")]),
        };
        let mut filled = filled.gone_through();
        if form == "written" {
            let preview = manager.submit(&filled).await;
            assert!(preview.says("Nothing is saved yet."), "{}", preview.text());
            filled = preview.fill(&[("seen", "yes")]);
        }
        let page = manager.save(&filled).await;
        assert_eq!(page.status(), 200, "{}", page.text());
        if form == "written" {
            let letter = manager.click(&page, "Read the letter").await;
            manager.save(&letter.fill(&[("via", "post")])).await;
        }
        page
    }

    /// Each step before a restriction, on the ground of the last incident.
    pub async fn steps(&self, way: &Way) {
        let page = self.person("manager").await.see(&format!("/customers/{}/incidents", self.reference)).await;
        let is_one = |href: &str| href.starts_with("/incidents/") && !href.ends_with("new");
        let (_, incident) = page.links().into_iter().find(|(_, href)| is_one(href)).expect("the incident");
        for (step, form) in way.steps {
            self.warned(&incident, step, form).await;
        }
    }

    /// A first incident, and each step before a restriction.
    pub async fn warned_of(&self, way: &Way) {
        let incident = self.incident(way.behaviour).await;
        self.decided(&incident, "warning", "He is told what we ask.").await;
        self.steps(way).await;
    }

    /// Two days later it happens again, and the manager begins a proposal: filled in but for the terms; where it is.
    pub async fn again(&self, behaviour: &str) -> String {
        self.house.wait(TimeDelta::days(2));
        let incident = self.incident(behaviour).await;
        self.decided(&incident, "more", "It has not stopped.").await;
        self.proposal(&incident).await
    }

    /// From an incident to a proposal with every section filled in but the terms; where it is.
    pub async fn proposal(&self, incident: &str) -> String {
        let mut manager = self.person("manager").await;
        let page = manager.see(incident).await;
        let begun = manager.save(&page.form("/proposals")).await;
        let at = begun.address().to_owned();
        assert!(at.starts_with("/proposals/"), "{at}: {}", begun.text());
        self.fill_sections(&mut manager, &at).await;
        at
    }

    /// The evidence, his side, and his needs.
    pub async fn fill_sections(&self, manager: &mut Visitor, at: &str) {
        let page = manager.see(&format!("{at}/evidence")).await;
        let mut form =
            page.fill(&[("grounds", GROUNDS), ("level_of_contact", "Two calls a day")]).wordy("A meeting was offered on 11 March.");
        let incidents = form.offers("incidents");
        form = form.ticked("incidents", &incidents.iter().map(String::as_str).collect::<Vec<_>>());
        for one in &self.policy.behaviour.thresholds {
            let answer = if one.clears == YesNo::Yes { YesNo::No } else { YesNo::Yes };
            form = form.with(&format!("threshold-{}", one.key), answer.key());
        }
        manager.save(&form).await;
        let page = manager.see(&format!("{at}/account")).await;
        assert!(
            page.says(&format!("The {} reads this.", self.policy.words.customer().one)) && page.says("or why it was not safe to ask"),
            "{}",
            page.text()
        );
        manager.save(&page.fill(&[("account_how", "heard"), ("account", SIDE)])).await;
        let page = manager.see(&format!("{at}/adjustments")).await;
        manager.save(&page.fill(&[("linked", "no")]).wordy("Thought about, with his sister.").gone_through()).await;
    }

    /// The terms of every story: no phone calls, one email a week; until 1 September, looked at in three months. The day of the review.
    pub async fn terms(&self, manager: &mut Visitor, at: &str) -> String {
        self.terms_until(manager, at, &USUAL_TERMS).await
    }

    /// The same on another channel, or until another day.
    pub async fn terms_until(&self, manager: &mut Visitor, at: &str, asked: &Asked) -> String {
        let page = manager.see(&format!("{at}/terms")).await;
        let form = terms_until(&page, asked);
        let review = form.value("review_on").to_owned();
        let page = manager.save(&form).await;
        assert!(!page.says("This cannot stand."), "{}", page.text());
        review
    }

    /// The manager checks it all and sends it.
    pub async fn sent(&self, manager: &mut Visitor, at: &str) {
        let letter = manager.see(&format!("{at}/letter")).await;
        assert!(!letter.says("The letter is not whole yet"), "{}", letter.text());
        let check = manager.see(&format!("{at}/check")).await;
        assert!(!check.says("Still to fill in"), "{}", check.text());
        let page = manager.save(&check.form(&format!("{at}/check")).wordy("She heard it all.")).await;
        assert!(page.says("Sent for approval."), "{}", page.text());
    }

    /// Somebody gives a view on it.
    pub async fn viewed(&self, approval: &str, account: &str) {
        let mut person = self.person(account).await;
        let page = person.see(approval).await;
        let page = person.save(&page.fill(&[("reason", "Fair, and no more than is needed.")])).await;
        assert!(page.says("Your view is saved."), "{account}: {}", page.text());
    }

    /// Somebody approves it; what they are led to.
    pub async fn approved(&self, approval: &str, account: &str) -> Page {
        let mut person = self.person(account).await;
        let page = person.see(approval).await;
        let page = person.save(&page.fill(&[("decision", "approve"), ("reason", "It leaves him email and letters.")]).gone_through()).await;
        assert!(page.says("Approved"), "{account}: {}", page.text());
        page
    }

    /// The addresses of the customer's letters, newest first.
    pub async fn letters(&self) -> Vec<String> {
        let page = self.person("manager").await.see(&format!("/customers/{}/letters", self.reference)).await;
        let mut found: Vec<String> = page.links().into_iter().map(|(_, href)| href).filter(|href| href.starts_with("/letters/")).collect();
        found.dedup();
        found
    }

    /// Everything on the customer's record, newest first.
    pub async fn timeline(&self) -> Vec<String> {
        let mut manager = self.person("manager").await;
        let mut page = manager.see(&format!("/customers/{}", self.reference)).await;
        let mut entries = page.all("ol.timeline li");
        while page.link("Show what happened before").is_some() {
            page = manager.click(&page, "Show what happened before").await;
            entries.extend(page.all("ol.timeline li"));
        }
        entries
    }

    /// How many there are, as the owner of the database sees it.
    pub async fn count(&self, from: &'static str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {from}")))
            .fetch_one(&mut self.house.owner().await)
            .await
            .expect("a count")
    }
}

/// What a story asks for: the channel that is limited, the last day, and the day of the review where the policy offers no interval.
pub struct Asked {
    pub channel: &'static str,
    pub ends_on: &'static str,
    pub review_on: &'static str,
}

/// What nearly every story asks for.
pub const USUAL_TERMS: Asked = Asked { channel: "email", ends_on: "2027-09-01", review_on: "2027-06-09" };

/// No phone calls, one email a week; until 1 September, looked at after three months.
pub fn usual_terms(page: &Page) -> Filled {
    terms_until(page, &USUAL_TERMS)
}

/// The same on another channel, or until another day.
pub fn terms_until(page: &Page, asked: &Asked) -> Filled {
    let form = page.fill(&[("quota-channel", asked.channel), ("quota-count", "1"), ("quota-per", "week"), ("ends_on", asked.ends_on)]);
    // Where the policy offers no interval, any day is set.
    let soonest = form.offers("review_on").into_iter().find(|day| !day.is_empty()).unwrap_or_else(|| asked.review_on.to_owned());
    let mut form = form.ticked("measure", &["channels", "quota"]).ticked("channels-closed", &["phone"]).with("review_on", &soonest);
    for reason in form.beginning("why:") {
        form = form.with(&reason, "Nothing less would be enough.");
    }
    form
}
