//! `cargo xtask size`: the bytes of what ships, and whether they keep to the budgets.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::build::{self, CONFIG};
use crate::fail::{Failure, Result, fail};
use crate::history::{self, Numbers};
use crate::{deploy, files, paths, run};

const KB: usize = 1024;
const LOADER_BUDGET: usize = 5 * KB / 2;
const CHAT_BUDGET: usize = 90 * KB;
const CHAT_REQUESTS: usize = 5;
const WORKER_BUDGET: usize = 1024 * KB;

/// What may ship, in the order of [`Report::numbers`].
pub(crate) const BUDGETS: Numbers = [LOADER_BUDGET, CHAT_BUDGET, CHAT_REQUESTS, WORKER_BUDGET];

const LOADER: &str = "a/loader.js";
/// Every language has its file; the heaviest counts.
const WORDS: &str = "a/words-";

/// A channel's settings as the Worker writes them into the loader; about as long as they get.
const SAMPLE_CONFIG: &str = concat!(
    r##"{"channel":"demo","title":{"de":"Fragen? Schreiben Sie uns","en":"Questions? Chat with us","##,
    r##""es":"¿Preguntas? Escríbanos","fr":"Une question ? Écrivez-nous"},"##,
    r##""welcome":{"de":"Guten Tag! Womit dürfen wir Ihnen heute helfen?","##,
    r##""en":"Hello! What may we do for you today?","es":"¡Hola! ¿En qué podemos ayudarle hoy?","##,
    r##""fr":"Bonjour ! Que pouvons-nous faire pour vous aujourd’hui ?"},"palette":":host{--g-accent:#0b6e69;"##,
    r##"--g-on-accent:#fff}@media(prefers-color-scheme:dark){:host{--g-accent:#4fc3bc;--g-on-accent:#06211f}}","##,
    r##""position":"end","zIndex":2147483000,"hours":{"open":true,"until":1795348800000},"##,
    r##""privacy":"https://shop.example.com/privacy"}"##,
);

/// The sizes of one file.
struct Sizes {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
    brotli5: usize,
}

/// The sizes of all, and the sums that have a budget.
struct Report {
    files: Vec<Sizes>,
    loader_brotli: usize,
    chat_brotli: usize,
    chat_requests: usize,
    worker_gzip: usize,
}

/// Builds, measures, prints, and keeps the numbers in the history; fails when a budget is not kept.
pub fn size() -> Result<()> {
    let report = built()?;
    run::say(&report.table());
    report.keeps_to_budgets()?;
    history::keep(report.numbers(), BUDGETS)
}

/// The same as JSON; the history is left as it is.
pub fn as_json() -> Result<()> {
    let report = built()?;
    run::say(&report.json().to_string());
    report.keeps_to_budgets()
}

/// Fails when a budget is not kept. Another toolchain gives other bytes, so a test leaves the history as it is.
pub fn check() -> Result<()> {
    let report = built()?;
    run::say(&report.table());
    report.keeps_to_budgets()
}

fn built() -> Result<Report> {
    build::build()?;
    run::note("Measuring…");
    deploy::pack()?;
    measure()
}

fn measure() -> Result<Report> {
    let mut files = Vec::new();
    for (inside, path) in files::tree(&paths::assets())? {
        let name = inside.to_string_lossy().into_owned();
        if name == "_headers" {
            continue;
        }
        let bytes = files::read(&path)?;
        files.push(Sizes::of(&name, &if name == LOADER { with_sample_config(&bytes) } else { bytes })?);
    }
    let words = files.iter().filter(|file| file.name.starts_with(WORDS)).max_by_key(|file| file.brotli);
    let chat: Vec<&Sizes> = files.iter().filter(|file| is_chat(&file.name)).chain(words).collect();
    let (chat_brotli, chat_requests) = (chat.iter().map(|file| file.brotli).sum(), chat.len());
    let loader_brotli = files.iter().find(|file| file.name == LOADER).map_or(0, |file| file.brotli);
    let worker = worker()?;
    let worker_gzip = worker.iter().map(|file| file.gzip).sum();
    files.extend(worker);
    Ok(Report { files, loader_brotli, chat_brotli, chat_requests, worker_gzip })
}

/// Whether every visitor loads this file to chat; of the words they load those of one language.
fn is_chat(name: &str) -> bool {
    name == LOADER || name.starts_with("a/widget-")
}

fn with_sample_config(loader: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(loader).replace(CONFIG, SAMPLE_CONFIG).into_bytes()
}

