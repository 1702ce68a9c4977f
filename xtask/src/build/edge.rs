//! The Worker.

use super::stamp::Stamp;
use crate::fail::Result;
use crate::tools::{Tools, WASM};
use crate::{files, paths, run};

/// Compiles the Worker and packs it into `edge/build`.
pub(super) fn build(tools: &Tools) -> Result<()> {
    run::note("Building the Worker…");
    let mut compile = run::cargo();
    // worker-build sets the same variable; wasm-bindgen's macros read it, and cargo does not notice when it changes.
    compile.env("WASM_BINDGEN_USE_JS_SYS", "1");
    compile.args(["build", "--release", "--target", WASM, "--package", "edge", "--lib"]);
    run::watched(&mut compile, "mend the errors above.")?;

    let compiled = files::read(&paths::target().join(WASM).join("release/edge.wasm"))?;
    let manifest = files::read(&paths::at("edge/Cargo.toml"))?;
    let tool_names = format!("{} {}", tools.wasm_bindgen.display(), tools.worker_build.display());
    let stamp = Stamp::of("edge", &[&compiled, &manifest, tool_names.as_bytes()])?;
    if stamp.is_current() && paths::at("edge/build/index.js").is_file() {
        return Ok(());
    }
    run::note("Packing the Worker…");
    let mut pack = run::command(&tools.worker_build);
    pack.current_dir(paths::at("edge")).arg("--release");
    // Without these worker-build downloads its own.
    pack.env("WASM_BINDGEN_BIN", &tools.wasm_bindgen)
        .env("WASM_OPT_BIN", paths::npm_bin("wasm-opt"))
        .env("ESBUILD_BIN", paths::npm_bin("esbuild"));
    run::silent(&mut pack, "look at the lines above.")?;
    stamp.set()
}
