//! Debian's Dovecot with a mailbox of its own, beside nothing else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::ways::Stopped;

/// A mailbox of `ada@example.org`, whose password is `secret/word`; gone with this.
pub struct Dovecot {
    home: TempDir,
    _server: Stopped,
}

/// Settings: on which ports it listens, without and with TLS from the first byte; 0: not so.
pub fn ports(plain: u16, encrypted: u16) -> String {
    format!(
        "service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {plain}\n }}\n \
         inet_listener imaps {{\n  port = {encrypted}\n  ssl = yes\n }}\n}}\n"
    )
}

impl Dovecot {
    /// Starts one with these settings. In its folder are `certificate.pem` and `key.pem` for
    /// `localhost`, `ca.pem` that vouches for it, and `stranger.pem` that does not.
    pub fn start(settings: &str) -> Self {
        let home = tempfile::Builder::new().prefix("dovecot").tempdir_in("/tmp").unwrap();
        let at = home.path();
        let open_to_all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(at, open_to_all).unwrap();
        for folder in ["run", "home", "home/Maildir", "home/Maildir/new", "home/Maildir/cur"] {
            std::fs::create_dir(at.join(folder)).unwrap();
        }
        std::fs::create_dir(at.join("home/Maildir/tmp")).unwrap();
        if Path::new("/usr/bin/openssl").exists() {
            certificates(at);
        }
        let place = at.display();
        let common = format!(
            "base_dir = {place}/run\nlog_path = {place}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             first_valid_uid = 1\nmail_location = maildir:{place}/home/Maildir\n\
             passdb {{\n driver = static\n args = password=secret/word\n}}\n\
             userdb {{\n driver = static\n args = uid=nobody gid=nogroup home={place}/home\n}}\n\
             service anvil {{\n chroot =\n}}\n"
        );
        let settings = settings.replace('<', &format!("<{place}/"));
        std::fs::write(at.join("dovecot.conf"), common + &settings).unwrap();
        let mut command = Command::new("dovecot");
        command.arg("-F").arg("-c").arg(at.join("dovecot.conf")).current_dir(at);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { _server: Stopped(child), home }
    }

    /// A file of its folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.home.path().join(file)
    }

    /// Puts a mail into its mailbox, as a server or another mail program does.
    pub fn put(&self, folder: &str, name: &str, raw: &str) {
        std::fs::write(self.path("home/Maildir").join(folder).join(name), raw).unwrap();
        let mut own = Command::new("chown");
        own.arg("-R").arg("nobody:nogroup").arg(self.path("home"));
        assert!(own.status().unwrap().success());
    }

    /// The names of the mails that lie in it; those that were read end with `S`.
    pub fn lies(&self) -> Vec<String> {
        ["new", "cur"]
            .iter()
            .flat_map(|folder| std::fs::read_dir(self.path("home/Maildir").join(folder)).unwrap())
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Waits until its log and what lies in it are so.
    pub async fn until(&self, what: &str, so: impl Fn(&str, &[String]) -> bool) {
        for _ in 0..300 {
            if so(&self.log(), &self.lies()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nobody {what}: {:?}\n{}", self.lies(), self.log());
    }
}

/// Makes what a server of a small office makes for itself: somebody who vouches, and a certificate.
fn certificates(at: &Path) {
    std::fs::write(at.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    let curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    let vouching = "-days 2 -addext basicConstraints=critical,CA:TRUE";
    for command in [
        format!("req -x509 {curve} -keyout ca.key -out ca.pem -subj /CN=office {vouching}"),
        format!("req -x509 {curve} -keyout x.key -out stranger.pem -subj /CN=stranger {vouching}"),
        format!("req {curve} -keyout key.pem -out asked -subj /CN=localhost"),
        "x509 -req -in asked -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names \
         -out certificate.pem"
            .to_owned(),
    ] {
        let mut openssl = Command::new("openssl");
        openssl.args(command.split(' ')).current_dir(at);
        let made = openssl.stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(made.unwrap().success(), "{command}");
    }
}
