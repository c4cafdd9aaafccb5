//! Appointments, read back by the `icalendar` parser.

use icalendar::Component;

use super::*;

fn unfolded(ics: &str) -> String {
    ics.replace("\r\n ", "")
}

fn one_event(ics: &str) -> icalendar::Event {
    let calendar: icalendar::Calendar = ics.parse().unwrap();
    let mut events: Vec<_> = calendar.events().cloned().collect();
    assert_eq!(events.len(), 1);
    events.remove(0)
}

#[test]
fn a_mail_with_an_appointment_has_the_parts_where_calendars_look() {
    for (content, method, file) in [
        (Seat::sample().content(Words::of("zh")), "REQUEST", "invite.ics"),
        (SeatCancelled::sample().content(Words::of("zh")), "CANCEL", "cancel.ics"),
    ] {
        let raw = build(&envelope(), &content).unwrap();
        let message = MessageParser::new().parse(&raw).unwrap();
        let PartType::Multipart(outer) = &message.parts[0].body else { panic!("no multipart") };
        let kind = message.parts[0].content_type().unwrap();
        assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("mixed")));
        assert_eq!(outer.len(), 2);
        let first = &message.parts[usize::try_from(outer[0]).unwrap()];
        assert_eq!(first.content_type().unwrap().subtype(), Some("alternative"));
        let PartType::Multipart(inner) = &first.body else { panic!("no alternative") };
        let kinds: Vec<_> = inner
            .iter()
            .map(|i| &message.parts[usize::try_from(*i).unwrap()])
            .map(|p| p.content_type().unwrap().subtype().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["plain", "html", "calendar"]);

        let part = &message.parts[usize::try_from(inner[2]).unwrap()];
        let kind = part.content_type().unwrap();
        assert_eq!(kind.attribute("method"), Some(method));
        assert_eq!(kind.attribute("charset"), Some("utf-8"));
        assert!(part.content_disposition().is_none() && part.content_id().is_none());
        let attached = &message.parts[usize::try_from(outer[1]).unwrap()];
        assert_eq!(attached.attachment_name(), Some(file));
        assert!(attached.content_disposition().unwrap().is_attachment());

        let calendar = content.calendar.unwrap();
        let ics = calendar.to_ics(&envelope().from.email, &envelope().to);
        assert_eq!(part.contents(), ics.as_bytes(), "the part is the appointment, byte for byte");
        assert_eq!(attached.contents(), ics.as_bytes());
        assert!(unfolded(&ics).contains(&format!("\r\nMETHOD:{method}\r\n")));
    }
}

#[test]
fn a_request_says_when_where_and_to_whom_alone() {
    let seat = Seat::sample();
    let calendar = seat.content(Words::of("en")).calendar.unwrap();
    let ics = calendar.to_ics(&envelope().from.email, &envelope().to);
    let event = one_event(&ics);
    let value = |key| event.property_value(key).unwrap_or_default().to_owned();
    assert_eq!(value("UID"), "d17-g2@colloquy.example.org");
    assert_eq!(value("SEQUENCE"), "0");
    assert_eq!(value("DTSTAMP"), "20261007T080000Z");
    assert_eq!(value("DTSTART"), "20261007T170000Z");
    assert_eq!(value("DTEND"), "20261007T180000Z");
    assert_eq!(value("STATUS"), "CONFIRMED");
    assert_eq!(value("ORGANIZER"), "mailto:discuss@example.org");
    assert_eq!(value("LOCATION"), "https://meet.example.org/colloquy-2");
    let flat = unfolded(&ics);
    let attendees: Vec<_> = flat.lines().filter(|l| l.starts_with("ATTENDEE")).collect();
    assert_eq!(
        attendees,
        ["ATTENDEE;CN=\"Ada <x@y.z>\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;\
          PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:ada@xn--bcher-kva.example"]
    );
    let asked = calendar::Calendar { replies: true, ..calendar }
        .to_ics(&envelope().from.email, &envelope().to);
    assert!(
        unfolded(&asked).contains(";RSVP=TRUE:mailto:"),
        "answers by mail are asked for where they are read"
    );
    for other in seat.with {
        assert!(!flat.contains(&other), "{other} is nobody else's business");
    }
}

#[test]
fn a_cancellation_names_the_same_event_and_counts_on() {
    let request = Seat::sample().content(Words::of("en")).calendar.unwrap();
    let cancel = SeatCancelled::sample().content(Words::of("en")).calendar.unwrap();
    assert_eq!(request.uid, cancel.uid);
    assert!(cancel.sequence > request.sequence);
    let event = one_event(&cancel.to_ics(&envelope().from.email, &envelope().to));
    assert_eq!(event.property_value("STATUS"), Some("CANCELLED"));
    assert_eq!(event.property_value("UID"), Some(request.uid.as_str()));
}

#[test]
fn lines_are_short_end_in_crlf_and_are_the_same_bytes_twice() {
    for text in hostile() {
        let calendar = calendar::Calendar {
            method: calendar::Method::Request,
            uid: "d1-g1@example.org".to_owned(),
            sequence: 3,
            stamp: envelope().date,
            starts: envelope().date,
            minutes: u32::MAX,
            summary: text.clone(),
            description: format!("{text}\n{text}"),
            location: text.clone(),
            url: Some("https://colloquy.example.org/g/1".to_owned()),
            replies: false,
        };
        let mut to = envelope().to;
        to.name = Some(text.clone());
        let ics = calendar.to_ics(&envelope().from.email, &to);
        assert_eq!(ics, calendar.to_ics(&envelope().from.email, &to));
        assert!(ics.ends_with("END:VCALENDAR\r\n"));
        assert!(!ics.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
        assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{text:?}");
        let flat = unfolded(&ics);
        assert_eq!(flat.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{text:?}");
        let event = one_event(&ics);
        assert_eq!(event.property_value("SEQUENCE"), Some("3"), "{text:?}");
    }
}

#[test]
fn text_is_escaped_so_that_it_comes_back() {
    let mut seat = Seat::sample();
    seat.title = "One; two, three\\four: “五”".to_owned();
    let calendar = seat.content(Words::of("en")).calendar.unwrap();
    let ics = unfolded(&calendar.to_ics(&envelope().from.email, &envelope().to));
    // RFC 5545, 3.3.11: backslash, semicolon and comma are escaped, the colon is not.
    assert!(ics.contains("\r\nSUMMARY:Discussion: One\\; two\\, three\\\\four: “五”\r\n"), "{ics}");
    assert!(
        ics.contains("Open the guide: https://colloquy.example.org/g/7f3e\\nSay whether you come"),
        "{ics}"
    );
}
