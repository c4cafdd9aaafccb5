# What Colloquy says in English. The keys are the same in every file here; a test compares them.

### Every page

skip-to-content = Skip to the content
go-home = Go to the front page
front-title = From an article’s open questions to a discussion worth having
front-lede = Colloquy turns the questions that an article asks into a questionnaire, keeps every answer safe, and brings people with different views to one table.
front-readers = Were you sent here by an article? Then use the link in it: it leads to the questions.
front-organizers = Organizers sign in here

### What went wrong

error-not-found = There is nothing at this address
error-not-found-next = Links in mails break easily: check that the whole address was copied.
error-closed = This questionnaire is closed
error-closed-next = No more answers are taken. What was answered before is kept.
error-sign-in-first = You are not signed in
error-sign-in-first-next = Nothing was changed. Sign in, then send it again.
error-sign-in = Sign in
error-expired = This link was used already, or is too old
error-expired-next = A link to sign in works once and only for a while. Ask for a new one.
error-too-large = This was more text than we can take at once
error-too-large-next = Nothing was stored, and your browser still has your text: go back, and shorten it or send it in two parts.
error-too-slow = The form did not arrive whole
error-too-slow-next = Nothing was stored, and your browser still has your text: go back and send it again when the connection is better.
error-refused = That did not work
error-refused-next = Nothing was changed. Go back, change it and send it again.
error-unexpected = Something went wrong on our side
error-unexpected-next = It is not your fault. Wait a minute, then send it again: nothing is stored twice.
error-incident = If you write to us about it, mention
error-your-text = Your text
error-your-text-next = Nothing you typed is lost: here it is, to copy.
error-other-site = This form came from another site
error-other-site-next = Nothing was changed. Open our page itself and send it from there.

### Signing in

sign-in-title = Sign in
sign-in-how = Give the address that you use here, and we send you a link.
sign-in-sent = If this address is an organizer’s, a link is on its way. It works once.
sign-in-address = Your mail address
sign-in-send = Send me a link
sign-in-first = No organizer yet? The program printed a link when it started; “colloquy sign-in” prints a new one.
sign-in-welcome = Welcome
sign-in-once = The link works once, with this button.

### Stopping mails

stop-title = Stop mails
stop-ask = Shall we stop writing to { $address }?
stop-means = No more invitations or reminders will go to this address from here, about this questionnaire or any other. What you have answered stays as it is.
stop-button = Stop mails to me
stop-keep = If you would rather keep them, close this page: nothing has changed yet.
stop-done = Mails are stopped
stop-done-means = No more invitations or reminders will go to { $address } from here. A mail that is being sent at this very moment may still arrive.
stop-done-seat = If you have a seat in a discussion, you will still hear about changes to it.
stop-still = You can still answer: the link in your mail stays good.

### Mail

mail-greeting = Hello { $name },
mail-greeting-unnamed = Hello,
mail-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
mail-names-and-others = { $count ->
    [one] { $names } and one more
   *[other] { $names } and { $count } more
}
mail-others = { $count ->
    [0] nobody else yet
    [one] one other participant
   *[other] { $count } other participants
}

## Invitation

mail-invitation-subject = Your view on “{ $title }”?
mail-invitation-opening = { $organizer } would like to know what you think about “{ $title }”.
mail-invitation-effort = { $count ->
    [one] There is one question, and it takes about { $time }. You can stop, come back and change your answers.
   *[other] There are { $count } questions, and it takes about { $time }. You can stop, come back and change your answers.
}
mail-invitation-personal = The link below is yours alone: please do not pass it on.
mail-answer-action = Give my answers
mail-open-until = Open until { $when }.

## Reminder

mail-reminder-subject = There is still time: “{ $title }”
mail-reminder-opening = { $organizer } wrote to you about “{ $title }”, and your view is still missing. If you meant to answer, here is your link again.
mail-reminder-last = This is our last reminder. If you would rather not answer, you need not do anything.

## Sign in

mail-sign-in-subject = Your link to sign in
mail-sign-in-opening = Here is your link to sign in to Colloquy. It works once, for the next { $time }.
mail-sign-in-action = Sign in
mail-sign-in-stranger = If you did not ask for this, leave the link alone: without it, nobody can sign in.

## Seat

mail-seat-subject = You have a seat: “{ $title }”
mail-seat-subject-changed = Something has changed: “{ $title }”
mail-seat-opening = We have a seat for you in a small discussion of “{ $title }”. We are looking forward to it, and hope that you are too.
mail-seat-opening-changed = Something has changed about your discussion of “{ $title }”. This is how it stands now, and the calendar entry is up to date.
mail-seat-when = When
mail-seat-when-organizer = For the organizer
mail-seat-length = How long
mail-seat-where = Where
mail-seat-group = Your group
mail-seat-host = Host
mail-seat-you-host = You are the host. Thank you!
mail-seat-with = With
mail-seat-guide-hint = Your guide has the questions for the day, made from what your group has answered. Five minutes with it beforehand are plenty.
mail-seat-guide-action = Open the guide
mail-seat-decline = I cannot come after all
mail-seat-summary = Discussion: { $title }

## Seat cancelled

mail-seat-cancelled-subject = Cancelled: “{ $title }”
mail-seat-cancelled-opening = The discussion of “{ $title }” that you had a seat in will not take place as planned. We are sorry. The attached entry takes it out of your calendar.
mail-seat-cancelled-was = It would have been

## Footer

mail-why-asked = You get this mail because on { $date } you asked to hear from { $organizer }.
mail-why-listed = You get this mail because { $organizer } has your address and thought that you might like to answer.
mail-why-participant = You get this mail because you said that you would like to join the discussion, organized by { $organizer }.
mail-why-sign-in = You get this mail because somebody entered your address to sign in to Colloquy.
mail-no-tracking = This mail does not track you: no pictures, no hidden counters.
mail-unsubscribe = Unsubscribe
