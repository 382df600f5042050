//! Details of a policy differ by business area: two customers of one landlord, and one who moves from one area to another.

use crate::journey::case::{Case, usual_terms};
use crate::journey::change_the_policy::{ask, published};
use crate::journey::invented::TOLDERVALE;
use crate::support::page::Page;

const AREA: &str = "Sheltered and supported housing";

/// Mr Ashworth, whose area is not named, and Ms Bell in a sheltered scheme. Each time the case is that of whoever is named last.
async fn two_customers() -> (Case, String, String) {
    let mut case = Case::invented(TOLDERVALE.invented.expect("an invented landlord")).await;
    let mut adviser = case.person("adviser").await;
    let blank = adviser.see("/customers/new").await;
    assert_eq!(blank.form("/customers/new").offers("area"), ["", "supported"]);
    let answers =
        [("title", "Ms"), ("given", "Dora"), ("family", "Bell"), ("pronoun", "she"), ("line1", "2 Quince Court"), ("area", "supported")];
    let forged = adviser.submit(&blank.fill(&answers).forged("area", "leasehold")).await;
    assert!(forged.status() == 422 && forged.error("area").is_some(), "{:?}", forged.summary());
    let record = adviser.save(&blank.fill(&answers)).await;
    assert!(record.says(AREA), "{}", record.text());
    let hers = record.address().trim_start_matches("/customers/").to_owned();
    let his = std::mem::replace(&mut case.reference, hers.clone());
    assert!(!adviser.see(&format!("/customers/{his}")).await.says(AREA));
    assert!(adviser.see(&format!("/customers/{hers}/contact")).await.says(AREA));
    (case, his, hers)
}

fn plain(page: &Page) -> String {
    page.text().replace('\u{a0}', " ")
}

/// The area of the version that judges each of these, as the database has it.
async fn judged_in(case: &Case, rows: &str, reference: &str) -> Option<String> {
    let sql = format!(
        "select v.area from {rows} r join policy_version v on v.id = r.policy_version_id join customer c on c.id = r.customer_id \
          where c.ref = '{reference}'"
    );
    ask(&case.house, &sql).await
}

/// As far as a proposal of the customer at hand, every step before it taken; where it is.
async fn ready(case: &Case, steps: &[(&str, &str)]) -> String {
    let incident = case.incident("verbal-aggression").await;
    case.decided(&incident, "warning", "They are told what we ask.").await;
    for (step, form) in steps {
        case.warned(&incident, step, form).await;
    }
    case.again("verbal-aggression").await
}

#[tokio::test]
async fn each_customer_meets_the_ladder_of_their_own_area() {
    let (mut case, his, hers) = two_customers().await;
    for (reference, has_meeting) in [(&his, false), (&hers, true)] {
        case.reference.clone_from(reference);
        let incident = case.incident("verbal-aggression").await;
        case.decided(&incident, "warning", "They are told what we ask.").await;
        case.warned(&incident, "recovery", "spoken").await;
        let mut manager = case.person("manager").await;
        let id = incident.trim_start_matches("/incidents/");
        let page = manager.see(&format!("/warnings/new?customer={reference}&incident={id}")).await;
        assert_eq!(page.says("Support meeting"), has_meeting, "{}", page.text());
        let without = manager.see(&format!("/warnings/new?customer={reference}")).await;
        assert_eq!(without.says("Support meeting"), has_meeting, "without an incident as well: {}", without.text());
    }
    assert_eq!(judged_in(&case, "incident", &his).await, None);
    assert_eq!(judged_in(&case, "incident", &hers).await.as_deref(), Some("supported"));
    assert_eq!(judged_in(&case, "warning", &hers).await.as_deref(), Some("supported"));
}

#[tokio::test]
async fn each_proposal_is_bound_and_decided_as_its_area_says_and_the_letter_promises_it() {
    let (mut case, his, hers) = two_customers().await;
    case.reference = his.clone();
    let at = ready(&case, &[("recovery", "spoken"), ("conduct-letter-one", "written")]).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    assert_eq!(manager.submit(&usual_terms(&page)).await.status(), 303, "half a year is not too long for him");
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.viewed(&approval, "manager2").await;
    case.approved(&approval, "head").await;
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 0, "two gates");
    case.approved(&approval, "director").await;

    case.reference = hers.clone();
    let steps = [("recovery", "spoken"), ("support-meeting", "spoken"), ("conduct-letter-one", "written")];
    let at = ready(&case, &steps).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let refused = manager.submit(&usual_terms(&page)).await;
    assert_eq!(refused.status(), 422);
    let said = refused.error("ends_on").unwrap_or_default().replace('\u{a0}', " ");
    assert!(said.starts_with("The end date must be on or before") && said.contains("3 months after"), "{said}");
    assert_eq!(manager.submit(&usual_terms(&page).with("ends_on", "2027-06-01")).await.status(), 303);
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.viewed(&approval, "manager2").await;
    assert!(case.person("head").await.get(&approval).await.says("Only "), "one gate, and not his");
    case.approved(&approval, "director").await;
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 2);
    assert_eq!(judged_in(&case, "restriction", &hers).await.as_deref(), Some("supported"));
    let letter = case.person("manager").await.see(case.letters().await.first().expect("a letter")).await;
    assert!(plain(&letter).contains("1 June 2027"), "{}", letter.text());
    let restriction = at.replace("/proposals/", "/restrictions/");
    let before = case.person("director").await.get(&format!("{restriction}/policy")).await;
    assert_eq!(before.status(), 409, "there is nothing to move it to: {}", before.text());
    touched(&case).await;
    moved_out(&case, &restriction, &hers).await;
}

