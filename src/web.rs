//! HTTP: addresses, what guards them, and the pages behind them. Pages read through `store` and
//! show; whatever changes anything is an act.

pub mod account;
pub mod answer;
pub mod api;
pub mod assets;
pub mod audit;
pub mod body;
pub mod brief;
pub mod browser;
pub mod desk;
pub mod discussion;
pub mod echo;
pub mod extract;
pub mod frame;
pub mod front;
pub mod guard;
pub mod inbound;
pub mod join;
pub mod keys;
pub mod limits;
pub mod place;
pub mod receipt;
pub mod reply;
pub mod routes;
pub mod sender;
pub mod stop;
pub mod text;
pub mod ui;
pub mod upload;
