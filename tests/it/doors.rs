//! Doors: questionnaires as documents, copies, imports, and what tells other programs.

mod documents;
mod imports;
mod receiver;
mod webhooks;