/// A version that is another only in her area touches her case and not his.
async fn touched(case: &Case) {
    let pack = TOLDERVALE.invented.expect("an invented landlord").pack;
    let longest = "longest = { value = \"3 months\", stated = \"s.5.9\" }";
    assert!(pack.contains(longest));
    let shorter = pack.replacen(longest, "longest = { value = \"2 months\", stated = \"s.5.9\" }", 1);
    let shorter =
        shorter.replacen("usual = { value = \"3 months\", stated = \"s.5.9\" }", "usual = { value = \"1 month\", stated = \"s.5.9\" }", 1);
    let today = case.house.clock.now().date_naive().to_string();
    let at = published(&case.house, case.slug, &shorter, &today).await;
    assert_eq!(case.count("policy_version where number = 2 and stage = 'published'").await, 2, "the area moves with it");
    let text = plain(&case.person("director").await.see(&format!("{at}/cases")).await);
    let (his, hers) = text.split_once("Dora Bell").expect("her case");
    assert!(his.contains("Colin Ashworth") && !his.contains("2 months"), "{text}");
    assert!(hers.contains("2 months"), "{text}");
}

/// A version without her area: what is put right on her record for another reason leaves it on record for the next that has one.
#[tokio::test]
async fn an_area_the_policy_no_longer_has_is_not_lost_by_a_correction() {
    let (case, _, hers) = two_customers().await;
    let pack = TOLDERVALE.invented.expect("an invented landlord").pack;
    let other = pack.replace("key = \"supported\"", "key = \"schemes\"");
    assert_ne!(other, pack);
    let today = case.house.clock.now().date_naive().to_string();
    published(&case.house, case.slug, &other, &today).await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/customers/{hers}/details")).await;
    assert_eq!(page.form(&format!("/customers/{hers}/details")).offers("area"), ["", "schemes"]);
    adviser.save(&page.fill(&[("line1", "3 Quince Court")])).await;
    let area: Option<String> = ask(&case.house, &format!("select area from customer where ref = '{hers}'")).await;
    assert_eq!(area.as_deref(), Some("supported"));
}

/// She moves out of the scheme: her case stays as it was begun, its page says so, and moving it is a decision with a letter.
async fn moved_out(case: &Case, restriction: &str, hers: &str) {
    let mut adviser = case.person("adviser").await;
    let details = adviser.see(&format!("/customers/{hers}/details")).await;
    assert_eq!(details.form(&format!("/customers/{hers}/details")).value("area"), "supported");
    let record = adviser.save(&details.fill(&[("area", "")])).await;
    assert!(!record.says(AREA), "{}", record.text());
    assert_eq!(judged_in(case, "restriction", hers).await.as_deref(), Some("supported"));
    let mut director = case.person("director").await;
    let page = director.see(restriction).await;
    assert!(page.says("business area has changed. This keeps the rules it was begun under, and not those in general"), "{}", page.text());
    let page = director.see(&format!("{restriction}/policy")).await;
    assert!(page.says("what holds in general is set beside what holds for this case"), "{}", page.text());
    assert!(plain(&page).contains("The longest a new term may run 12 months Now: 3 months"), "{}", page.text());
    let letter = director.save(&page.fill(&[("reason", "She lives in a flat of her own now.")])).await;
    let words = plain(&letter);
    assert!(words.contains("Other rules apply to your managed contact order") && words.contains("as it holds in general"), "{words}");
    assert!(words.contains("1 June 2027") && words.contains("12 months at a time"), "{words}");
    assert_eq!(judged_in(case, "restriction", hers).await, None);
    let page = director.see(restriction).await;
    assert!(!page.says("business area has changed"), "{}", page.text());
}

#[tokio::test]
async fn what_differs_in_an_area_is_read_by_staff_and_by_customers() {
    let (case, _, _) = two_customers().await;
    let mut manager = case.person("manager").await;
    let page = manager.see("/policy").await;
    assert!(page.says("In sheltered and supported housing it differs") && page.says("Everywhere else: "), "{}", page.text());
    assert!(page.says("Support meeting"), "{}", page.text());
    let public = manager.see("/policies/west-kent").await;
    assert!(public.says("In sheltered and supported housing: ") && public.says("3 months"), "{}", public.text());
    let settings = case.person("policy").await.see("/policy/settings/areas").await;
    assert!(settings.says("Stated in the policy, s.5.9.") && settings.says("Does not hold here."), "{}", settings.text());
}
