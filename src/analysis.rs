//! Pure algorithms over slices and matrices: nothing of ours is imported here, no clock is asked,
//! every seed is a parameter.

pub mod opinions;
pub mod rng;
pub mod stats;
