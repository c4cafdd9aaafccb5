//! What a bench found beside what it has to reach.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::process::ExitCode;

/// Rows of figures with their bars.
#[derive(Default)]
pub struct Bars(Vec<(String, String, bool)>);

impl Bars {
    /// A figure that has to stay under its bar.
    pub fn under(&mut self, what: &str, unit: &str, found: f64, bar: f64) {
        let told = format!("{found:.1} {unit} (bar: under {bar} {unit})");
        self.0.push((what.to_owned(), told, found < bar));
    }

    /// Prints every row; a bar that is missed is a failure.
    pub fn tell(self) -> ExitCode {
        println!();
        for (what, told, met) in &self.0 {
            println!("{what:<56} {told:<40} {}", if *met { "met" } else { "MISSED" });
        }
        let missed = self.0.iter().filter(|(.., met)| !met).count();
        println!("{missed} bars missed");
        if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
