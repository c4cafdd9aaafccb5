//! Parses the command line and runs the command.

use std::process::ExitCode;

use clap::Parser as _;
use colloquy::cli::{self, Cli};

// Work moves between threads here, and the system's allocator keeps what was freed for the thread
// that freed it: after results of 100,000 responses that was a fifth of all memory.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main(Cli::parse())
}
