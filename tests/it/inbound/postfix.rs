//! Debian's Postfix with a folder of its own, beside nothing else. The bench of mail uses it too.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A mail server of our own with a folder of its own, stopped with it.
pub struct Postfix(TempDir);

impl Drop for Postfix {
    fn drop(&mut self) {
        postfix(self.0.path(), "stop");
    }
}

fn postfix(home: &Path, order: &str) -> bool {
    let mut command = Command::new("postfix");
    command.arg("-c").arg(home.join("etc")).arg(order).current_dir(home);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Postfix {
    /// Starts one that listens to mail on `smtp`; `routes` are settings that say where mail goes.
    pub fn start(smtp: u16, routes: &str) -> Self {
        let home = tempfile::Builder::new().prefix("postfix").tempdir_in("/tmp").unwrap();
        let at = home.path();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(at, open).unwrap();
        for folder in ["etc", "queue", "data"] {
            std::fs::create_dir(at.join(folder)).unwrap();
        }
        assert!(
            Command::new("chown").arg("postfix").arg(at.join("data")).status().unwrap().success()
        );
        let place = at.display();
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {place}/queue\ndata_directory = {place}/data\n\
             mail_owner = postfix\nsetgid_group = postdrop\ninet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\nmyhostname = mx.example.org\nmydestination =\n\
             mynetworks = 127.0.0.0/8\nalias_maps =\nalias_database =\nlocal_recipient_maps =\n\
             smtputf8_enable = no\nmaillog_file = {place}/log\nmaillog_file_prefixes = /tmp\n\
             smtp_dns_support_level = disabled\nlmtp_dns_support_level = disabled\n\
             {routes}\n"
        );
        std::fs::write(at.join("etc/main.cf"), main).unwrap();
        let mut master = format!("127.0.0.1:{smtp} inet n - n - - smtpd\n");
        for line in [
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "proxymap unix - - n - - proxymap",
            "smtp unix - - n - - smtp",
            "lmtp unix - - n - - lmtp",
            "error unix - - n - - error",
            "discard unix - - n - - discard",
            "retry unix - - n - - error",
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ] {
            master.push_str(line);
            master.push('\n');
        }
        std::fs::write(at.join("etc/master.cf"), master).unwrap();
        assert!(postfix(at, "start"), "Postfix does not start");
        Self(home)
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.0.path().join("log")).unwrap_or_default()
    }
}
