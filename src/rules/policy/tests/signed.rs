//! Who signs a letter: what a pack may say of it.

use super::faults::faults_with;

#[test]
fn a_letter_is_signed_by_a_post_there_is_and_nobody_besides() {
    let with = |signed: &str| format!("[letters]\nsigned-by = [{{ letter = \"warning\", {signed}, source = {{ stated = \"1\" }} }}]\n");
    let told =
        |signed: &str| -> Vec<String> { faults_with("west-kent", "[letters]\n", &with(signed)).iter().map(ToString::to_string).collect() };
    for (signed, says) in [
        ("by = \"post\"", "name it with `post`"),
        ("by = \"post\", post = \"mayor\"", "mayor"),
        ("by = \"team\"", "name it with `team`"),
        ("by = \"decider\", team = \"The team\"", "`team` is written only where a team signs"),
        ("by = \"team\", team = \"The team\", post = \"director\"", "`post` is written only where a post signs"),
    ] {
        let faults = told(signed);
        assert!(faults.len() == 1 && faults[0].contains(says), "{signed}: {faults:?}");
    }
}
