//! Names of people, streets and towns to choose from. All are invented or common; no group of names stands for anything.

use super::dice::Dice;

/// Given names of women, the most common first.
const HERS: &[&str] = &[
    "Margaret", "Fatima", "Susan", "Grace", "Karen", "Aisha", "Julie", "Maria", "Emma", "Priya", "Joanne", "Zainab", "Claire", "Agnieszka", "Rachel", "Blessing",
    "Lisa", "Nasreen", "Amanda", "Chioma", "Helen", "Yasmin", "Tracey", "Abimbola", "Laura", "Sunita", "Donna", "Mei", "Sophie", "Amina", "Janet", "Ewa",
    "Paula", "Rukhsana", "Gemma", "Comfort", "Denise", "Thuy", "Kerry", "Hawa", "Natalie", "Leila", "Carol", "Ifeoma", "Michelle", "Samira", "Leanne", "Renata",
    "Hannah", "Shabnam", "Beverley", "Adwoa", "Lorraine", "Magdalena", "Chloe", "Noor", "Sandra", "Ngozi", "Jacqueline", "Parveen", "Bethan", "Siobhán", "Zoë", "Chloé",
    "Sinéad", "Renée", "Mónica", "Lucía", "Małgorzata", "Zofia", "Ayşe", "Thảo", "Hương", "Inês", "Beatriz", "Ana", "Ioana", "Elena", "Svetlana", "Olena",
    "Miriam", "Rivka", "Esther", "Ruth", "Deborah", "Winsome", "Marcia", "Yvonne", "Merle", "Shanice", "Keisha", "Abena", "Efua", "Akosua", "Temitope", "Folake",
    "Hodan", "Ifrah", "Sagal", "Asha", "Kavita", "Meena", "Jaswinder", "Harpreet", "Gurpreet", "Lakshmi", "Tharani", "Rabia", "Sadia", "Nazia", "Tahira", "Farzana",
    "Xin", "Ling", "Jia", "Wen", "Soo-jin", "Yuki", "Marisol", "Rosa", "Carmen", "Pilar", "Giulia", "Chiara", "Francesca", "Katarzyna", "Joanna", "Dorota",
    "Irena", "Vesna", "Jelena", "Mirela", "Adriana", "Daniela", "Bronagh", "Niamh", "Aoife", "Orla", "Mairead", "Eilidh", "Morag", "Catrin", "Rhian", "Angharad",
];

/// Given names of men, the most common first.
const HIS: &[&str] = &[
    "David", "Mohammed", "Paul", "Daniel", "Mark", "Ahmed", "Andrew", "Samuel", "Stephen", "Imran", "John", "Emmanuel", "Michael", "Piotr", "Peter", "Tariq",
    "Kevin", "Abdul", "Robert", "Kwame", "James", "Hassan", "Colin", "Raj", "Christopher", "Chidi", "Ian", "Tomasz", "Gary", "Yusuf", "Martin", "Olumide",
    "Simon", "Bilal", "Anthony", "Minh", "Neil", "Kofi", "Wayne", "Ali", "Keith", "Vikram", "Craig", "Marek", "Darren", "Ibrahim", "Lee", "Segun",
    "Graham", "Khalid", "Derek", "Arjun", "Barry", "Ramesh", "Trevor", "Leroy", "Clive", "Winston", "Delroy", "Errol", "José", "Luís", "André", "François",
    "Łukasz", "Paweł", "Michał", "Zbigniew", "Günther", "Jürgen", "Søren", "Björn", "Seán", "Pádraig", "Ciarán", "Eoin", "Declan", "Conor", "Fergus", "Hamish",
    "Callum", "Ewan", "Rhys", "Gethin", "Dafydd", "Emyr", "Giorgos", "Nikos", "Dimitris", "Costas", "Mehmet", "Emre", "Murat", "Cem", "Ivan", "Dragan",
    "Goran", "Milan", "Ion", "Andrei", "Radu", "Vlad", "Oleksandr", "Taras", "Dmytro", "Aryeh", "Moshe", "Yosef", "Reuben", "Kwabena", "Yaw", "Kojo",
    "Babatunde", "Femi", "Tunde", "Adebayo", "Chukwuma", "Obinna", "Jamal", "Omar", "Mustafa", "Farhan", "Abdi", "Liban", "Warsame", "Harjit", "Balwinder", "Sukhdev",
    "Nadeem", "Rashid", "Faisal", "Shahid", "Kamran", "Anil", "Sanjay", "Suresh", "Prakash", "Nuwan", "Tuan", "Quang", "Đức", "Wei", "Jun", "Hiroshi",
    "Min-jun", "Carlos", "Diego", "Mateus", "Paulo", "Marco", "Luca", "Matteo", "Giovanni", "Frédéric", "Étienne", "Olivier", "Benoît", "Kenneth", "Ronald", "Terence",
];

