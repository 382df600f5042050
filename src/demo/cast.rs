//! Who works where in the demonstration. Everybody is invented; the posts and titles are each landlord's own.

use crate::rules::id::LandlordId;
use crate::store::system::NewLandlord;

/// A landlord of the demonstration.
#[derive(Debug)]
pub struct House {
    /// Its short name.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// An invented number.
    pub phone: &'static str,
    /// Its postal address, lines apart.
    pub address: &'static str,
    /// Its policy pack.
    pub pack: &'static str,
}

/// A person of the cast.
#[derive(Debug)]
pub struct Post {
    /// The first part of their address.
    pub account: &'static str,
    /// Their name.
    pub name: &'static str,
    /// Their own job title.
    pub job_title: &'static str,
    /// Which pages they may open.
    pub reach: &'static str,
    /// The posts of the policy they hold.
    pub roles: &'static [&'static str],
    /// The account of their line manager.
    pub manager: Option<&'static str>,
    /// Their team.
    pub team: &'static str,
}

impl House {
    /// As the system adds it.
    pub fn landlord(&self, id: LandlordId) -> NewLandlord<'static> {
        NewLandlord { id, slug: self.slug, name: self.name, phone: self.phone, email: self.email(), address: self.address }
    }

    /// The address somebody here signs in with.
    pub fn address_of(&self, post: &Post) -> String {
        format!("{}@{}.example", post.account, self.slug)
    }

    fn email(&self) -> &'static str {
        match self.slug {
            "one-manchester" => "hello@one-manchester.example",
            "alliance-homes" => "hello@alliance-homes.example",
            "housing-solutions" => "hello@housing-solutions.example",
            "notting-hill-genesis" => "hello@notting-hill-genesis.example",
            "west-kent" => "hello@west-kent.example",
            _ => "hello@landlord.example",
        }
    }
}

const fn post(
    account: &'static str,
    name: &'static str,
    job_title: &'static str,
    reach: &'static str,
    roles: &'static [&'static str],
    manager: Option<&'static str>,
    team: &'static str,
) -> Post {
    Post { account, name, job_title, reach, roles, manager, team }
}

