//! A program of others that reads the document, asks whatever it allows and forbids, and looks
//! whether the answers are those that it promises. `tests/run` installs it.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::Program;
use crate::support::TestApp;

/// What is looked at. That the meaning of what fits the document may still be refused is no
/// fault, so that is not asked; nor whether tokens are looked at, which `access` sees.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      negative_data_rejection,unsupported_method";

#[tokio::test]
async fn no_answer_is_a_fault_and_each_is_one_that_the_document_promises() {
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/judges/bin/st");
    assert!(judge.exists(), "{} is not there: tests/run installs it", judge.display());
    let app = TestApp::spawn_with(|settings| settings.limits.api_requests = 0).await;
    app.sign_in().await;
    let program = Program::of(&app).await;
    program.can_be_written_to(&app).await;
    let example = program.done("post", "/examples", json!({})).await;
    let slug = example["slug"].as_str().unwrap();
    program.done("post", &format!("/questionnaires/{slug}/example"), json!({})).await;
    let settings = app.home.path().join("schemathesis.toml");
    std::fs::write(&settings, format!("[parameters]\n\"path.slug\" = \"{slug}\"\n")).unwrap();
    // More by hand: SCHEMATHESIS_PHASES=examples,coverage,fuzzing,stateful SCHEMATHESIS_EXAMPLES=50
    let asked = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let examples = asked("SCHEMATHESIS_EXAMPLES", "4");
    let phases = asked("SCHEMATHESIS_PHASES", "examples,fuzzing");
    let done = Command::new(judge)
        .arg("--config-file")
        .arg(&settings)
        .args(["run", "--url", &app.address, "--no-color", "--seed", "7"])
        .args(["--phases", &phases, "--checks", CHECKS])
        .args(["--max-examples", &examples, "--continue-on-failure", "--no-shrink"])
        .args(["--header", &format!("Authorization: Bearer {}", program.token)])
        // One worker: Python 3.11 now and then fails to parse itself in several threads.
        .args(["--suppress-health-check", "all", "--workers", "1", "--warnings", "off"])
        // It would take away its own token, or the example.
        .args(["--exclude-operation-id", "tokens_revoke"])
        .args(["--exclude-operation-id", "members_delete"])
        .arg(format!("{}/api/v1/openapi.json", app.address))
        .current_dir(app.home.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}\n{wrong}");
}
