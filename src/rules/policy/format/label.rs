//! What each value of a pack is called on the page that shows it: words of the work, never the key of the format.

/// The words for what stands at a place of a pack: "challenge.appeal.late-decided-by" is "Who decides a late appeal". Nothing for an entry
/// of a list, which is called by its own title, and where the key itself is the word.
pub(super) fn label(place: &str) -> Option<&'static str> {
    let parts: Vec<&str> = place.split('.').collect();
    match parts[..] {
        ["document", key] => document(key),
        ["words", key] => word(key),
        ["people" | "behaviour", key] => people_and_behaviour(key),
        ["call-ending", key] => call_ending(key),
        ["ladder", key] | ["ladder", "steps", _, key] => ladder(key),
        ["assessment" | "measures", key] => assessment_and_measures(key),
        ["authority" | "clocks", key] => authority_and_clocks(key),
        ["terms" | "reviews", key] => terms_and_reviews(key, parts[0] == "terms"),
        ["challenge", "reconsideration", key] => reconsideration(key),
        ["challenge", key] => challenge(key),
        ["challenge", _, key] => appeal(key),
        ["letters", key] => letter(key),
        ["referrals" | "support" | "onward" | "retention", key] | ["referrals", _, key] => after(key),
        _ => None,
    }
}

fn document(key: &str) -> Option<&'static str> {
    Some(match key {
        "title" => "What it is called",
        "approved" => "Approved on",
        "effective" => "In effect from",
        "next-review" => "To be looked at again",
        "review-every" => "How often it is looked at again",
        "legal-check-every" => "How often the law is checked",
        "owner" => "Who owns it",
        "accountable" => "Who answers for it",
        "feedback" => "How to tell us about it",
        "clauses" => "Clause",
        "related" => "Related policies",
        "approved-by" => "Approved by whom",
        "equality-assessment" => "Assessment of its equality",
        "privacy-assessment" => "Assessment of its privacy",
        _ => return None,
    })
}

fn word(key: &str) -> Option<&'static str> {
    Some(match key {
        "restriction" => "A restriction is called",
        "warning" => "A warning is called",
        "appeal" => "An appeal is called",
        "review" => "A review is called",
        "agreement" => "An agreement is called",
        "customer" => "A customer is called",
        "complaint" => "A complaint is called",
        "our-policy" => "The policy, within a sentence",
        "behaviour" => "The behaviour is called",
        "staff" => "People who work here are called",
        "greeting" => "A letter begins with",
        "close" => "A letter closes with",
        _ => return None,
    })
}

fn people_and_behaviour(key: &str) -> Option<&'static str> {
    Some(match key {
        "subjects" => "Whose behaviour",
        "affected" => "Who is kept safe",
        "channels" => "Ways of contact it covers",
        "groups" => "Several people may be dealt with together",
        "threshold-words" => "Before you call it that",
        "thresholds" => "Asked first",
        "effects" => "Harm",
        "categories" => "Kind of behaviour",
        _ => return None,
    })
}

fn call_ending(key: &str) -> Option<&'static str> {
    Some(match key {
        "who" => "Who may end a call",
        "warnings" => "How many warnings come before that",
        "warning-words" => "What to say as a warning",
        "end-words" => "What to say while ending a call",
        "advice" => "Advice beside the words",
        "tell-why" => "Saying why",
        "fewer" => "Reasons for fewer warnings",
        "danger-words" => "If somebody is in danger",
        "end-words-in-person" => "What to say while ending a meeting or a visit",
        "danger-words-in-person" => "If somebody is in danger at a meeting or a visit",
        _ => return None,
    })
}

fn ladder(key: &str) -> Option<&'static str> {
    Some(match key {
        "look-back" => "How long a step counts",
        "counts-across-categories" => "A step counts for every other kind of behaviour",
        "re-entry" => "If it starts again after a restriction",
        "skip-reasons" => "Reason to leave a step out",
        "steps" => "Step",
        "taken-by" => "Who takes it",
        "agreed-by" => "Who agrees before it is given",
        "skip" => "When it may be left out",
        _ => return None,
    })
}

fn assessment_and_measures(key: &str) -> Option<&'static str> {
    Some(match key {
        "title" => "What it is called",
        "questions" => "Question",
        "one-open-channel" => "At least one way of contact",
        "override-by" => "Who may decide that none stays open",
        "always-open" => "Always open",
        "offered" => "Measure",
        _ => return None,
    })
}