/// Given names of anybody.
const THEIRS: &[&str] = &["Alex", "Sam", "Jordan", "Robin", "Charlie", "Ash", "Kit", "Rowan", "Frankie", "Morgan", "Sunny", "Ade"];

/// Second halves of given names such as Anne-Marie.
const SECOND: &[&str] = &["Marie", "Louise", "Jane", "Ann", "May", "Rose", "Lee", "James", "Paul", "Ray"];

/// Family names, the most common first.
const FAMILIES: &[&str] = &[
    "Smith", "Khan", "Jones", "Ahmed", "Taylor", "Patel", "Brown", "Hussain", "Williams", "Ali", "Wilson", "Begum", "Johnson", "Singh", "Davies", "Okafor",
    "Robinson", "Nowak", "Wright", "Kaur", "Thompson", "Nguyễn", "Evans", "Mensah", "Walker", "O'Brien", "White", "Akhtar", "Roberts", "Adeyemi", "Green", "Kowalski",
    "Hall", "Mohamed", "Wood", "Campbell", "Jackson", "Iqbal", "Clarke", "Owusu", "Hughes", "Shah", "Edwards", "Boateng", "Turner", "Wójcik", "Hill", "de Souza",
    "McDonald", "Rahman", "Cooper", "Osei", "Ward", "Nuñez", "Morris", "Chowdhury", "Moore", "Silva", "Clark", "Uddin", "King", "O'Connor", "Baker", "Sharma",
    "Harrison", "Eze", "Morgan", "Tran", "Patterson", "Malik", "Allen", "Asante", "James", "Ferreira", "Scott", "Mahmood", "Phillips", "Kamara", "Watson", "Lewandowski",
    "Davis", "Bello", "Parker", "Da Costa", "Price", "Islam", "Bennett", "Balogun", "Young", "MacLeod", "Griffiths", "Abdi", "Mitchell", "Pereira", "Kelly", "Popescu",
    "Cook", "Ionescu", "Carter", "Ibrahim", "Richardson", "Yılmaz", "Bailey", "García", "Collins", "Fernández", "Bell", "Martínez", "Shaw", "Rossi", "Murphy", "Papadopoulos",
    "Miller", "D'Souza", "Cox", "Fernandes", "Marshall", "Gupta", "Simpson", "Pham", "Adams", "Lê", "Anderson", "Wong", "Ellis", "Chan", "Wilkinson", "Leung",
    "Foster", "Zhang", "Chapman", "Kim", "Mason", "Sato", "Webb", "Okonkwo", "Rogers", "Nwosu", "Hunt", "Danjuma", "Mills", "Diallo", "Holmes", "Traoré",
    "Palmer", "N'Diaye", "Matthews", "Warsame", "Gibson", "Farah", "Fox", "Hassan", "Stone", "Tesfaye", "Barnes", "Haile", "Knight", "Mwangi", "Lloyd", "Otieno",
    "Butler", "Moyo", "Russell", "Ncube", "Fisher", "Dube", "Barker", "Chikwanha", "Stevens", "Gonçalves", "Jenkins", "Dos Santos", "Murray", "Almeida", "Dixon", "Szymański",
    "Harvey", "Dąbrowski", "Graham", "Kaczmarek", "Pearson", "Zieliński", "Ashworth", "Novák", "Fletcher", "Horváth", "Whitfield", "Kovács", "Walsh", "Petrov", "McCarthy", "Ivanova",
    "O'Neill", "Shevchenko", "O'Sullivan", "Bondarenko", "McKenzie", "Kazlauskas", "Stewart", "Bērziņš", "Reid", "Müller", "Burns", "Schäfer", "Ó Súilleabháin", "Dubois", "Ní Bhriain", "Lefèvre",
    "Llewellyn", "Smith-Jones", "Pritchard", "Clarke-Osei", "Probert", "Reid-Campbell", "Gwilliam", "Khan-Taylor", "St John", "Van der Berg", "Fitzgerald", "El-Sayed", "Cohen", "Al-Hassan", "Levy", "Haddad",
];

