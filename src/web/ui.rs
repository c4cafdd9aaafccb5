//! Parts that pages share.

pub mod answer;
pub mod chart;
pub mod guide;
pub mod layout;
pub mod problem;
