"""Reads the appointments in mails with PyPI's icalendar: calendars.py RECORDS MAIL…

RECORDS is for the other judges. Prints, for each mail, its path and for each calendar in it the
method, how many events and attendees it has, and how many errors were found.
"""

import email
import sys

import icalendar

for path in sys.argv[2:]:
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file)
    said = [path]
    for part in mail.walk():
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
        events = calendar.walk("VEVENT")
        attendees = [event.get("ATTENDEE") for event in events]
        errors = len(calendar.errors) + sum(len(event.errors) for event in events)
        once = all(isinstance(attendee, str) for attendee in attendees)
        method = part.get_param("method", calendar["METHOD"]) == calendar["METHOD"]
        said.append(f"{calendar['METHOD']}:{len(events)}:{once}:{method}:{errors}")
    print(" ".join(said))
