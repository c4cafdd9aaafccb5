//! Colloquy: from an article's open questions to a small-group discussion worth having.
//!
//! The way of the data: article, questionnaire, invitation, response, insight, discussion, echo.
//! ARCHITECTURE.md is the map of the house: where each line lives and who may import whom.

pub mod acts;
pub mod analysis;
pub mod app;
pub mod article;
pub mod cli;
pub mod clock;
pub mod config;
pub mod credentials;
pub mod demo;
pub mod domain;
pub mod error;
pub mod export;
pub mod fetch;
pub mod forms;
pub mod href;
pub mod insight;
pub mod jobs;
pub mod mail;
pub mod narrator;
pub mod pdf;
pub mod polis;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod web;
pub mod words;
