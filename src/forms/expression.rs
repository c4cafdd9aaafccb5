//! What programs write about when a question is asked: SurveyJS, XLSForm and LimeSurvey
//! differ in little, so one reader serves them. What it does not know has no value.

/// A condition, as far as it is understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// Always.
    True,
    /// All of them.
    All(Vec<Expression>),
    /// Any of them.
    Any(Vec<Expression>),
    /// The question with this name was answered by one of these values, or (`false`) by another.
    Is(String, Vec<String>, bool),
    /// The question was answered, or (`false`) it was not.
    Filled(String, bool),
    /// The number is from here, to there.
    Within(String, f64, f64),
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Value(String),
    Word(String),
    Sign(&'static str),
}

const SIGNS: [&str; 16] =
    ["==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "!", "(", ")", ",", "[", "]"];
/// Nobody nests deeper by hand.
const DEEPEST: usize = 40;
/// The longest condition that is read, in bytes.
const LONGEST: usize = 10_000;

/// Reads a condition; `None`: it says something that is not understood.
pub(super) fn parse(text: &str) -> Option<Expression> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, deep: 0 };
    let read = reader.any()?;
    reader.tokens.is_empty().then_some(read)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = vec![];
    let mut rest = text.trim_start();
    'all: while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("${").or_else(|| rest.strip_prefix('{')) {
            let (name, after) = after.split_once('}')?;
            tokens.push(Token::Name(name.trim().to_owned()));
            rest = after.trim_start();
            continue;
        }
        if first == '\'' || first == '"' {
            let (value, after) = rest.get(1..)?.split_once(first)?;
            tokens.push(Token::Value(value.to_owned()));
            rest = after.trim_start();
            continue;
        }
        for sign in SIGNS {
            if let Some(after) = rest.strip_prefix(sign) {
                tokens.push(Token::Sign(sign));
                rest = after.trim_start();
                continue 'all;
            }
        }
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "_.-:".contains(c)));
        let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if word.is_empty() {
            return None;
        }
        tokens.push(if word.parse::<f64>().is_ok() {
            Token::Value(word.to_owned())
        } else {
            Token::Word(word.to_owned())
        });
        rest = after.trim_start();
    }
    Some(tokens)
}

