//! A group of processes that ends with its owner, however the owner ends.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::fail::{Failure, Result, fail};
use crate::run;

/// How long a group may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(5);

const LOOK: Duration = Duration::from_millis(20);

/// The program runs in a group of its own, beside a watcher that reads a pipe which only we hold open. When we are gone,
/// even by a SIGKILL, the pipe ends and the watcher ends the group: no workerd is left behind.
const SCRIPT: &str = r#"
exec 3<&0
(trap "" TERM; cat <&3 >/dev/null; kill -TERM 0; sleep 1; kill -KILL 0) 2>/dev/null &
exec "$@" 3<&- </dev/null
"#;

/// A process, as the system shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its id.
    pub pid: u32,
    /// The name of its program, as `workerd`.
    pub name: String,
}

/// The group of processes.
#[derive(Debug)]
pub struct Guarded {
    leader: Child,
}

/// A command for [`Guarded::spawn`].
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut shell = run::command("sh");
    shell.args(["-c", SCRIPT, "guard"]).arg(program.as_ref());
    shell
}

impl Guarded {
    /// Starts what [`command`] has made.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let started = command.stdin(Stdio::piped()).process_group(0).spawn();
        let leader = started.map_err(|e| Failure::new(format!("A program could not be started ({e}).")))?;
        Ok(Self { leader })
    }

    /// The processes of the group that still run, without the watcher's own (where the system has `/proc`).
    pub fn processes(&self) -> Vec<Process> {
        let mut all = self.alive();
        all.retain(|process| process.name != "sh" && process.name != "cat");
        all
    }

    /// Whether the program itself has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.leader.try_wait(), Ok(None))
    }

    /// Sends a signal to all, waits, and kills what is left.
    pub fn end(&mut self, signal: &str) -> Result<()> {
        self.signal(signal);
        let deadline = Instant::now() + GRACE;
        while !(self.has_ended() && self.processes().is_empty()) && Instant::now() < deadline {
            thread::sleep(LOOK);
        }
        self.signal("KILL");
        let deadline = Instant::now() + GRACE;
        while !(self.has_ended() && self.alive().is_empty()) {
            if Instant::now() > deadline {
                return fail(format!("Process group {} does not end: kill it by hand.", self.leader.id()));
            }
            thread::sleep(LOOK);
        }
        Ok(())
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.leader.id());
        // A group that has ended already is what we want.
        let _ = run::silent(
            run::command("sh").args(["-c", r#"kill -s "$1" -- "$2""#, "kill", signal, &group]),
            "",
        );
    }

    fn alive(&self) -> Vec<Process> {
        let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
        let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        pids.filter_map(|pid| member(pid, self.leader.id())).collect()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // Nothing can be reported from here, and the watcher is still there.
        let _ = self.end("KILL");
    }
}

/// The process `pid`, if it runs and belongs to `group`.
fn member(pid: u32, group: u32) -> Option<Process> {
    in_group(pid, group, &fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// Reads a line of `/proc/<pid>/stat`: `pid (name) state parent group …`, where the name may hold anything.
fn in_group(pid: u32, group: u32, stat: &str) -> Option<Process> {
    let (before, after) = stat.rsplit_once(") ")?;
    let mut fields = after.split(' ');
    let running = fields.next()? != "Z";
    let belongs = fields.nth(1)?.parse() == Ok(group);
    let name = before.split_once('(')?.1.to_owned();
    (running && belongs).then_some(Process { pid, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_line_is_read_from_its_end() {
        let found = Process { pid: 7, name: "a) b (c".to_owned() };
        assert_eq!(in_group(7, 5, "7 (a) b (c) S 1 5 5 0"), Some(found));
        assert_eq!(in_group(7, 5, "7 (x) Z 1 5 5 0"), None);
        assert_eq!(in_group(7, 5, "7 (x) S 1 6 5 0"), None);
    }

    #[test]
    fn a_group_ends_whole() {
        let mut program = command("sh");
        let mut guarded = Guarded::spawn(program.args(["-c", "sleep 600 & sleep 600"])).expect("sh");
        let deadline = Instant::now() + GRACE;
        while guarded.processes().iter().filter(|process| process.name == "sleep").count() < 2 {
            assert!(Instant::now() < deadline, "the sleepers do not start: {:?}", guarded.processes());
            thread::sleep(LOOK);
        }
        guarded.end("KILL").expect("ended");
        assert_eq!(guarded.alive(), []);
    }

    #[test]
    fn a_group_ends_when_its_owner_closes_the_pipe() {
        let mut program = command("sleep");
        let mut guarded = Guarded::spawn(program.arg("600")).expect("sleep");
        drop(guarded.leader.stdin.take());
        let deadline = Instant::now() + GRACE;
        while !guarded.has_ended() {
            assert!(Instant::now() < deadline, "the program outlives its owner");
            thread::sleep(LOOK);
        }
    }
}