fn authority_and_clocks(key: &str) -> Option<&'static str> {
    Some(match key {
        "proposer" => "Who proposes",
        "never-authorises" => "Who never decides",
        "decide-within" => "How long a decision may wait",
        "substitutes" => "In the place of another",
        "delegation" => "Handing a part to a colleague",
        "returned-for" => "Sent back for",
        "rules" => "Who decides",
        "closed" => "Days the offices are closed",
        "deemed-received" => "When a letter counts as received",
        "on-the-day" => "When a time runs out",
        "calendar-alarm" => "Told before the known bank holidays end",
        _ => return None,
    })
}

fn terms_and_reviews(key: &str, is_terms: bool) -> Option<&'static str> {
    Some(match key {
        "usual" if is_terms => "Usual length",
        "usual" => "How often, offered first",
        "longest" => "Longest before it is decided again",
        "cap" => "Longest with every renewal",
        "for-severity" => "How long where the behaviour is graver",
        "permanent" => "It may have no last day",
        "end-date-required" => "It must have a last day",
        "renewals" => "How many times it may be renewed",
        "count-together" => "Those that follow each other count as one",
        "intervals" => "How often it is looked at again",
        "reviewer" => "Who looks at it again",
        "never-reviews" => "Who never does",
        "remind" => "When they are reminded",
        "outcomes" => "What may come of it",
        "overdue" => "If it is late",
        "letter-always" => "The customer always gets a letter",
        "whole-register" => "All of them are looked at together as well",
        "set-in-letter" => "The day is set in each letter",
        "tiers" => "Meeting about all of them",
        _ => return None,
    })
}

fn challenge(key: &str) -> Option<&'static str> {
    Some(match key {
        "against" => "What can be appealed",
        "remit-within" => "How soon a decision that is sent back is made again",
        "appeal" => "Appeal",
        "second-appeal" => "Second appeal",
        "length" => "Appeal about the length",
        "deciders" => "Who decides an appeal",
        "warning" => "Appeal against a warning",
        "marker" => "Appeal against a safety marker",
        "status" => "Appeal against a status",
        "complaint-refusal" => "Appeal against a complaint that was refused",
        "reconsideration" => "Asking us to look again",
        "early-review" => "An early review",
        _ => return None,
    })
}

fn appeal(key: &str) -> Option<&'static str> {
    Some(match key {
        "mode" => "Whether there is one",
        "grounds" => "On which grounds",
        "window" => "How long the customer has",
        "window-from" => "What that is counted from",
        "forms" => "How it may be made",
        "decider" => "Who decides",
        "never-decides" => "Who never decides",
        "late-decided-by" => "Who decides a late appeal",
        "decide-within" => "How soon it is decided",
        "outcomes" => "What may come of it",
        "suspends" => "The decision waits for it",
        "final" => "Final within the landlord",
        "complaint" => "Complaints beside it",
        _ => return None,
    })
}

fn reconsideration(key: &str) -> Option<&'static str> {
    Some(match key {
        "grounds" => "On which grounds",
        "decider" => "Who answers",
        "never-decides" => "Who never answers",
        "decide-within" => "How soon it is answered",
        _ => return None,
    })
}

fn letter(key: &str) -> Option<&'static str> {
    Some(match key {
        "told-as-well" => "Whether it is told as well",
        "other-formats" => "Other formats, after “You can have this letter”",
        "sent-by" => "How letters go",
        "copies" => "Copy",
        "told" => "What is told besides",
        "steps" => "A step's own letter",
        "own" => "Our own words",
        "signed-by" => "Who signs",
        kind => return crate::rules::policy::LetterKind::from_key(kind).map(crate::rules::policy::LetterKind::title),
    })
}

fn after(key: &str) -> Option<&'static str> {
    Some(match key {
        "title" => "What it is called",
        "always" => "Always told when",
        "consider" => "Thought of when",
        "others" => "Handed on to",
        "offered-by" => "Who offers it",
        "within" => "How soon",
        "offers" => "What is offered",
        "nation" => "Whose bank holidays count",
        "ombudsman" => "Where a customer goes next",
        "complaints" => "Where complaints go",
        "landlord-type" => "What kind of landlord this is",
        "routes" => "Somewhere else to go",
        "incidents" => "Records of incidents",
        "warnings" => "Records of warnings",
        "restrictions" => "Records of restrictions",
        "ranges" => "Some records",
        "legal-hold" => "Who may hold records back",
        _ => return None,
    })
}
