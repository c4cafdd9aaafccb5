//! Parts that pages share.

pub mod answer;
pub mod chart;
pub mod layout;
pub mod problem;