/// The files that wrangler uploads as the Worker itself.
fn worker() -> Result<Vec<Sizes>> {
    let mut found = Vec::new();
    for (inside, path) in files::tree(&deploy::rehearsal())? {
        if matches!(path.extension().and_then(|e| e.to_str()), Some("js" | "wasm")) {
            found.push(Sizes::of(&Path::new("worker").join(inside).to_string_lossy(), &files::read(&path)?)?);
        }
    }
    if found.is_empty() {
        return fail(format!(
            "wrangler left no upload in {}: run `npx wrangler deploy --dry-run` in edge/.",
            deploy::rehearsal().display()
        ));
    }
    Ok(found)
}

impl Sizes {
    fn of(name: &str, bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            raw: bytes.len(),
            gzip: gzip(bytes)?,
            brotli: brotli(bytes, 11)?,
            brotli5: brotli(bytes, 5)?,
        })
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "raw": self.raw, "gzip": self.gzip, "brotli": self.brotli, "brotli5": self.brotli5 })
    }
}

impl Report {
    fn json(&self) -> Value {
        json!({
            "files": self.files.iter().map(Sizes::json).collect::<Vec<_>>(),
            "loader_brotli": self.loader_brotli,
            "chat_brotli": self.chat_brotli,
            "chat_requests": self.chat_requests,
            "worker_gzip": self.worker_gzip,
            "ok": self.over().is_empty(),
        })
    }

    fn numbers(&self) -> Numbers {
        [self.loader_brotli, self.chat_brotli, self.chat_requests, self.worker_gzip]
    }

    /// What is measured, how much it is, and how much it may be.
    fn budgets(&self) -> impl Iterator<Item = (&'static str, usize, usize)> {
        let names = [
            "the loader, brotli",
            "all that is loaded to chat, brotli",
            "requests to chat",
            "the Worker, gzip",
        ];
        names.into_iter().zip(self.numbers()).zip(BUDGETS).map(|((what, is), may)| (what, is, may))
    }

    fn keeps_to_budgets(&self) -> Result<()> {
        match self.over().as_slice() {
            [] => Ok(()),
            over => fail(format!("Over budget: {}. `cargo xtask size` shows the files.", over.join("; "))),
        }
    }

    /// The budgets that are not kept. A part that is missing keeps to none.
    fn over(&self) -> Vec<String> {
        let broken = self.budgets().filter(|(_, is, may)| is > may || *is == 0);
        broken.map(|(what, is, may)| format!("{what}: {is} of {may}")).collect()
    }

    fn table(&self) -> String {
        let width = self.files.iter().map(|file| file.name.len()).max().unwrap_or(0).max(36);
        let head =
            format!("{:width$} {:>9} {:>9} {:>9} {:>9}\n", "file", "raw", "gzip", "brotli 11", "brotli 5");
        let rows = self.files.iter().map(|f| {
            format!("{:width$} {:>9} {:>9} {:>9} {:>9}\n", f.name, f.raw, f.gzip, f.brotli, f.brotli5)
        });
        let budgets = self.budgets().map(|(what, is, may)| format!("{what:width$} {is:>9} of {may:>9}\n"));
        let (rows, budgets): (String, String) = (rows.collect(), budgets.collect());
        format!("{head}{rows}\n{}", budgets.trim_end())
    }
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map(|packed| packed.len()).map_err(|e| Failure::new(format!("gzip failed: {e}.")))
}

fn brotli(bytes: &[u8], quality: i32) -> Result<usize> {
    compressed(bytes, quality).map(|packed| packed.len())
}

/// The bytes compressed with brotli, at a quality from 0 to 11.
pub fn compressed(mut bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let done = brotli::BrotliCompress(&mut bytes, &mut packed, &params);
    done.map(|_| packed).map_err(|e| Failure::new(format!("brotli failed: {e}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(loader: usize, chat: usize, worker: usize) -> Report {
        Report {
            files: Vec::new(),
            loader_brotli: loader,
            chat_brotli: chat,
            chat_requests: 3,
            worker_gzip: worker,
        }
    }

    #[test]
    fn budgets_are_kept_to_the_byte() {
        assert!(report(2_560, 92_160, 1_048_576).over().is_empty());
        for over in [report(2_561, 1, 1), report(1, 92_161, 1), report(1, 1, 1_048_577), report(0, 1, 1)] {
            assert_eq!(over.over().len(), 1);
            assert_eq!(over.json()["ok"], false);
        }
    }

    #[test]
    fn the_sample_is_json_of_a_usual_length() {
        assert!(serde_json::from_str::<Value>(SAMPLE_CONFIG).is_ok());
        assert!((500..700).contains(&SAMPLE_CONFIG.len()), "{}", SAMPLE_CONFIG.len());
    }

    #[test]
    fn text_gets_smaller() {
        let text = "abc ".repeat(500);
        assert!(gzip(text.as_bytes()).expect("gzip") < 100);
        assert!(brotli(text.as_bytes(), 11).expect("brotli") < 100);
    }
}
