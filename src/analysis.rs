//! Numbers from answers: pure computing, no clock, no chance but from a seed, nothing of ours.

pub mod seating;
