//! The customers whose stories the demonstration tells: twenty at each landlord, one for each story, in the order of `STORIES`.

/// What each lead's story is.
pub const STORIES: [&str; 20] = [
    "limited", "proposed", "letters-only", "pairs", "appealing", "appealed", "review-soon", "review-late", "lifted", "ran-out", "draft", "sent-back",
    "declined", "waiting", "no-action", "spoken", "written", "police", "calm", "upset",
];

/// A lead: title, given and family names, pronoun, first line of the address.
pub type Lead = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The leads of a landlord.
pub fn leads(slug: &str) -> &'static [Lead; 20] {
    match slug {
        "one-manchester" => &ONE_MANCHESTER,
        "alliance-homes" => &ALLIANCE_HOMES,
        "housing-solutions" => &HOUSING_SOLUTIONS,
        "notting-hill-genesis" => &NOTTING_HILL_GENESIS,
        _ => &WEST_KENT,
    }
}

const WEST_KENT: [Lead; 20] = [
    ("Mr", "Colin", "Ashworth", "he", "14 Fernbank Close"),
    ("Ms", "Leanne", "Whitfield", "she", "22 Larkfield Road"),
    ("Mr", "Imran", "Shah", "he", "7 Thornbrook Avenue"),
    ("Mr", "Kevin", "Marl", "he", "31 Hollgate Street"),
    ("Mrs", "Patricia", "Nolan", "she", "5 Millstone Court"),
    ("Mr", "Tomasz", "Zielak", "he", "18 Beckside Terrace"),
    ("Mrs", "Ruth", "Pendle", "she", "40 Oakmead Drive"),
    ("Mr", "Derek", "Holt", "he", "2 Swangate Lane"),
    ("Ms", "Chioma", "Eze", "she", "66 Larkfield Road"),
    ("Mr", "Seán", "O'Brien", "he", "11 Claybank Way"),
    ("Mrs", "Thuy", "Nguyễn", "she", "9 Fernbank Close"),
    ("Ms", "Marcia", "Campbell", "she", "Flat 3, 27 Windhill Road"),
    ("Mr", "Łukasz", "Wójcik", "he", "15 Redcroft Gardens"),
    ("Mr", "Gary", "Smith-Jones", "he", "52 Hollgate Street"),
    ("Mx", "Robin", "Haddad", "they", "8 Elmdene Grove"),
    ("Mr", "Delroy", "McDonald", "he", "33 Thornbrook Avenue"),
    ("Ms", "Inês", "de Souza", "she", "19 Oakmead Drive"),
    ("Mr", "Wayne", "Fletcher", "he", "4 Beckside Terrace"),
    ("Mrs", "Nasreen", "Begum", "she", "71 Claybank Way"),
    ("Mr", "John", "Taylor", "he", "12 Redcroft Gardens"),
];

const ONE_MANCHESTER: [Lead; 20] = [
    ("Mr", "Terence", "Gallagher", "he", "23 Marlbank Street"),
    ("Mrs", "Blessing", "Okafor", "she", "8 Saltfield Road"),
    ("Ms", "Siobhán", "Kearney", "she", "115 Wakeside Avenue"),
    ("Mr", "Leroy", "Francis", "he", "Flat 12, Heathmead Court"),
    ("Mrs", "Parveen", "Akhtar", "she", "47 Elmstone Grove"),
    ("Mr", "Paweł", "Kaczmarek", "he", "6 Normead Close"),
    ("Ms", "Donna", "Entwistle", "she", "90 Marlbank Street"),
    ("Mr", "Abdi", "Warsame", "he", "14 Kingsview Terrace"),
    ("Mr", "Keith", "Ramsbottom", "he", "3 Saltfield Road"),
    ("Ms", "Renée", "Baptiste", "she", "58 Wakeside Avenue"),
    ("Mr", "José", "Nuñez", "he", "Flat 4, Heathmead Court"),
    ("Mrs", "Maureen", "O'Connor", "she", "21 Beckgate Lane"),
    ("Mr", "Kwame", "Asante", "he", "17 Elmstone Grove"),
    ("Ms", "Jodie", "Hargreaves", "she", "2 Kingsview Terrace"),
    ("Mr", "Hassan", "Rahman", "he", "39 Beckgate Lane"),
    ("Mrs", "Yvonne", "Clarke-Osei", "she", "64 Saltfield Road"),
    ("Mr", "Stuart", "Pilling", "he", "10 Normead Close"),
    ("Ms", "Ayşe", "Yılmaz", "she", "28 Kingsview Terrace"),
    ("Mrs", "Jean", "Molyneux", "she", "5 Wakeside Avenue"),
    ("Mr", "Mohammed", "Khan", "he", "73 Marlbank Street"),
];

