//! Parts that pages share.

pub mod layout;
pub mod problem;