struct Reader<'a> {
    tokens: &'a [Token],
    deep: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let found = match self.tokens.first() {
            Some(Token::Sign(one)) => *one == sign,
            Some(Token::Word(word)) => word.eq_ignore_ascii_case(sign),
            _ => false,
        };
        if found {
            self.tokens = self.tokens.get(1..).unwrap_or_default();
        }
        found
    }

    fn any(&mut self) -> Option<Expression> {
        let mut parts = vec![self.all()?];
        while self.takes("or") || self.takes("||") {
            parts.push(self.all()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Expression::Any(parts) })
    }

    fn all(&mut self) -> Option<Expression> {
        let mut parts = vec![self.one()?];
        while self.takes("and") || self.takes("&&") {
            parts.push(self.one()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) })
    }

    fn one(&mut self) -> Option<Expression> {
        self.deep += 1;
        if self.deep > DEEPEST {
            return None;
        }
        let read = self.one_inside();
        self.deep -= 1;
        read
    }

    fn one_inside(&mut self) -> Option<Expression> {
        if self.takes("!") || self.takes("not") {
            return negated(self.one()?);
        }
        if self.takes("(") {
            let read = self.any()?;
            return self.takes(")").then_some(read);
        }
        for (function, filled) in [("is_empty", false), ("selected", true)] {
            if !self.takes(function) {
                continue;
            }
            if !self.takes("(") {
                return None;
            }
            let name = self.name()?;
            let read = if filled {
                let value = self.takes(",").then(|| self.value()).flatten()?;
                Expression::Is(name, vec![value], true)
            } else {
                Expression::Filled(name, false)
            };
            return self.takes(")").then_some(read);
        }
        self.comparison()
    }

    fn name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Name(name) => Some(name.clone()),
            Token::Word(word) => {
                let name =
                    ["NAOK", "shown", "code", "value"].iter().fold(word.as_str(), |name, end| {
                        name.strip_suffix(end)
                            .and_then(|name| name.strip_suffix('.'))
                            .unwrap_or(name)
                    });
                Some(name.to_owned())
            }
            Token::Value(_) | Token::Sign(_) => None,
        }
    }

    fn value(&mut self) -> Option<String> {
        match self.next()? {
            Token::Value(value) | Token::Word(value) => Some(value.clone()),
            Token::Name(_) | Token::Sign(_) => None,
        }
    }

    fn values(&mut self) -> Option<Vec<String>> {
        if !self.takes("[") {
            return Some(vec![self.value()?]);
        }
        let mut values = vec![self.value()?];
        while self.takes(",") {
            values.push(self.value()?);
        }
        self.takes("]").then_some(values)
    }

    fn comparison(&mut self) -> Option<Expression> {
        if let Some(Token::Value(value)) = self.tokens.first() {
            self.next()?;
            // "1" alone is how LimeSurvey says "always".
            return (value == "1" && self.tokens.is_empty()).then_some(Expression::True);
        }
        let name = self.name()?;
        if self.takes("notempty") {
            return Some(Expression::Filled(name, true));
        }
        if self.takes("empty") {
            return Some(Expression::Filled(name, false));
        }
        let is = ["=", "==", "contains", "anyof", "equal"];
        let is_not = ["!=", "<>", "notcontains", "notequal", "noneof"];
        for (signs, yes) in [(is, true), (is_not, false)] {
            if signs.iter().any(|sign| self.takes(sign)) {
                let values = self.values()?;
                let nothing = values.iter().all(String::is_empty);
                return Some(if nothing {
                    Expression::Filled(name, !yes)
                } else {
                    Expression::Is(name, values, yes)
                });
            }
        }
        for (sign, up, exact) in
            [("<=", false, true), (">=", true, true), ("<", false, false), (">", true, false)]
        {
            if self.takes(sign) {
                let bound: f64 = self.value()?.parse().ok()?;
                let least = if exact { bound } else { bound + 1e-9 };
                let most = if exact { bound } else { bound - 1e-9 };
                return Some(if up {
                    Expression::Within(name, least, f64::INFINITY)
                } else {
                    Expression::Within(name, f64::NEG_INFINITY, most)
                });
            }
        }
        None
    }
}

fn negated(of: Expression) -> Option<Expression> {
    Some(match of {
        Expression::Is(name, values, yes) => Expression::Is(name, values, !yes),
        Expression::Filled(name, yes) => Expression::Filled(name, !yes),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(name: &str, values: &[&str], yes: bool) -> Expression {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Expression::Is(name.to_owned(), values, yes)
    }

    #[test]
    fn three_dialects_say_the_same() {
        for text in [
            "{q1} = 'a'",
            "${q1} = 'a'",
            "{q1} == \"a\"",
            "((q1.NAOK == \"a\"))",
            "selected(${q1}, 'a')",
            "{q1} contains 'a'",
            "{q1} anyof ['a']",
            "not(${q1} != 'a')",
        ] {
            assert_eq!(parse(text), Some(is("q1", &["a"], true)), "{text}");
        }
        assert_eq!(parse("{q1} <> 2"), Some(is("q1", &["2"], false)));
        assert_eq!(parse("{q} notempty"), Some(Expression::Filled("q".to_owned(), true)));
        assert_eq!(parse("!is_empty(q.NAOK)"), parse("${q} != ''"));
        assert_eq!(parse("1"), Some(Expression::True));
        assert!(
            matches!(parse("{a} = 1 and ({b} = 2 or {b} = 3)"), Some(Expression::All(all)) if all.len() == 2)
        );
        let Some(Expression::Within(_, least, _)) = parse("{n} >= 3") else { panic!() };
        assert!((least - 3.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_understood_has_no_value_and_nothing_panics() {
        for text in [
            "",
            "{",
            "{a",
            "{a} =",
            "age({b}) > 3",
            "'x",
            "= 3",
            "{a} = {b}",
            "((((",
            "£",
            "{a} [",
            "1 2",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"(".repeat(5_000)), None);
        assert_eq!(parse(&"!".repeat(9_000)), None);
    }
}
