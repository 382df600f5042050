use crate::rules::policy::{Policy, check};

const EXAMPLE: &str = include_str!("../../format/example.toml");
const QUOTA: &str = "limits = { count = { least = 1, most = 3 }, per = [\"week\", \"month\"] }\nusually = { count = 1, per = \"week\" }\n";
const DURATION: &str = "limits = { minutes = { least = 15, most = 60 } }\nusually = { minutes = 30 }\n";
const TIMES: &str = "limits = { days = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"], from = \"09:00\", until = \"17:00\" }\nusually = { days = [\"tuesday\", \"thursday\"], from = \"10:00\", until = \"12:00\" }\n";

fn with(was: &str, is: &str) -> Vec<(String, String)> {
    assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
    check(&EXAMPLE.replacen(was, is, 1)).faults.into_iter().map(|fault| (fault.place, fault.says)).collect()
}

#[test]
fn limits_nobody_could_mean_are_faults_with_their_place() {
    let quota = |key: &str| format!("measures.offered.quota.{key}");
    let table = [
        (QUOTA, "limits = { count = { least = 5, most = 3 } }\n", quota("limits.count"), "The least, 5, is more than the most, 3."),
        (QUOTA, "limits = { count = {} }\n", quota("limits.count"), "It says nothing. Give `least`, `most` or both."),
        (QUOTA, "limits = {}\n", quota("limits"), "It says nothing. Name a limit, or leave it out."),
        (QUOTA, "usually = {}\n", quota("usually"), "It says nothing. Name a value, or leave it out."),
        (QUOTA, "limits = { per = [] }\n", quota("limits.per"), "The list is empty, so nothing could be chosen."),
        (QUOTA, "limits = { count = { most = 5000 } }\n", quota("limits.count.most"), "This must be at most 1000, not 5000."),
        (
            QUOTA,
            "limits = { minutes = { most = 15 } }\n",
            quota("limits.minutes"),
            "of the kind \"quota\" has no minutes. Take `minutes` out: it is for \"duration\".",
        ),
        (QUOTA, "usually = { every = \"week\" }\n", quota("usually.every"), "it is for \"replies\" and \"regular-call\"."),
        (
            QUOTA,
            "usually = { channels = [\"phone\", \"email\"] }\n",
            quota("usually.channels"),
            "This measure takes one of them, and more stand here.",
        ),
        (QUOTA, "usually = { channels = [] }\n", quota("usually.channels"), "The list is empty."),
        (
            QUOTA,
            "limits = { channels = [\"phone\"], count = { most = 3 }, per = [\"week\"] }\nusually = { channels = [\"phone\"], count = 5, per = \"week\" }\n",
            quota("usually.count"),
            "The form would begin with what the limits do not allow. The policy allows at most 3 calls a week. Enter 3 or fewer.",
        ),
        (
            QUOTA,
            "limits = { per = [\"week\"] }\nusually = { count = 2, per = \"day\" }\n",
            quota("usually.per"),
            "The policy counts these by the week only.",
        ),
        (
            DURATION,
            "limits = { minutes = { most = 300 } }\n",
            "measures.offered.duration.limits.minutes".into(),
            "300 is more than any policy may say here, 240.",
        ),
        (
            DURATION,
            "limits = { channels = [\"letter\"] }\n",
            "measures.offered.duration.limits.channels".into(),
            "A measure of the kind \"duration\" is never about \"letter\".",
        ),
        (
            TIMES,
            "limits = { from = \"17:00\", until = \"09:00\" }\n",
            "measures.offered.times.limits.until".into(),
            "09:00 is not later than 17:00.",
        ),
        (
            TIMES,
            "limits = { from = \"ten\" }\n",
            "measures.offered.times.limits.from".into(),
            "\"ten\" is not a time of the day such as \"10:00\".",
        ),
        (TIMES, "limits = { from = 10:00:30 }\n", "measures.offered.times.limits.from".into(), "10:00:30 is not a time of the day"),
        (
            TIMES,
            "usually = { from = \"12:00\", until = \"12:00\" }\n",
            "measures.offered.times.usually.until".into(),
            "`until` comes after `from`.",
        ),
    ];
    for (was, is, place, says) in table {
        let found = with(was, is);
        assert!(found.len() == 1 && found[0].0 == place && found[0].1.contains(says), "{is}: {found:#?}");
    }
}

#[test]
fn a_channel_the_landlord_does_not_have_is_no_limit() {
    let without = EXAMPLE.replacen("\"visit\", \"social\", \"online\"", "\"visit\", \"online\"", 1);
    assert_ne!(without, EXAMPLE);
    let fewer = without.replacen(QUOTA, "limits = { channels = [\"social\"] }\n", 1);
    let is_of_it = |place: &str| place.starts_with("measures.offered.quota");
    let found: Vec<String> = check(&fewer).faults.into_iter().filter(|one| is_of_it(&one.place)).map(|one| one.says).collect();
    assert_eq!(found, ["\"social\" is not among the channels of this policy. Take it out, or add it to `channels` in [people]."]);
}

/// A time of the day may be written either way.
#[test]
fn an_hour_is_read_in_quotes_and_without() {
    let plain = EXAMPLE.replacen("from = \"09:00\"", "from = 09:00:00", 1);
    assert_eq!(Policy::read(&plain).unwrap(), Policy::read(EXAMPLE).unwrap());
}

#[test]
fn what_the_limits_leave_no_choice_about_stands_in_the_form() {
    let only = EXAMPLE.replacen(QUOTA, "limits = { channels = [\"letter\"], count = { least = 1, most = 1 }, per = [\"week\"] }\n", 1);
    let policy = Policy::read(&only).unwrap();
    let offer = policy.measures.offer("quota").unwrap();
    assert_eq!(offer.begins_with().in_words().as_deref(), Some("one letter a week"));
    assert_eq!(offer.limits_said().as_deref(), Some("Within these limits: one letter a week; for letter only."));
    assert_eq!(offer.usually_said(), None);
    let policy = Policy::read(EXAMPLE).unwrap();
    let said = |key: &str| policy.measures.offer(key).unwrap().limits_said().unwrap();
    assert_eq!(said("quota"), "Within these limits: 1 to 3 contacts a week or a month.");
    assert_eq!(policy.measures.offer("replies").unwrap().usually_said().unwrap(), "The form begins with: every week; Fridays.");
}
