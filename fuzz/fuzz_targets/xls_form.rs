//! A form as a workbook: its three sheets as lines of cells with tabs, after lines of dashes.
#![no_main]

use colloquy_fuzz::form;
use libfuzzer_sys::fuzz_target;
use rust_xlsxwriter::Workbook;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut book = Workbook::new();
    for (name, lines) in ["survey", "choices", "settings"].iter().zip(text.split("\n---\n")) {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, line) in (0..).zip(lines.split('\n').take(200)) {
            for (column, cell) in (0..).zip(line.split('\t').take(30)) {
                // A number is one, as a program of tables has it.
                match cell.parse::<f64>() {
                    Ok(number) => drop(sheet.write_number(row, column, number)),
                    Err(_) => drop(sheet.write_string(row, column, cell)),
                }
            }
        }
    }
    if let Ok(file) = book.save_to_buffer() {
        form(&file);
    }
});
