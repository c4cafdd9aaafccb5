//! A picture without its frame: on a page it takes the page's colours and as much room as there
//! is, as a file it stands alone, light, with its title and its style inside.

use maud::{Markup, PreEscaped, html};

use super::px;
use super::text::{self, wrapped};

/// Room for a line of words on a phone, in pixels.
pub const NARROW: f64 = 336.0;
/// Room in a file.
pub const WIDE: f64 = 672.0;
/// The edge around a file's picture.
const EDGE: f64 = 24.0;

/// Something drawn: everything across is in percent of the room, everything down in pixels, so
/// that words keep their size on a phone.
#[derive(Debug)]
pub struct Drawing {
    /// Pixels down.
    pub height: f64,
    /// Elements of SVG.
    pub body: Markup,
}

/// What stands around a drawing in a file.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Of how many people, how to read it.
    pub notes: &'a [String],
}

impl Drawing {
    /// With another drawing under it, so many pixels apart.
    #[must_use]
    pub fn above(self, under: Self, gap: f64) -> Self {
        let top = self.height + gap;
        let body = html! {
            (self.body)
            svg y=(px(top)) width="100%" height=(px(under.height)) overflow="visible" { (under.body) }
        };
        Self { height: top + under.height, body }
    }

    /// In the page; `label`: what is read out in its place.
    pub fn inline(&self, label: &str) -> Markup {
        html! {
            svg width="100%" height=(px(self.height)) role="img" aria-label=(label) { (self.body) }
        }
    }

    /// As a file of its own: well-formed XML that needs nothing else.
    pub fn file(&self, frame: &Frame<'_>) -> String {
        let title = wrapped(frame.title, WIDE, 20.0);
        let notes: Vec<String> =
            frame.notes.iter().flat_map(|note| wrapped(note, WIDE, 13.0)).collect();
        let head = EDGE + 26.0 * text::lines(title.len());
        let foot = head + 14.0 + self.height + 12.0;
        let height = foot + 18.0 * text::lines(notes.len()) + EDGE;
        let all = WIDE + 2.0 * EDGE;
        let drawn = html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(px(all)) height=(px(height)) viewBox={ "0 0 " (px(all)) " " (px(height)) } role="img" aria-label=(frame.title) {
                title { (frame.title) }
                style { (PreEscaped(STYLE)) }
                rect class="paper" width="100%" height="100%" {}
                (text::block(&title, px(EDGE), EDGE + 16.0, 26.0, "title"))
                svg x=(px(EDGE)) y=(px(head + 14.0)) width=(px(WIDE)) height=(px(self.height)) overflow="visible" { (self.body) }
                (text::block(&notes, px(EDGE), foot + 12.0, 18.0, "note"))
            }
        };
        let text: String = drawn.into_string().chars().filter(|c| is_xml(*c)).collect();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")
    }
}

/// What XML 1.0 can hold: somebody may have pasted a control character into an option.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) && c != '\u{7f}'
}

/// The style of files: the page's light colours, fonts that machines have.
const STYLE: &str = "\
text{font:14px system-ui,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#1c1a17}\
.title{font:600 20px 'Iowan Old Style','Palatino Linotype',Palatino,'Source Serif 4','Noto Serif',Georgia,'Songti SC','Noto Serif CJK SC',serif}\
.note,.quiet{font-size:13px;fill:#524d46}.strong{font-weight:600}\
.paper{fill:#fcfbf8}.ground{fill:#f3f0e9}.column,.agree{fill:#0a5a57}.disagree{fill:#8c381f}.pass{fill:#6b675f}.middle{fill:#b9b3a6}\
.near{fill-opacity:.72}\
.axis,.whisker{stroke:#6b675f}.axis{fill:none}.grid{stroke:#ddd8cd}.zero{stroke:#1c1a17;stroke-width:1.5}\
.whisker{stroke-width:1.5}.box{fill:#cfe0dd;stroke:#0a5a57}.median{stroke:#0a5a57;stroke-width:3}.mean{fill:#1c1a17;stroke:#fcfbf8;stroke-width:1.5}\
.h{fill:#0a5a57}.h0{fill-opacity:.04}.h1{fill-opacity:.1}.h2{fill-opacity:.18}.h3{fill-opacity:.27}.h4{fill-opacity:.36}.best{fill:none;stroke:#0a5a57;stroke-width:2.5}\
.map text{font-size:13px;font-weight:600}.cross{fill:none;stroke:#ddd8cd}.leader{fill:none;stroke:#6b675f}\
.dot{fill:#6b675f;stroke:#fcfbf8}.many>.dot{stroke:none;fill-opacity:.75}.hull{fill-opacity:.1;stroke-width:1.5}\
.g1{fill:#0a5a57}.g2{fill:#8c381f}.g3{fill:#5b3d8a}.g4{fill:#6a5600}.g5{fill:#1d4f91}\
.hull.g1{stroke:#0a5a57}.hull.g2{stroke:#8c381f}.hull.g3{stroke:#5b3d8a}.hull.g4{stroke:#6a5600}.hull.g5{stroke:#1d4f91}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_nothing_that_xml_cannot() {
        let body = html! { text x="0" y="10" { "a\u{0}\u{8}\u{b}\u{c}\u{1b}\u{7f}\u{fffe}\u{ffff} <b> & \"z\"" } };
        let frame = Frame { title: "Why <now> & \u{1}how?", notes: &["n = 3".to_owned()] };
        let file = Drawing { height: 20.0, body }.file(&frame);
        assert!(
            file.contains("<text x=\"0\" y=\"10\">a &lt;b&gt; &amp; &quot;z&quot;</text>"),
            "{file}"
        );
        assert!(file.contains("<title>Why &lt;now&gt; &amp; how?</title>"));
        assert!(file.chars().all(is_xml));
        for outside in ["http://", "url(", "@import", "href", "<script"] {
            let rest = file.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!rest.contains(outside), "{outside}");
        }
    }
}
