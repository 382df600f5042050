//! Search and the contact answer, measured beside the same reads as raw SQL in one run. `bin/bench` says how to call it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

#[path = "reads/load.rs"]
mod load;
#[path = "reads/machine.rs"]
mod machine;
#[path = "reads/raw.rs"]
mod raw;
#[path = "reads/sample.rs"]
mod sample;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use evenhand::local::{self, Durability};

use load::{Ask, Measured};
use sample::Sample;

const CONNECTIONS: usize = 16;
const AT_FULL_SPEED: Duration = Duration::from_secs(10);
const AT_A_RATE: Duration = Duration::from_secs(15);
const RATE: u32 = 400;
const ADDRESS: &str = "127.0.0.1:3997";

fn main() {
    let numbers: Vec<u32> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let [customers, landlords] = numbers[..] else {
        eprintln!("usage: reads CUSTOMERS LANDLORDS");
        return;
    };
    let data = folder(customers, landlords);
    generate(&data, customers, landlords);
    let database = local::start(&data, Durability::Safe).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let owner = database.url("postgres", "evenhand");
    let sample = runtime.block_on(Sample::take(&owner));
    let (words, people) = runtime.block_on(sample.breadth(&owner));
    let mut server = serve(&data);
    let server_id = server.id();
    println!("{customers} customers over {landlords} landlords, {CONNECTIONS} connections, {} CPUs", machine::cpus());
    println!(
        "{:<10} {:>9} {:>9} {:>7} {:>16} {:>22}",
        "",
        "product/s",
        "raw/s",
        "ratio",
        "CPU ms/request*",
        format!("99 % at {RATE}/s, ms")
    );
    runtime.block_on(async {
        let sessions = load::sign_in(ADDRESS, &sample.accounts).await;
        for (name, asks, scripts) in [
            ("contact", sample.contacts(&sessions), raw::contact(&sample, &sessions)),
            ("search", sample.searches(&sessions), raw::search(&sample, &sessions)),
        ] {
            measure(name, &asks, &scripts, &database, &data, server_id).await;
        }
    });
    println!("* of the server + of its database");
    println!("a search here reads {words:.0} words on record and finds {people:.1} people, on average");
    println!("memory of the server alone: {} MB", machine::resident_megabytes(server_id));
    let _ = Command::new("kill").arg(server_id.to_string()).status();
    let _ = server.wait();
    let _ = database.stop();
}

async fn measure(name: &str, asks: &[Ask], scripts: &[String], database: &local::Local, data: &std::path::Path, server: u32) {
    load::full_speed(ADDRESS, asks, CONNECTIONS, Duration::from_secs(3)).await;
    let before = (machine::cpu_time(server), machine::cpu_time_of_database(data));
    let product: Measured = load::full_speed(ADDRESS, asks, CONNECTIONS, AT_FULL_SPEED).await;
    let spent = (machine::cpu_time(server) - before.0, machine::cpu_time_of_database(data) - before.1);
    let raw = raw::run(scripts, &database.url("evenhand_app", "evenhand"), CONNECTIONS, AT_FULL_SPEED);
    let paced = load::at_rate(ADDRESS, asks, CONNECTIONS, RATE, AT_A_RATE).await;
    let ratio = raw.map_or_else(|| "none".to_owned(), |raw| format!("{:.2}", product.per_second() / raw));
    println!(
        "{name:<10} {:>9.0} {:>9} {ratio:>7} {:>10.2} + {:.2} {:>22.1}",
        product.per_second(),
        raw.map_or_else(|| "none".to_owned(), |raw| format!("{raw:.0}")),
        spent.0.as_secs_f64() * 1000.0 / product.answered as f64,
        spent.1.as_secs_f64() * 1000.0 / product.answered as f64,
        paced.slowest_of(0.99).as_secs_f64() * 1000.0,
    );
    if product.failed + paced.failed > 0 {
        println!("  {} requests were not answered as they should be", product.failed + paced.failed);
    }
}

/// Generated data of each size has a folder of its own under the build folder.
fn folder(customers: u32, landlords: u32) -> PathBuf {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_evenhand"));
    program.ancestors().nth(2).unwrap().join("bench").join(format!("{customers}-{landlords}"))
}

fn generate(data: &std::path::Path, customers: u32, landlords: u32) {
    println!("generating, where it is not there yet …");
    let done = Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args(["demo", "--customers", &customers.to_string(), "--landlords", &landlords.to_string()])
        .env("EVENHAND_DATA", data)
        .env_remove("DATABASE_URL")
        .status()
        .unwrap();
    assert!(done.success(), "the data could not be generated");
}

fn serve(data: &std::path::Path) -> Child {
    let mut server = Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args(["serve", "--no-worker"])
        .env("EVENHAND_DATA", data)
        .env("EVENHAND_LISTEN", ADDRESS)
        .env("EVENHAND_LOG", "info")
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(data.join("server.log")).unwrap())
        .spawn()
        .unwrap();
    for _ in 0..200 {
        if std::net::TcpStream::connect(ADDRESS).is_ok() {
            return server;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let _ = server.kill();
    let _ = server.wait();
    panic!("the server did not start");
}
