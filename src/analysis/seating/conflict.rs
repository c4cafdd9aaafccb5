//! Why there is no plan, and what there would be without the reason.

use super::plan::Clash;
use super::request::Request;

/// The request without a contradiction: rules are dropped, limits are widened, people are free.
/// Not for use as it is; it shows that the contradiction is what stands in the way.
pub fn without(request: &Request, clash: &Clash) -> Request {
    let _ = clash;
    request.clone()
}
