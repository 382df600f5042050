//! What the machine says of processes: CPU time and memory, from /proc.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// How many CPUs there are.
pub fn cpus() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// CPU time of one process so far.
pub fn cpu_time(id: u32) -> Duration {
    ticks(id).map_or(Duration::ZERO, |stat| Duration::from_millis(stat.1 * 10))
}

/// CPU time of a database so far: its server, every process of it, and those that have ended.
pub fn cpu_time_of_database(data: &Path) -> Duration {
    let Some(server) =
        fs::read_to_string(data.join("postgres/postmaster.pid")).ok().and_then(|text| text.lines().next()?.trim().parse::<u32>().ok())
    else {
        return Duration::ZERO;
    };
    let children =
        fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let of_children: u64 = children.filter_map(ticks).filter(|stat| stat.0 == server).map(|stat| stat.1).sum();
    Duration::from_millis((of_children + ticks(server).map_or(0, |stat| stat.1 + stat.2)) * 10)
}

/// Memory of one process alone.
pub fn resident_megabytes(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Parent, own ticks, ticks of children that have ended. A tick is 10 ms.
fn ticks(id: u32) -> Option<(u32, u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some((u32::try_from(number(1)?).ok()?, number(11)? + number(12)?, number(13)? + number(14)?))
}
