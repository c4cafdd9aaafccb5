//! What organizers can sign in with besides a mailed link, and whether it is theirs: passkeys,
//! passwords, the account at a provider of OpenID Connect. Knows the standards, no database.

pub mod openid;
pub mod passkeys;
pub mod passwords;