/// First halves of family names and of streets.
const FIRST: &[&str] = &[
    "Ash", "Alder", "Apple", "Barn", "Beck", "Birch", "Black", "Brad", "Bram", "Brook", "Burn", "Chad", "Clay", "Cole", "Cran", "Crow", "Dal", "Dean", "Dun", "East",
    "Elm", "Fair", "Fern", "Flax", "Gold", "Graves", "Green", "Hal", "Har", "Hather", "Hazel", "Heath", "Holl", "Horn", "Kel", "Kings", "Lang", "Lark", "Lin", "Lock",
    "Long", "Mal", "Marl", "Mead", "Mill", "Moor", "Nether", "Nor", "Oak", "Os", "Pen", "Red", "Rock", "Rush", "Salt", "Sel", "Shel", "Staple", "Swan", "Thorn",
    "Tun", "Wake", "Wal", "War", "West", "Whit", "Wild", "Wind", "Wood", "Yar",
];

/// Second halves of family names.
const LAST: &[&str] = &[
    "worth", "ley", "field", "ton", "by", "ford", "man", "well", "croft", "bourne", "bridge", "burn", "combe", "cott", "den", "dale", "ham", "hurst", "land", "low", "mere", "more", "sley",
    "stone", "thorpe", "wick", "wood", "stead",
];

/// Second halves of streets.
const PLACE: &[&str] = &["bank", "field", "gate", "hill", "mead", "croft", "brook", "side", "wood", "view", "stone", "dene"];

/// What streets are called.
const WAYS: &[&str] = &["Road", "Street", "Close", "Avenue", "Gardens", "Court", "Drive", "Lane", "Way", "Terrace", "Crescent", "Grove"];

/// A person's names, as they fall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Mr, Ms …, where they gave one.
    pub title: Option<&'static str>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// `he`, `she` or `they`.
    pub pronoun: &'static str,
}

/// Somebody's names.
pub fn name(dice: &mut Dice) -> Name {
    let (pronoun, titles, from): (_, &[Option<&'static str>], _) = match dice.below(100) {
        0..=48 => ("she", &[Some("Ms"), Some("Mrs"), Some("Miss"), Some("Ms"), Some("Dr"), None], HERS),
        49..=96 => ("he", &[Some("Mr"), Some("Mr"), Some("Mr"), Some("Mr"), Some("Dr"), None], HIS),
        _ => ("they", &[Some("Mx"), None], THEIRS),
    };
    let first = from[dice.common(from.len())];
    let given = if dice.chance(6) { format!("{first}-{}", dice.pick(SECOND)) } else { first.to_owned() };
    Name { title: *dice.pick(titles), given, family: family(dice), pronoun }
}

/// A family name: mostly one of the common ones, else one of about two thousand.
pub fn family(dice: &mut Dice) -> String {
    match dice.chance(55) {
        true => FAMILIES[dice.common(FAMILIES.len())].to_owned(),
        false => format!("{}{}", dice.pick(FIRST), dice.pick(LAST)),
    }
}

/// A street, one of several thousand.
pub fn street(dice: &mut Dice) -> String {
    format!("{}{} {}", dice.pick(FIRST), dice.pick(PLACE), dice.pick(WAYS))
}

/// A town.
pub fn town(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(FIRST), dice.pick(&["ford", "ton", "ham", "bury", "mouth", "wick", "stead", "pool"]))
}

/// An address somebody writes from: letters without accents, dots between.
pub fn email(given: &str, family: &str, number: usize) -> String {
    let plain = |text: &str| crate::rules::search::words(text).into_iter().max_by_key(String::len).unwrap_or_default();
    let number = if number == 0 { String::new() } else { number.to_string() };
    format!("{}.{}{number}@customer.example", plain(given), plain(family))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_names_and_streets_enough() {
        let mut dice = Dice::of(1);
        let people: Vec<Name> = (0..40_000).map(|_| name(&mut dice)).collect();
        let families: BTreeSet<&str> = people.iter().map(|one| one.family.as_str()).collect();
        let givens: BTreeSet<&str> = people.iter().map(|one| one.given.as_str()).collect();
        let streets: BTreeSet<String> = (0..40_000).map(|_| street(&mut dice)).collect();
        assert!(families.len() > 1_900 && givens.len() > 800 && streets.len() > 3_000, "{} {} {}", families.len(), givens.len(), streets.len());
    }

    #[test]
    fn an_email_address_is_plain() {
        assert_eq!(email("Łukasz", "O'Brien", 0), "lukasz.obrien@customer.example");
        assert_eq!(email("Thảo", "Nguyễn", 2), "thao.nguyen2@customer.example");
    }
}