const ALLIANCE_HOMES: [Lead; 20] = [
    ("Mrs", "Beverley", "Hobbs", "she", "16 Langmead Road"),
    ("Mr", "Gethin", "Prosser", "he", "3 Saltview Gardens"),
    ("Ms", "Adwoa", "Boateng", "she", "27 Tunfield Close"),
    ("Mr", "Barry", "Wickham", "he", "44 Moorgate Avenue"),
    ("Ms", "Lucía", "Fernández", "she", "9 Penbrook Way"),
    ("Mr", "Anthony", "Chubb", "he", "31 Langmead Road"),
    ("Mrs", "Gwen", "Llewellyn", "she", "12 Warhill Drive"),
    ("Mr", "Dmytro", "Bondarenko", "he", "Flat 2, 8 Saltview Gardens"),
    ("Ms", "Kerry", "Sweet", "she", "55 Moorgate Avenue"),
    ("Mr", "Rashid", "Malik", "he", "20 Tunfield Close"),
    ("Mrs", "Hodan", "Farah", "she", "6 Oakdene Terrace"),
    ("Mr", "Clive", "Tremlett", "he", "38 Penbrook Way"),
    ("Ms", "Zoë", "Hathaway", "she", "14 Warhill Drive"),
    ("Mr", "Craig", "Dando", "he", "71 Langmead Road"),
    ("Mrs", "Sunita", "Sharma", "she", "25 Oakdene Terrace"),
    ("Mr", "Eoin", "McCarthy", "he", "2 Tunfield Close"),
    ("Ms", "Ewa", "Lewandowska", "she", "17 Moorgate Avenue"),
    ("Mr", "Nathan", "Yeo", "he", "Flat 5, 8 Saltview Gardens"),
    ("Mr", "Winston", "Barrett", "he", "49 Penbrook Way"),
    ("Mrs", "Susan", "Green", "she", "33 Oakdene Terrace"),
];

const HOUSING_SOLUTIONS: [Lead; 20] = [
    ("Mr", "Ramesh", "Patel", "he", "42 Alderbrook Road"),
    ("Mrs", "Carol", "Hensman", "she", "7 Westmead Crescent"),
    ("Mr", "Olumide", "Balogun", "he", "19 Flaxfield Way"),
    ("Mr", "Darren", "Sturgess", "he", "3 Longcroft Close"),
    ("Ms", "Agnieszka", "Dąbrowska", "she", "88 Alderbrook Road"),
    ("Mr", "Trevor", "Maidment", "he", "24 Hazelview Gardens"),
    ("Mrs", "Noor", "Hussain", "she", "Flat 9, Brookside Court"),
    ("Mr", "Frédéric", "Dubois", "he", "11 Westmead Crescent"),
    ("Ms", "Tracey", "Bunce", "she", "60 Flaxfield Way"),
    ("Mr", "Gurpreet", "Singh", "he", "15 Longcroft Close"),
    ("Mrs", "Ling", "Chan", "she", "Flat 2, Brookside Court"),
    ("Mr", "Ciarán", "O'Neill", "he", "36 Hazelview Gardens"),
    ("Ms", "Keisha", "Reid-Campbell", "she", "5 Flaxfield Way"),
    ("Mr", "Lee", "Ody", "he", "29 Westmead Crescent"),
    ("Mrs", "Joan", "St John", "she", "1 Hazelview Gardens"),
    ("Mr", "Tariq", "Chowdhury", "he", "53 Alderbrook Road"),
    ("Ms", "Ioana", "Popescu", "she", "18 Longcroft Close"),
    ("Mr", "Scott", "Pocock", "he", "Flat 14, Brookside Court"),
    ("Mr", "Errol", "D'Souza", "he", "67 Flaxfield Way"),
    ("Mrs", "Sarah", "Brown", "she", "9 Alderbrook Road"),
];

const NOTTING_HILL_GENESIS: [Lead; 20] = [
    ("Ms", "Winsome", "Pryce", "she", "Flat 21, Kelstone House"),
    ("Mr", "Yusuf", "Abdullahi", "he", "104 Rushgate Road"),
    ("Mrs", "Carmen", "Dos Santos", "she", "Flat 6, Harview Court"),
    ("Mr", "Patrick", "Devlin", "he", "15 Wildbrook Street"),
    ("Ms", "Leila", "El-Sayed", "she", "Flat 33, Kelstone House"),
    ("Mr", "Minh", "Trần", "he", "72 Rushgate Road"),
    ("Mrs", "Agatha", "Mensah", "she", "28 Halmead Square"),
    ("Mr", "Costas", "Papadopoulos", "he", "Flat 11, Harview Court"),
    ("Ms", "Shanice", "Joseph", "she", "9 Wildbrook Street"),
    ("Mr", "Farhan", "Uddin", "he", "Flat 2, 46 Halmead Square"),
    ("Ms", "Rosa", "García", "she", "87 Rushgate Road"),
    ("Mr", "Femi", "Adebayo", "he", "Flat 40, Kelstone House"),
    ("Mrs", "Esther", "Cohen", "she", "3 Halmead Square"),
    ("Mr", "Jamal", "Thomas", "he", "Flat 17, Harview Court"),
    ("Ms", "Bronagh", "Ní Bhriain", "she", "51 Wildbrook Street"),
    ("Mr", "André", "Lefèvre", "he", "120 Rushgate Road"),
    ("Ms", "Samira", "Haile", "she", "Flat 8, Kelstone House"),
    ("Mr", "Lewis", "Van der Berg", "he", "34 Wildbrook Street"),
    ("Mrs", "Merle", "Augustin", "she", "19 Halmead Square"),
    ("Mr", "David", "Jones", "he", "Flat 1, Harview Court"),
];
