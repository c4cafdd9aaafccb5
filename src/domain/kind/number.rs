//! A number, perhaps with a unit.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Problem, digits};
use crate::domain::fields::Fields;

/// A number field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = NumberQuestion)]
pub struct Number {
    /// The smallest number that fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Amount>,
    /// The largest number that fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Amount>,
    /// Whether only whole numbers fit.
    #[serde(default)]
    pub whole: bool,
    /// What stands behind the field: "years", "%"; may be empty.
    #[serde(default)]
    pub unit: String,
}

/// A decimal number in millionths, within ±9 billion: what was typed comes back digit by digit,
/// which binary fractions do not promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

const PLACES: usize = 6;
const MILLION: i64 = 1_000_000;

impl Amount {
    /// The least above nothing.
    pub const LEAST: Self = Self(1);

    /// As a binary number, for counting and drawing.
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "at most 9e15, below 2^53"
    )]
    pub fn value(self) -> f64 {
        self.0 as f64 / MILLION as f64
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.0 % MILLION == 0
    }

    /// The greatest multiple of a width, which is more than nothing, that is not above it.
    #[must_use]
    pub fn down_to(self, width: Self) -> Self {
        Self(self.0.div_euclid(width.0.max(1)) * width.0.max(1))
    }

    /// This times so many, divided by so many.
    #[must_use]
    pub fn times(self, many: u32, by: u32) -> Self {
        Self(self.0.saturating_mul(i64::from(many)) / i64::from(by.max(1)))
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl From<i32> for Amount {
    fn from(whole: i32) -> Self {
        Self(i64::from(whole) * MILLION)
    }
}

/// What is no number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NoAmount;

impl FromStr for Amount {
    type Err = NoAmount;

    /// `-12.5`: digits with at most one point; more than six places are cut off.
    fn from_str(text: &str) -> Result<Self, NoAmount> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !all(whole) || !all(fraction) || whole.len() + fraction.len() == 0 || whole.len() > 12 {
            return Err(NoAmount);
        }
        let fraction: String = fraction.chars().chain("000000".chars()).take(PLACES).collect();
        let number = |part: &str| if part.is_empty() { Ok(0) } else { part.parse::<i64>() };
        let whole = number(whole).map_err(|_too_long| NoAmount)?;
        if whole > 9_000_000_000 {
            return Err(NoAmount);
        }
        let millionths = whole * MILLION + number(&fraction).map_err(|_never| NoAmount)?;
        Ok(Self(if negative { -millionths } else { millionths }))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.abs() / MILLION, self.0.abs() % MILLION);
        let fraction = format!("{fraction:06}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            places => write!(f, "{sign}{whole}.{places}"),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A decimal number, digit by digit."))
            .pattern(Some(r"^-?[0-9]{1,10}(\.[0-9]{1,6})?$"));
        Schema::from(number.build()).into()
    }
}

impl ToSchema for Amount {}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Number {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Amount>, Problem> {
        let Some(typed) = fields.filled(name) else { return Ok(None) };
        let amount = digits::plain(typed).and_then(|text| text.parse::<Amount>().ok());
        let amount = amount.ok_or_else(|| Problem::NoNumber(typed.to_owned()))?;
        if self.whole && !amount.is_whole() {
            return Err(Problem::NotWhole(typed.to_owned()));
        }
        if self.least.is_some_and(|least| amount < least)
            || self.most.is_some_and(|most| amount > most)
        {
            return Err(Problem::OutOfRange { least: self.least, most: self.most });
        }
        Ok(Some(amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_digit_by_digit() {
        for text in ["0", "0.1", "-0.25", "12", "9000000000", "1234.567891"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        for (text, same) in [("007", "7"), ("1.50", "1.5"), (".5", "0.5"), ("5.", "5"), ("-0", "0")]
        {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), same);
        }
        for text in ["", ".", "-", "1e3", "1,5", "9000000001", "99999999999999999999", "１"] {
            assert_eq!(text.parse::<Amount>(), Err(NoAmount), "{text}");
        }
    }

    #[test]
    fn the_range_holds_and_is_named() {
        let kind = Number {
            least: Some(1.into()),
            most: Some(5.into()),
            whole: true,
            ..Number::default()
        };
        let read = |typed: &str| {
            let fields = [("a".to_owned(), typed.to_owned())].into_iter().collect();
            kind.read(&fields, "a")
        };
        assert_eq!(read(" 5 years "), Ok(Some(5.into())));
        assert_eq!(read("2,5"), Err(Problem::NotWhole("2,5".to_owned())));
        let range = Problem::OutOfRange { least: Some(1.into()), most: Some(5.into()) };
        assert_eq!(read("6"), Err(range.clone()));
        assert_eq!(read("0"), Err(range));
        assert_eq!(read(" "), Ok(None));
        assert_eq!(read("few"), Err(Problem::NoNumber("few".to_owned())));
    }
}
