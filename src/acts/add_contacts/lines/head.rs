//! The first line of a table, which says where its columns are.

use super::{
    BAD_ADDRESS, LONGEST_NAME, Line, NO_ADDRESS, email, fields, language, named, separator,
};
use crate::domain::text::one_line;

/// The head of a table: where its columns are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    separator: u8,
    address: usize,
    /// One column, or first and last names.
    name: Vec<usize>,
    language: Option<usize>,
}

impl Head {
    pub(super) fn of(line: &str) -> Option<Self> {
        if line.contains('@') {
            return None;
        }
        let separator = separator(line);
        let columns: Vec<String> = fields(line, separator)
            .iter()
            .map(|field| field.to_lowercase().replace(['-', '_', '.', ' '], ""))
            .collect();
        let place = |names: &[&str]| columns.iter().position(|c| names.contains(&c.as_str()));
        let address = place(&[
            "email",
            "mail",
            "address",
            "emailaddress",
            "mailaddress",
            "邮箱",
            "电子邮箱",
            "电子邮件",
            "邮件",
            "邮箱地址",
            "邮件地址",
            "地址",
        ])?;
        let whole = place(&["name", "fullname", "displayname", "contact", "姓名", "名字", "称呼"]);
        let parts = [
            place(&["firstname", "givenname", "forename", "first"]),
            place(&["lastname", "familyname", "surname", "last"]),
        ];
        Some(Self {
            separator,
            address,
            name: whole.map_or_else(|| parts.into_iter().flatten().collect(), |one| vec![one]),
            language: place(&["language", "lang", "locale", "语言"]),
        })
    }

    pub(super) fn read(&self, line: &str) -> Result<Line, &'static str> {
        let fields = fields(line, self.separator);
        let field = |at: usize| fields.get(at).map_or("", String::as_str);
        let typed = field(self.address);
        if typed.is_empty() {
            return Err(NO_ADDRESS);
        }
        let mut person = named(typed)
            .or_else(|| {
                let address = email(typed)?;
                Some(Line { name: String::new(), address, language: None })
            })
            .ok_or(BAD_ADDRESS)?;
        let parts: Vec<&str> = self.name.iter().map(|at| field(*at)).collect();
        let name = one_line(&parts.join(" "), LONGEST_NAME);
        if !name.is_empty() {
            person.name = name;
        }
        person.language = self.language.and_then(|at| language(field(at)));
        Ok(person)
    }
}