/// Everybody, landlord by landlord.
pub const CAST: &[(House, &[Post])] = &[
    (
        House {
            slug: "one-manchester",
            name: "One Manchester",
            phone: "0161 496 0100",
            address: "Lovell House, Archway 6\nHulme\nManchester M15 5RN",
            pack: include_str!("../../policies/one-manchester.toml"),
        },
        &[
            post("adviser", "Farah Siddiqui", "Customer Adviser", "frontline", &["adviser"], Some("manager"), "Customer services"),
            post("officer", "Callum Doyle", "Neighbourhood Officer", "frontline", &["officer"], Some("manager"), "Customer services"),
            post("manager", "Grace Oyelaran", "Customer Services Team Leader", "manager", &["manager"], Some("head"), "Customer services"),
            post("manager2", "Martin Sharrock", "Neighbourhoods Team Leader", "manager", &["manager"], Some("head"), "Housing"),
            post("head", "Helen Marsh", "Head of Customer Services", "head", &["head-of-service"], Some("director"), "Housing"),
            post(
                "director",
                "Denise Achebe",
                "Director of Communities",
                "director",
                &["director", "director-of-communities"],
                None,
                "Leadership",
            ),
            post("director2", "Robert Kinsella", "Director of Assets", "director", &["director"], None, "Leadership"),
            post("policy", "Sunita Rao", "Policy Lead", "policy-owner", &["policy-owner"], Some("director2"), "Leadership"),
            post("admin", "Lewis Pratt", "Systems Administrator", "administrator", &["administrator"], Some("director2"), "Leadership"),
        ],
    ),
    (
        House {
            slug: "alliance-homes",
            name: "Alliance Homes",
            phone: "0117 496 0200",
            address: "40 Martingale Way\nPortishead\nBristol BS20 7AW",
            pack: include_str!("../../policies/alliance-homes.toml"),
        },
        &[
            post("adviser", "Tom Birch", "Customer Adviser", "frontline", &["adviser"], Some("manager"), "Customer services"),
            post("officer", "Aisha Bello", "Housing Officer", "frontline", &["officer"], Some("manager"), "Customer services"),
            post("manager", "Priya Nair", "Customer Experience Team Manager", "manager", &["manager"], Some("head"), "Customer services"),
            post(
                "manager2",
                "Owen Trevelyan",
                "Service Delivery Manager – Customer Experience",
                "manager",
                &["manager", "service-delivery-manager-customer-experience"],
                Some("head"),
                "Housing",
            ),
            post("head", "Marian Coates", "Head of Housing", "head", &["head-of-service"], Some("director"), "Housing"),
            post("director", "Graham Lyle", "Service Director Property", "director", &["director"], None, "Leadership"),
            post(
                "director2",
                "Yasmin Haddad",
                "Service Director Customer Operations",
                "director",
                &["service-director-customer-operations"],
                None,
                "Leadership",
            ),
            post("policy", "Eleanor Voss", "Policy Lead", "policy-owner", &["policy-owner"], Some("director2"), "Leadership"),
            post("admin", "Kofi Mensah", "Systems Administrator", "administrator", &["administrator"], Some("director2"), "Leadership"),
        ],
    ),
    (
        House {
            slug: "housing-solutions",
            name: "Housing Solutions",
            phone: "01632 960 300",
            address: "Crown House, Crown Square\nWaldeck Road\nMaidenhead SL6 8BY",
            pack: include_str!("../../policies/housing-solutions.toml"),
        },
        &[
            post("adviser", "Joe Wray", "Customer Services Officer", "frontline", &["adviser"], Some("manager"), "Customer services"),
            post("officer", "Samina Iqbal", "Housing Officer", "frontline", &["officer"], Some("manager"), "Customer services"),
            post("manager", "Amira Cole", "Customer Services Manager", "manager", &["manager"], Some("head"), "Customer services"),
            post("manager2", "Peter Lindqvist", "Housing Manager", "manager", &["manager"], Some("head"), "Housing"),
            post("head", "Ruth Kavanagh", "Head of Housing Services", "head", &["head-of-service"], Some("director"), "Housing"),
            post("director", "Stephen Adeyemi", "Director of Operations", "director", &["director"], None, "Leadership"),
            post("director2", "Caroline Frost", "Director of Resources", "director", &["director"], None, "Leadership"),
            post("policy", "Naomi Pryce", "Policy Lead", "policy-owner", &["policy-owner"], Some("director2"), "Leadership"),
            post("admin", "Daniel Osei", "Systems Administrator", "administrator", &["administrator"], Some("director2"), "Leadership"),
        ],
    ),
    (
        House {
            slug: "notting-hill-genesis",
            name: "Notting Hill Genesis",
            phone: "020 7946 0400",
            address: "Bruce Kenrick House\n2 Killick Street\nLondon N1 9FL",
            pack: include_str!("../../policies/notting-hill-genesis.toml"),
        },
        &[
            post("adviser", "Bilal Hussain", "Customer Service Adviser", "frontline", &["adviser"], Some("manager"), "Customer services"),
            post("officer", "Chloe Adams", "Housing Officer", "frontline", &["officer"], Some("manager"), "Customer services"),
            post("manager", "Efua Boateng", "Housing Operations Manager", "manager", &["manager"], Some("head"), "Customer services"),
            post("manager2", "Nick Papadakis", "Customer Service Manager", "manager", &["manager"], Some("head"), "Housing"),
            post("head", "Alison Reid", "Head of Housing", "head", &["head-of-service"], Some("director"), "Housing"),
            post(
                "director",
                "Tariq Mahmood",
                "Director of Business Improvement",
                "director",
                &["director", "director-of-business-improvement"],
                None,
                "Leadership",
            ),
            post("director2", "Frances Holt", "Director of Housing", "director", &["director"], None, "Leadership"),
            post(
                "policy",
                "Imogen Clarke",
                "Head of Policy and Customer Experience",
                "policy-owner",
                &["policy-owner"],
                Some("director2"),
                "Leadership",
            ),
            post("admin", "Sean Whelan", "Systems Administrator", "administrator", &["administrator"], Some("director2"), "Leadership"),
        ],
    ),
    (
        House {
            slug: "west-kent",
            name: "West Kent",
            phone: "01632 960 500",
            address: "101 London Road\nSevenoaks\nKent TN13 1AX",
            pack: include_str!("../../policies/west-kent.toml"),
        },
        &[
            post("adviser", "Ann Marlow", "Customer Services Adviser", "frontline", &["adviser"], Some("manager"), "Customer services"),
            post("officer", "Dev Chaudhary", "Housing Officer", "frontline", &["officer"], Some("manager"), "Customer services"),
            post("manager", "Ngozi Okoro", "Customer Services Team Manager", "manager", &["manager"], Some("head"), "Customer services"),
            post("manager2", "Wendy Tull", "Housing Team Manager", "manager", &["manager"], Some("head"), "Housing"),
            post("head", "Patrick Byrne", "Head of Service, Housing", "head", &["head-of-service"], Some("director"), "Housing"),
            post("director", "Judith Salter", "Director of Customer Services", "director", &["director"], None, "Leadership"),
            post("director2", "Hassan Malik", "Director of Property", "director", &["director"], None, "Leadership"),
            post("policy", "Bethan Price", "Policy Lead", "policy-owner", &["policy-owner"], Some("director2"), "Leadership"),
            post("admin", "Marek Nowak", "Systems Administrator", "administrator", &["administrator"], Some("director2"), "Leadership"),
        ],
    ),
];
