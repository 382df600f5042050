//! Somebody is away, and a colleague goes on with their proposal.

use super::case::Case;
use super::way::ALLIANCE_HOMES;

/// The version of the one proposal there is.
async fn version(case: &Case) -> String {
    let query = sqlx::query_scalar::<_, i32>("select version from restriction");
    query.fetch_one(&mut case.house.owner().await).await.expect("its version").to_string()
}

#[tokio::test]
async fn a_colleague_takes_over_a_proposal_and_neither_of_the_two_decides_on_it() {
    let case = Case::begun(ALLIANCE_HOMES.slug).await;
    case.warned_of(&ALLIANCE_HOMES).await;
    let at = case.again("offence").await;

    let mut other = case.person("manager2").await;
    let page = other.see(&at).await;
    assert!(page.says("is writing this proposal") && page.says("away?"), "{}", page.text());
    let blank = other.submit(&page.form(&format!("{at}/proposer"))).await;
    assert_eq!((blank.status(), blank.error("because").as_deref()), (422, Some("Enter why you take it over")));
    let form = page.form(&format!("{at}/proposer")).with("because", "She is on leave until April.");
    let mine = other.save(&form).await;
    assert!(mine.says("The proposal is yours now.") && mine.says("of 4 parts done"), "{}", mine.text());
    assert_eq!(other.submit(&form).await.status(), 409, "a second press changes nothing");
    assert_eq!(case.count("proposal_handover").await, 1);
    let told = case.timeline().await.join("\n");
    assert!(told.contains("Proposal taken over from") && told.contains("She is on leave until April."), "{told}");

    let mut first = case.person("manager").await;
    let page = first.see(&at).await;
    assert!(page.says("is writing this proposal") && !page.says("of 4 parts done"), "{}", page.text());
    let mut other = case.person("manager2").await;
    case.terms(&mut other, &at).await;
    case.sent(&mut other, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    let version = version(&case).await;
    let yes = [("decision", "approve"), ("reason", "Fair."), ("version", version.as_str()), ("stage", "0")];
    for account in ["manager", "manager2"] {
        let mut one = case.person(account).await;
        let page = one.see(&approval).await;
        assert!(!page.body().contains("name=\"decision\""), "{account}: {}", page.text());
        assert_eq!(one.post(&approval, &yes).await.status(), 403, "{account}");
    }
}

#[tokio::test]
async fn an_adviser_or_somebody_of_another_landlord_takes_nothing_over() {
    let case = Case::begun(ALLIANCE_HOMES.slug).await;
    case.warned_of(&ALLIANCE_HOMES).await;
    let at = case.again("offence").await;
    let version = version(&case).await;
    let fields = [("because", "I would like to."), ("version", version.as_str())];
    assert_eq!(case.person("adviser").await.post(&format!("{at}/proposer"), &fields).await.status(), 403);
    let mut stranger = case.house.sign_in("manager@west-kent").await;
    assert_eq!(stranger.post(&format!("{at}/proposer"), &fields).await.status(), 404);
    let mut owner = case.person("manager").await;
    assert_eq!(owner.post(&format!("{at}/proposer"), &fields).await.status(), 409);
    assert_eq!(case.count("proposal_handover").await, 0);
}
