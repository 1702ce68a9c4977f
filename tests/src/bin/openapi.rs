//! Writes `docs/openapi.json` anew.

use std::process::ExitCode;
use tests::openapi;

fn main() -> ExitCode {
    match std::fs::write(openapi::PATH, openapi::written()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", openapi::PATH);
            ExitCode::FAILURE
        }
    }
}
