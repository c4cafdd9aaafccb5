//! The two faces of a mail's content: plain text, and HTML with the same words.
//!
//! The HTML has tables and inline style only, because that is what mail programs know; it sets no
//! colour that would not be readable on both a light and a dark ground, and loads nothing.

use maud::{DOCTYPE, Markup, html};

use super::clean;
use super::message::{Block, Content, LONGEST_SUBJECT};

const TEXT: &str = "margin:0 0 16px;font-size:16px;line-height:1.5";
const SMALL: &str = "margin:0 0 8px;font-size:13px;line-height:1.45;opacity:.8";
const QUOTE: &str = "margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #8a8a8a;\
    font-size:16px;line-height:1.5";
const BUTTON: &str = "display:inline-block;padding:12px 22px;border-radius:6px;\
    background-color:#1f5fbf;color:#ffffff;font-size:16px;font-weight:bold;text-decoration:none";
const LABEL: &str = "padding:4px 16px 4px 0;font-size:15px;line-height:1.4;vertical-align:top;\
    text-align:left;font-weight:normal;opacity:.8";
const VALUE: &str = "padding:4px 0;font-size:15px;line-height:1.4;vertical-align:top";
const PAGE: &str = "width:100%;max-width:600px;\
    font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif";
const RULE: &str = "border:0;border-top:1px solid #8a8a8a;margin:28px 0 14px";

/// The plain text, lines ended by LF.
pub fn plain(content: &Content) -> String {
    // Chinese has a colon of its own, as wide as a character.
    let (colon, space) = if content.language == "zh" { ("：", "") } else { (":", " ") };
    let mut parts = vec![];
    if let Some(preheader) = preheader(content) {
        parts.push(preheader);
    }
    let mut small = false;
    for block in &content.paragraphs {
        if is_small(block) && !small {
            parts.push("—".to_owned());
        }
        small = is_small(block);
        parts.push(match block {
            Block::Paragraph(text) | Block::Small(text) => clean::lines(text),
            Block::Quote(text) => {
                let quoted = clean::lines(text);
                quoted.lines().map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n")
            }
            Block::Action { label, href }
            | Block::Link { label, href }
            | Block::SmallLink { label, href } => format!("{}{colon}\n{href}", one(label)),
            Block::Facts(facts) => {
                let line = |(label, value): &(String, String)| {
                    format!("{}{colon}{space}{}", one(label), clean::lines(value))
                };
                facts.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// The HTML page.
pub fn html(content: &Content) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(content.language) dir=(content.direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (clean::line(&content.subject, LONGEST_SUBJECT)) }
            }
            body style="margin:0;padding:0" {
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                    tr { td align="center" style="padding:24px 16px" {
                        table role="presentation" cellpadding="0" cellspacing="0" border="0"
                            style=(PAGE) {
                            tr { td align="left" { (body(content)) } }
                        }
                    } }
                }
            }
        }
    };
    page.into_string()
}

fn body(content: &Content) -> Markup {
    let mut small = false;
    html! {
        @if let Some(preheader) = preheader(content) {
            p style=(SMALL) { (preheader) }
        }
        @for block in &content.paragraphs {
            @if is_small(block) && !small { hr style=(RULE); }
            ({ small = is_small(block); self::block(block) })
        }
    }
}

fn block(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Paragraph(text) => p style=(TEXT) { (broken(text)) },
            Block::Quote(text) => blockquote style=(QUOTE) { (broken(text)) },
            Block::Small(text) => p style=(SMALL) { (broken(text)) },
            Block::Action { label, href } => {
                p style="margin:24px 0 8px" { a href=(href) style=(BUTTON) { (one(label)) } }
                // The address itself: for those who do not trust buttons, or have none.
                p style=(SMALL) { a href=(href) style="color:inherit;word-break:break-all" { (href) } }
            },
            Block::Link { label, href } => {
                p style=(TEXT) { a href=(href) style="color:inherit" { (one(label)) } }
            },
            Block::SmallLink { label, href } => {
                p style=(SMALL) { a href=(href) style="color:inherit" { (one(label)) } }
            },
            Block::Facts(facts) => {
                table role="presentation" cellpadding="0" cellspacing="0" border="0"
                    style="margin:0 0 16px" {
                    @for (label, value) in facts {
                        tr {
                            th scope="row" style=(LABEL) { (one(label)) }
                            td style=(VALUE) { (broken(value)) }
                        }
                    }
                }
            },
        }
    }
}

fn is_small(block: &Block) -> bool {
    matches!(block, Block::Small(_) | Block::SmallLink { .. })
}

fn preheader(content: &Content) -> Option<String> {
    content.preheader.as_deref().map(|text| clean::line(text, 140)).filter(|t| !t.is_empty())
}

fn one(label: &str) -> String {
    clean::line(label, 200)
}

fn broken(text: &str) -> Markup {
    let text = clean::lines(text);
    html! {
        @for (number, line) in text.lines().enumerate() {
            @if number > 0 { br; }
            (line)
        }
    }
}
