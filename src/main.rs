//! The command line. `evenhand` alone is the product with demo data, from nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use evenhand::commands;
use evenhand::config::{Config, Needs, SETTINGS};

/// The usual allocator keeps the memory of a password hash for good; this one gives it back once the thread that hashed has ended.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "evenhand", version, about = "Runs a social landlord's unacceptable-behaviour policy fairly.", after_help = SETTINGS)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// The web server, and the worker beside it
    #[command(after_help = SETTINGS)]
    Serve {
        /// Leave the worker to «evenhand work»
        #[arg(long)]
        no_worker: bool,
    },
    /// The worker alone: sends mail, and reminds of what falls due
    #[command(after_help = SETTINGS)]
    Work,
    /// Bring the schema up to date; DATABASE_URL is the owner's
    Migrate {
        /// The login the application uses; it is granted the application's two roles
        #[arg(long)]
        app_role: Option<String>,
    },
    /// Load demo data: the five landlords, or generated ones at any size
    Demo {
        /// How many customers to generate, over all landlords
        #[arg(long)]
        customers: Option<u32>,
        /// How many landlords to generate
        #[arg(long)]
        landlords: Option<u32>,
    },
    /// Policy packs
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Landlords
    #[command(subcommand)]
    Landlord(LandlordCommand),
    /// Teams
    #[command(subcommand)]
    Team(TeamCommand),
    /// Staff
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Every address, one a line: method, path, who may
    Routes,
}

#[derive(Subcommand)]
enum PolicyCommand {
    /// Print the documented format of a pack, with an example for every key
    Schema {
        /// As a JSON Schema, for editors
        #[arg(long)]
        json: bool,
    },
    /// Report every fault of a pack at once; exits 0 only without faults
    Check {
        /// The pack
        file: PathBuf,
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
    },
    /// Give a landlord a new version of its policy, as a draft that two people there publish
    Import(commands::policy::Import),
    /// Print the pack a landlord has in force, or another version of it
    Export {
        /// The landlord's short name
        #[arg(long)]
        landlord: String,
        /// The number of a version
        #[arg(long)]
        number: Option<i32>,
    },
    /// Say what differs between two packs
    Diff {
        /// One pack
        a: PathBuf,
        /// The other
        b: PathBuf,
    },
}

#[derive(Subcommand)]
enum LandlordCommand {
    /// Add a landlord with its policy pack
    Add(commands::NewLandlord),
}

#[derive(Subcommand)]
enum TeamCommand {
    /// Add a team, or give it another mailbox
    Add(commands::team::NewTeam),
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Add a member of staff; the password is read from the first line of standard input
    Add(commands::NewStaff),
}

/// Memory in pages of 2 MB comes back only when all of one is free: with them the server held half as much again. Where the system
/// cannot do without them the server is bigger, and no worse.
#[cfg(target_os = "linux")]
fn keep_to_small_pages() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
fn keep_to_small_pages() {}

fn main() -> ExitCode {
    keep_to_small_pages();
    let _ = dotenvy::dotenv();
    let cli = Cli::parse();
    let needs = match &cli.command {
        None | Some(Command::Serve { .. } | Command::Work) => Needs::Everything,
        Some(_) => Needs::Database,
    };
    match Config::read(needs) {
        Ok(config) => {
            commands::start_logging(&config);
            finish(run(&config, cli.command))
        }
        Err(faults) => {
            eprintln!("The settings are not complete:");
            for fault in faults {
                eprintln!("- {fault}");
            }
            ExitCode::from(2)
        }
    }
}

fn finish(result: Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

#[tokio::main]
async fn run(config: &Config, command: Option<Command>) -> Result<ExitCode> {
    let done = |()| ExitCode::SUCCESS;
    match command {
        None => commands::serve(config, true).await.map(done),
        Some(Command::Serve { no_worker }) => commands::serve(config, !no_worker).await.map(done),
        Some(Command::Work) => commands::work(config).await.map(done),
        Some(Command::Migrate { app_role }) => commands::migrate(config, app_role.as_deref()).await.map(done),
        Some(Command::Demo { customers, landlords }) => commands::demo(config, customers, landlords).await.map(done),
        Some(Command::Policy(PolicyCommand::Schema { json })) => Ok(commands::policy::schema(json)),
        Some(Command::Policy(PolicyCommand::Check { file, json })) => commands::policy::check(&file, json),
        Some(Command::Policy(PolicyCommand::Import(wanted))) => commands::policy::import(config, &wanted).await.map(done),
        Some(Command::Policy(PolicyCommand::Export { landlord, number })) => {
            commands::policy::export(config, &landlord, number).await.map(done)
        }
        Some(Command::Policy(PolicyCommand::Diff { a, b })) => commands::policy::diff(&a, &b),
        Some(Command::Landlord(LandlordCommand::Add(new))) => commands::add_landlord(config, new).await.map(done),
        Some(Command::Team(TeamCommand::Add(new))) => commands::team::add(config, new).await.map(done),
        Some(Command::Staff(StaffCommand::Add(new))) => commands::add_staff(config, new).await.map(done),
        Some(Command::Routes) => {
            commands::routes();
            Ok(ExitCode::SUCCESS)
        }
    }
}
