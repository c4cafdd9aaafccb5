//! Parts that pages share.

pub mod answers;
pub mod brief;
pub mod chart;
pub mod guide;
pub mod layout;
pub mod map;
pub mod problem;
