# What Colloquy says in English. The keys are the same in every file here; a test compares them.

### Every page

skip-to-content = Skip to the content
languages = Language
title-of-error = Error: { $title }
go-home = Go to the front page
front-title = From an article’s open questions to a discussion worth having
front-lede = Colloquy turns the questions that an article asks into a questionnaire, keeps every answer safe, and brings people with different views to one table.
front-readers = Were you sent here by an article? Then use the link in it: it leads to the questions.
front-organizers = Organizers sign in here

### Help

footer-made = Made with Colloquy
help-link = Help
help-title = Help with answering
help-lede = The short answers first. Nothing here needs an account.
help-lost = Can what I write get lost?
help-lost-answer = While you write, your browser keeps a copy on your own device; below the form it says so, and you can delete it there. When you press “Send my answers”, we say that they have arrived only once they are stored. If there is no connection, they wait on your device and are sent by themselves.
help-later = Can I stop and go on later?
help-later-answer = Yes. Open the same link again in the same browser: what you had written is offered to you for seven days. In anonymous questionnaires it is kept only until you close the tab.
help-change = Can I change what I have sent?
help-change-answer = Yes, with the private link on your receipt. It opens your answers, so keep it, and do not pass it on.
help-who = Who reads my answers?
help-who-answer = It says so above the first question of each questionnaire. How often a form is opened and begun on a day is counted; not by whom. No other company is asked for anything: no fonts, no counters, no advertising.
help-mails = How do I stop the mails?
help-mails-answer = With the link at the foot of each mail, with one press and at once.
help-person = I want to ask a person
help-person-answer = Whoever asked you also runs the questionnaire: answer their mail, or write to them at the place where you read the article. If you have sent answers already, mention the code on your receipt.

### What went wrong

error-not-found = There is nothing at this address
error-not-found-next = Links in mails break easily: check that the whole address was copied.
error-closed = This questionnaire is closed
error-closed-next = No more answers are taken. What was answered before is kept.
error-sign-in-first = You are not signed in
error-sign-in-first-next = Nothing was changed. Sign in, then come back to this page and send it again.
error-sign-in = Sign in
error-expired = This link was used already, or is too old
error-expired-next = A link to sign in works once and only for a while. Ask for a new one.
error-too-large = This was more text than we can take at once
error-too-large-next = Nothing was stored. Shorten it, or send it in two parts; your browser may still have all of it one page back.
error-too-slow = The form did not arrive in time
error-too-slow-next = Nothing was stored. Check that the text is whole, and send it again when the connection is better; your browser may still have all of it one page back.
error-broken-off = The form did not arrive whole
error-broken-off-next = Nothing was stored. Check that the text is whole, and send it again; your browser may still have all of it one page back.
error-crowded = Too many forms are on their way at this moment
error-crowded-next = Nothing was stored. Wait half a minute, then send it again.
error-refused = That did not work
error-refused-next = Nothing was changed. Change it here and send it again.
error-unexpected = Something went wrong on our side
error-unexpected-next = It is not your fault. Wait a minute, then send it again: nothing is stored twice.
error-unavailable = We cannot store anything just now
error-unavailable-next = It is not your fault. Save your text, wait a minute, then send it again: nothing is stored twice.
error-no-room = There is no room left to store anything
error-no-room-next = It is not your fault. Save your text, and try again later: nothing is stored twice.
error-wrong-method = Nothing can be sent to this address
error-wrong-method-next = Nothing was stored. Open the page with the questions again, and put your text in there.
error-wrong-type = This did not come as a form
error-wrong-type-next = Nothing was stored. Send it again from here.
error-conflict = This form belongs to something else
error-conflict-next = Nothing was stored. Open the page again, and put your text in there.
error-too-many = Many forms came from your network in a short time
error-too-many-wait = { $minutes ->
    [one] Wait a minute, then send it again.
   *[other] Wait { $minutes } minutes, then send it again.
}
error-too-many-next = Nothing was stored. You can leave this page open meanwhile.
error-incident = If you write to us about it, mention
error-your-text = Your text is all here
error-your-text-part = Part of your text is here
error-missing = { $count ->
    [one] The rest, about a thousand bytes, is missing.
   *[other] The rest, about { $count } thousand bytes, is missing.
}
error-answer-number = Your answer to question { $number }
error-text-number = Your text { $number }
error-send-again = Send again
error-save-text = Save my text as a file
error-other-site = This form came from another site
error-other-site-next = Nothing was stored. If these are your words, open our own page and send them from there.
error-not-yours = Your role on this questionnaire does not include this
error-not-yours-role = Your role here is { $role }; this needs the role { $needed }.
error-not-yours-owners = These people own the questionnaire and can change your role:
error-not-yours-next = Nothing was changed.
role-viewer = viewer
role-editor = editor
role-owner = owner
join-title = Work on “{ $title }”
join-asks = { $name } asks you to work on this questionnaire.
join-as = You are signed in as { $name }, and join as that.
join-new = You get an account for { $address }. Later you sign in by a link that we send to this address.
join-name = Your name
join-name-help = The other organizers see it, and so does whoever gets a mail from you.
join-known = There is an account for { $address } already. Sign in first, then open the link in the mail once more.
join-yes = Join
error-withdrawn = This questionnaire has been taken away by its organizers
error-withdrawn-until = What was answered is kept until { $date } (UTC) and then erased for good, unless the organizers take that back. If you have answered, your own page still shows your answers.
error-withdrawn-next = Nothing new is taken here.

### Signing in

sign-in-title = Sign in
sign-in-how = Give the address that you use here, and we send you a link.
sign-in-sent = If this address is an organizer’s, a mail with a link and a code is on its way. Either works, once.
sign-in-code = The six digits in the mail
sign-in-code-wrong = These are not the digits of that mail. After five tries, or when it is old, ask for a new mail.
sign-in-again = No mail? Look among the unwanted ones, or ask for another.
sign-in-address = Your mail address
sign-in-send = Send me a link
sign-in-first = No organizer yet? The program printed a link when it started; “colloquy sign-in” prints a new one.
sign-in-welcome = Welcome
sign-in-once = The link works once, with this button.
sign-in-passkey = Sign in with a passkey
sign-in-passkey-none = No passkey was used: your device has none for this place, or you stopped it. A mailed link works as well.
sign-in-passkey-refused = This passkey did not sign you in: it took too long, was removed, or is not of this place. Begin again, or take a mailed link.
sign-in-openid = Sign in with { $name }
sign-in-openid-failed = Signing in there did not work this time. Begin again, or take a mailed link.
sign-in-openid-stranger = That account is not an organizer’s here, or its mail address is not confirmed there. Ask an organizer to invite you.
sign-in-password = Sign in with a password
sign-in-password-field = Password
sign-in-password-wrong = This address and this password do not belong together. A mailed link works without a password.
sign-in-password-help = If you never set one, you have none: take a mailed link.
address-gone = Nothing was changed just now. Which address counts stands on the page of your account; there you can ask for the change once more.
address-new-title = Confirm your new address
address-new-asks = Once you say so, you sign in with { $address }. Your old address no longer counts, and other browsers are signed out.
address-new-yes = Confirm the address
address-new-done = Your new address counts
address-new-done-next = From now on you sign in with { $address }. For seven days your old address can take this back.
address-taken = Another organizer has this address
address-taken-next = Nothing was changed: two organizers cannot sign in with { $address }.
address-keep-title = Keep your address
address-keep-waiting = Somebody who was signed in to your account asked to change the address with which you sign in from { $before } to { $address }. That has not happened yet.
address-keep-confirmed = The address with which you sign in was changed from { $before } to { $address }.
address-keep-means = With this button { $before } is your address. Every browser is signed out, and every passkey, password, token and account elsewhere that was added since the change was asked for is removed.
address-keep-yes = Keep { $before }
address-keep-done = Your address is { $before }
address-keep-done-next = Every browser was signed out, and what was added since the change was asked for was removed. Sign in, and look whether everything else is as you know it.

### The form

form-read-article = Read the article
form-questions = { $count ->
    [one] One question.{" "}
   *[other] { $count } questions.{" "}
}
form-skip-any = You can skip any question.
form-skip-some = You can skip any question that is not marked “needs an answer”.
form-what-then = When you have sent them, you get a private link with which you can read and change your answers.
form-mode-identified = Who reads your answers
form-mode-confidential = Confidential, not anonymous
form-mode-anonymous = Anonymous
form-mode-reads = { $organizer } reads every answer as you wrote it, and may sum up what many people say.
form-mode-link-seen = This link was made for you. { $organizer } can therefore see that these answers are yours; nobody else can, unless you agree below.
form-mode-name-seen = Your name is with your answers only if you write it.
form-mode-link-kept = This link was made for you. The service keeps which answers came through it, so that you can change them. { $organizer } does not get to see that; whoever runs the server could look it up.
form-mode-nothing-known = Nothing says who you are unless you write it.
form-mode-name-agreed = { $organizer } sees the name and the address that you give below only as far as you agree there: both if you want to join or may be written to, the name alone if you may be quoted with it, otherwise neither.
form-mode-link-only-lets-in = This link lets you answer once. It is kept that it was used; which answers came through it is not.
form-mode-not-asked = You are not asked who you are, and nothing about you or your device is kept.
form-mode-mixed = Your answers wait, encrypted, until they are mixed with those of at least four other people. Until then, whoever runs the server could find out which are yours; after that, what is kept does not tell. Only the day of the mixing is kept with them.
form-mode-your-words = What you write can still give you away: leave out names, and details that fit nobody else.
form-mode-times = So can an unusual choice of times.
form-mode-receipt = When you have sent them, you get a private link with which you can read and change your answers. Keep it: nobody can find it again for you.
form-used = This link has been used: what is below was not kept
form-used-next = It lets you answer once. If you sent this questionnaire a moment ago, those answers are safe; read and change them with the private link that you got then.
used-lede = Answers were sent through this link: it has been used.
used-why = This questionnaire is anonymous. Nothing that is kept says which answers they were, so this link cannot show them.
used-change = To read or change your answers, open the private link that you got when you sent them.
form-organizer = The organizer
form-hello = Hello { $name },
form-number = Question { $number } of { $count }
form-needed = needs an answer
form-passage = From the article
form-other = Something else
form-other-text = Something else, in your own words
form-other-points = Points for something else
form-as-many = As many as you like.
form-statements-help = Pass on what you have no view on.
form-cannot-say = I can’t say
form-most = About { $most } characters are plenty; longer is kept too.
form-ranking-help = Give 1 to what comes first for you, 2 to the next, and so on. You may leave some out.
form-move-up = Move up: { $option }
form-move-down = Move down: { $option }
form-between = A number from { $least } to { $most }.
form-at-least = { $least } or more.
form-at-most = { $most } or less.
form-own = A statement of your own ({ $number })
form-own-help = Is something missing? Write a statement that others could agree or disagree with. They see it if the organizer puts it on the form.
form-problem-not-whole = “{ $typed }” is not a whole number
form-problem-between = Write a number from { $least } to { $most }
form-problem-at-least = Write a number that is { $least } or more
form-problem-at-most = Write a number that is { $most } or less
form-problem-same-place = Two options have the place { $place }: give one of them another
form-only-if = Only if this fits your answer to question { $number }.
form-agree = Agree
form-disagree = Disagree
form-pass = Pass
form-points = { $total } points to share. You may keep some back.
form-slot-time = Time
form-slot-yes = Yes
form-slot-if_need_be = If need be
form-slot-no = No
form-slots-zone = { $minutes ->
    [one] Times on the clock of { $zone }. Each takes one minute.
   *[other] Times on the clock of { $zone }. Each takes { $minutes } minutes.
}
form-slots-zone-mixed = Times on the clock of { $zone }.
form-name = Name
form-address = Mail address
form-address-help = Only for what you tick below.
form-consent-join = I want to join the discussion
form-consent-contact = You may write to me about it
form-consent-quote = You may quote me without my name
form-consent-quote_named = You may quote me with my name
form-consent-group = My group may see my answers
form-send = Send my answers
form-send-changed = Keep the changes
form-leave = Leave it as it was
form-view = How to see the questions
form-view-all = All on one page
form-view-one = One at a time
form-continue = Continue
form-back = Back
form-end = That was the last question
form-end-next = You can check what you wrote before you send it.
form-check = Check my answers first
check-title = Check your answers
check-lede = Nothing has been sent yet. This is what arrives when you send it.
check-change = Change
form-draft-number = Question {"{"}n{"}"} of {"{"}all{"}"}
form-draft-tab = Kept in this tab until you close it ({"{"}time{"}"})
form-draft-delete = Delete it
form-draft-deleted = The copy on this device is deleted, and no further one is made. What stands in the form is still here.
form-draft-unsent = Your answers from {"{"}time{"}"} are on this device and were not sent yet.
form-draft-now = Send them now
form-draft-away = We cannot be reached at the moment. Your text is kept on this device: try again in a while.
form-draft-place = {"{"}n{"}"} of {"{"}all{"}"}
form-draft-slow = This takes longer than usual. Your text is kept on this device, and we go on trying.
form-draft-busy = Our server takes no answers at the moment. Your text is kept on this device and will be sent by itself.
form-problems = { $count ->
    [one] One answer needs another look
   *[other] { $count } answers need another look
}
form-problems-kept = Everything you wrote is still here. Nothing was sent yet.
form-problem-of = Question { $number }: { $problem }
form-problem-missing = This question needs an answer
form-problem-not-offered = This choice is not among those offered: choose again
form-problem-no-number = “{ $typed }” is not a whole number of points
form-problem-too-many = Your points add up to { $given }: take back { $over }
form-problem-no-address = This is not a mail address, such as ada@example.org
form-problem-address-missing = To write to you we need your mail address: add it, or untick what needs it
form-empty = Nothing was written yet
form-empty-next = Answer at least one question, then send it.
form-refused = Your answers could not be kept just now
form-refused-next = The fault is ours, and everything you wrote is still here. Save a copy of your text somewhere safe, wait a minute, then send it again: nothing is kept twice.
form-closed = This questionnaire is closed
form-closed-next = { $organizer } takes no more answers. What was answered before is kept, and the private link from your receipt still opens your answers.
form-waits = This questionnaire opens on { $time }
form-waits-next = { $organizer } will take answers from then on, at this address.
form-full = { $most ->
    [one] This questionnaire has the one response that it takes
   *[other] This questionnaire has the { $most } responses that it takes
}
form-full-next = { $organizer } takes no more for now. What was answered is kept, and the private link from a receipt still opens those answers.
form-closes = Answers are taken until { $time }.
form-at-most-responses = { $most ->
    [one] At most one response is taken; once you have begun, you may finish.
   *[other] At most { $most } responses are taken; once you have begun, you may finish.
}
form-change-lede = This is what you wrote last. Change what you like: what you sent before is kept as an earlier version.
form-draft-kept = We kept your text from {"{"}time{"}"} on this device.
form-draft-use = Use it
form-draft-discard = Discard it
form-draft-saved = Kept on this device, {"{"}time{"}"}
form-draft-offline = There is no connection. Your text is kept on this device and will be sent by itself when the connection is back.
form-draft-left = {"{"}n{"}"} left
form-draft-over = {"{"}n{"}"} too many
form-leave-empty = Leave this field empty
form-draft-own = {"{"}time{"}"} where you are
form-left = { $n } left
form-over = { $n } too many

### The receipt

receipt-title = Your answers have arrived
receipt-waits = They are stored safely, and are filed with the others as soon as our database takes them. You need not do anything.
receipt-lede = Thank you. Keep the private link below: with it you can read what you wrote, and change it.
receipt-lede-closed = Thank you. The questionnaire is closed: you can still read what you wrote with the private link below.

receipt-code-help = The code names your answers if you write to us about them. It opens nothing.
receipt-copy-code = Copy the code
receipt-link = Your private link
receipt-link-help = Whoever has this link can read and change your answers. Do not pass it on.
receipt-copy-link = Copy the link
receipt-copied = Copied
receipt-kept = Kept:
receipt-sealed = Your answers wait, encrypted, until they are mixed with those of at least four other people. { $organizer } reads them only then.
receipt-change = Change my answers
receipt-print = Print
receipt-next = What happens next
receipt-next-read = { $organizer } reads your answers together with everybody else’s.
receipt-next-seat = You have a seat in the discussion: here is your group and its guide
receipt-next-join = You would like to join the discussion: when the groups are made, we write to { $address } with a time and your group.
receipt-next-contact = If there is something to tell you, we write to { $address }.
receipt-next-quote = You may be quoted without your name.
receipt-next-quote-named = You may be quoted with your name.
receipt-next-no-quote = You have not agreed to be quoted. { $organizer } may count and sum up what you wrote, and does not publish your words.
receipt-yours = What you wrote
receipt-own = Your own statement
receipt-colon = {": "}
receipt-none = Not answered
receipt-points = { $points } of { $total } points
receipt-scale = { $point } of { $points }
receipt-versions = Versions
receipt-versions-help = { $count ->
    [one] You have changed your answers once. The last version counts; the earlier one is kept.
   *[other] You have changed your answers { $count } times. The last version counts; the earlier ones are kept.
}
receipt-version-counts = this one counts
receipt-unknown = There are no answers at this address
receipt-unknown-next = Private links break easily in mails: check that the whole link was copied, up to its last letter. If it still does not open, write to whoever asked you, with your receipt code.

### One's own page

mine-consents = What you allow
mine-consents-how = You can take back each of these at any time. To allow something again, change your answers.
mine-consents-closed = You can take back each of these at any time.
mine-allowed = you allow it.
mine-not-allowed = you do not allow it.
mine-take-back = Take back
mine-withdraw = Take back: { $consent }
mine-withdraw-join = You are not invited any more. If you have a seat, it goes to somebody else, and a mail takes the appointment out of your calendar.
mine-withdraw-contact = Nobody writes to you about it any more.
mine-withdraw-quote = From now on your words are not quoted without your name. What was printed or sent before cannot be called back.
mine-withdraw-quote_named = From now on your name stands under no quote. What was printed or sent before cannot be called back.
mine-withdraw-group = Your group sees nothing more of your answers.
mine-withdrawn = You have taken it back
mine-withdrawn-next = It holds from now on. What you allow is listed below; your earlier version is kept with the others.
mine-take = Take it with you
mine-take-how = Everything that we keep of your answers: every version, every time, every consent, in the words of the form.
mine-text = As a text to read
mine-json = As data for programs (JSON)
mine-mail = Have the link sent to you
mine-mail-how = We send the private link of this page to your address, once. The address is used for nothing else.
mine-no-address = The link was not sent
mine-no-address-next = This is not a mail address. One looks like ada@example.org.
mine-too-many = The link was not sent
mine-too-many-next = Enough mails have gone to this address today, or about these answers. Copy the link instead, or try again tomorrow.
mine-erase = Erase everything
mine-erase-how = You can have everything erased that you wrote here. First you see what that means.
mine-erase-next = What would be erased
mine-version = Version { $number } of { $time }
mine-version-counts = This is the version that counts.
mine-version-kept = This is how it read then, under the questions of then. A later version counts.
mine-back = Back to your answers
mine-results = What came of it
mine-results-how = The questionnaire is closed. This is where your answers stand among all.
mine-theme = { $people } of { $answered } people said something like it:
mine-group = People who voted like you
mine-group-of = Your votes are most like those of group { $group }: { $people } of the { $placed } people who voted on enough statements. The letters mean nothing, and no group is better than another.
mine-seat = You meet { $when }, { $group }.
mine-file-code = Code
mine-file-first = First sent
mine-file-last = Last sent
mine-file-hidden = Came with the link ({ $name })
mine-file-invitation = Invitation to
mine-file-mail = Mail

### Erasing

erase-title = Erase everything?
erase-lede = Nothing is erased yet. If you go on, it is erased at once and for good: nobody can bring it back.
erase-gone = What will be gone
erase-gone-answers = All your answers, in every version, and this page with its private link.
erase-gone-contact = Your name, your address, and what you allowed.
erase-gone-results = Your part in counts, themes, quotes and guides.
erase-gone-seat = Your seat in the discussion. Take the appointment out of your calendar yourself: we have no address of yours any more.
erase-gone-mails = Mails to you about these answers that still wait, and the text of those that were sent.
erase-stays = What stays
erase-stays-sent = What was sent, printed or copied before: { $organizer } or others may have read it. A statement of yours that was put on the form stays there.
erase-stays-backups = Backups of the server, until they are replaced by newer ones.
erase-stays-device = Files that you downloaded yourself.
erase-stays-note = A note that on this day something was erased. It says neither what it was nor whose.
erase-stays-invitation = If you were invited by mail: that you were, and that your invitation was used. No reminder will come. With its link you can answer again.
erase-take-first = You can take everything with you first:
erase-sure = Yes, erase everything that I wrote here
erase-now = Erase everything
erase-leave = Keep it
erase-unticked = Nothing was erased
erase-unticked-next = Tick the box if you are sure.
erase-done = Everything is gone
erase-done-next = Your answers are erased. The private link opens nothing any more.
erase-done-again = If you like, you can answer again: that makes new answers, which have nothing to do with the old ones.

### Going on with another device

later-offer = Go on with another device
later-offer-how = We keep what you have written for 30 days and mail you a link to it. Nobody else reads it, and it counts nowhere until you send it.
later-address = Your mail address
later-send = Send me the link
later-sent = The link is on its way
later-sent-next = It arrives in a few minutes, unless this address has asked us not to write to it. An earlier link to the same text opens nothing any more.
later-unsent = Your answers are not sent yet: go on writing here or there, and send them when they are finished.
later-opened = This is what you had written by { $time }
later-no-address = The link was not sent
later-no-address-next = This is not a mail address. One looks like ada@example.org.
later-too-many = The link was not sent
later-too-many-next = Enough mails have gone to this address today, or about this form. Your text is all here: go on writing, or try again tomorrow.
later-delete = Delete what is kept
later-delete-what = What we have kept of this form is deleted, and the link in the mail opens nothing any more. What stands on this page is lost with it.
later-delete-now = Delete it now
later-deleted = It is deleted
later-deleted-next = Nothing is kept of what you had written. The link in the mail opens nothing any more.
later-none = Nothing is kept at this address
later-none-next = It was sent, deleted or kept for the link of a newer mail, or its 30 days are over. If you have sent it, your private link opens it.

### The article

article-answer = Answer the questions
article-marked = What the questions ask about is marked.
article-original = Where it first appeared
article-questions = To the questionnaire
### Stopping mails

stop-title = Stop mails
stop-ask = Shall we stop writing to { $address }?
stop-means = No more invitations or reminders will go to this address from here, about this questionnaire or any other. What you have answered stays as it is.
stop-button = Stop mails to me
stop-keep = If you would rather keep them, close this page: nothing has changed yet.
stop-done = Mails are stopped
stop-done-means = No more invitations or reminders will go to { $address } from here. A mail that is being sent at this very moment may still arrive.
stop-done-seat = If you have a seat in a discussion, you will still hear about changes to it.
stop-again-button = Write to me again
stop-again-done = We may write to you again
stop-again-means = Invitations and reminders may go to { $address } again.
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
mail-invitation-personal = The link below is yours alone: do not pass it on.
mail-answer-action = Give my answers
mail-open-until = Open until { $when }.

## Reminder

mail-reminder-subject = There is still time: “{ $title }”
mail-reminder-opening = { $organizer } wrote to you about “{ $title }”, and your view is still missing. If you meant to answer, here is your link again.
mail-reminder-last = This is our last reminder. If you would rather not answer, you need not do anything.

## Thanks, and the brief

mail-thanks-subject = Thank you: “{ $title }”
mail-thanks-opening = { $organizer } thanks you for your view on “{ $title }”. It has arrived, and it counts.
mail-thanks-next = What came of all answers is put together next. You need not do anything.
mail-brief-subject = What people said: “{ $title }”
mail-brief-opening = { $organizer } asked what people think about “{ $title }”. The brief tells what they said, in their own words.
mail-brief-action = Read the brief

## A mail that its organizer looks at first

mail-test-subject = Test: { $subject }
mail-test-note = This is a test that only you get. Its link opens a preview of the form, where nothing can be sent.

## Sign in

mail-forward-subject = A letter from { $name }
mail-forward-opening = { $name } wrote to the address that your mails come from. Answer this mail, and your answer goes to them.
mail-forward-from = From
mail-forward-its-subject = Subject
mail-forward-about = About
mail-forward-action = Read it as it came
mail-forward-why = You get this mail because you are the organizer. The letter itself is kept at your desk for 30 days.
mail-webhook-subject = A webhook of “{ $title }” was switched off
mail-webhook-opening = An address that is told what happens to “{ $title }” has not answered for more than a day. It is told nothing now. What it was not told waits, and goes out when you switch it on again.
mail-webhook-address = Address
mail-webhook-last = The last attempt
mail-webhook-action = Look at it
mail-webhook-why = You get this mail because you are the organizer.
mail-key-passkey-added = A passkey was added to your account
mail-key-passkey-removed = A passkey was removed from your account
mail-key-password-set = A password was set for your account
mail-key-password-changed = The password of your account was changed
mail-key-password-removed = The password of your account was removed
mail-key-elsewhere-linked = An account elsewhere now opens your account
mail-key-elsewhere-unlinked = An account elsewhere no longer opens your account
mail-key-token-made = A token for programs was made in your account
mail-key-opening = { $what }.
mail-key-which = Which
mail-key-when = When
mail-key-signed-out = Every other browser was signed out.
mail-key-yours = If this was you, there is nothing to do.
mail-key-not-yours = If it was not: sign in, sign out everywhere else, and remove every passkey, password, token and account elsewhere that is not yours.
mail-key-action = Look at your account
mail-address-confirm-subject = Is this your new address?
mail-address-confirm-opening = Somebody, most likely you, wants to sign in to Colloquy with this address from now on.
mail-address-confirm-action = Confirm the address
mail-address-confirm-until = The link works once, until { $date }. Nothing changes before that. If you do not know what this is about, leave it alone.
mail-address-asked-subject = Your address for signing in is to be changed
mail-address-asked-opening = On { $date } somebody who was signed in to your account asked to change the address with which you sign in to { $address }.
mail-address-asked-yours = If this was you, open the link in the mail that went there. Until then this address counts.
mail-address-asked-not = If it was not, stop it here: this address stays, every browser is signed out, and whatever opens your account since then is removed.
mail-address-keep = Keep this address
mail-address-changed-subject = Your address for signing in was changed
mail-address-changed-opening = Since { $date } you sign in to Colloquy with { $address }. Every other browser was signed out.
mail-address-changed-back = If this was not you, take it back here, until { $date }: your old address counts again, every browser is signed out, and whatever opens your account since then is removed.
mail-address-back = Take it back
mail-address-kept-subject = Your address for signing in stays as it was
mail-address-kept-opening = You sign in to Colloquy with { $address }, as before. Every browser was signed out, and whatever opened your account since the change was asked for was removed.
mail-address-kept-next = Sign in, and look whether everything else is as you know it: passkeys, tokens, what was done.
mail-sign-in-subject = Your link to sign in
mail-sign-in-opening = Here is your link to sign in to Colloquy. It works once, for the next { $time }.
mail-sign-in-action = Sign in
mail-sign-in-code = Or type these digits on the page where you asked: { $code }
mail-sign-in-stranger = If you did not ask for this, leave the link alone and give the digits to nobody: without them, nobody can sign in.

mail-colleague-subject = { $name } asks you to work on “{ $title }”
mail-colleague-opening = { $name } asks you to work on the questionnaire “{ $title }” with Colloquy.
mail-colleague-action = Look at the invitation
mail-colleague-until = The link is yours alone and works once, until { $date } (UTC). If you do not know what this is about, leave it alone: nothing happens then.
colleague-viewer = As a viewer you read the questions, the results, the brief and the discussion, and change nothing.
colleague-editor = As an editor you change, publish, invite and send.
colleague-owner = As an owner you do everything, and decide with the others who works on it.

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
mail-seat-answer = Say whether you come
mail-seat-poll = Answer a short poll before you meet
mail-seat-leads = Open the host’s page
mail-seat-summary = Discussion: { $title }

## Seat cancelled

mail-times-subject = When can you come? “{ $title }”
mail-times-opening = { $organizer } would like to have you in a small discussion of “{ $title }”. For that we need to know when you can come.
mail-times-action = Say when I can come
mail-times-hint = It takes a minute: a list of times, and a yes, a no or an “if need be” for each. You can change it with the same link.
mail-seat-cancelled-subject = Cancelled: “{ $title }”
mail-seat-cancelled-opening = The discussion of “{ $title }” that you had a seat in will not take place as planned. We are sorry. The attached entry takes it out of your calendar.
mail-seat-cancelled-was = It would have been
mail-seat-cancelled-left = You gave back your seat in the discussion of “{ $title }”. Thank you for saying so: somebody else can have it. The attached entry takes it out of your calendar.
mail-seat-cancelled-moved = Your seat in the discussion of “{ $title }” is in another group now: another mail has the new appointment. The attached entry takes the old one out of your calendar.

## The day before, and after the meeting

mail-seat-reminder-subject = Soon: “{ $title }”
mail-seat-reminder-opening = Your group meets { $when } to talk about “{ $title }”.
mail-seat-reminder-about = This is what you talk about:
mail-seat-reminder-answer = I cannot come after all
mail-seat-after-subject = How was it? “{ $title }”
mail-seat-after-opening = Your group has met to talk about “{ $title }”. Thank you for being there.
mail-seat-after-poll = Do you see things differently now, or just as before? Answer the same short poll once more: it takes a minute, and nobody is told who said what.
mail-seat-after-poll-action = Answer the poll once more
mail-seat-after-echo = What all groups found is gathered in the echo. Your own page leads to it once it is published.
mail-seat-after-page = Open your page

## Links that readers ask for

mail-draft-subject = Go on writing: “{ $title }”
mail-draft-opening = You wanted to go on answering “{ $title }” with another device. This link opens the form with everything that you have written so far.
mail-draft-action = Go on writing
mail-draft-until = It is kept until { $date }, and then deleted. Nobody reads it before you send it.
mail-draft-stranger = If you did not ask for this, somebody has mistyped an address. You need not do anything.
mail-receipt-subject = The link to your answers: “{ $title }”
mail-receipt-opening = Here is the private link to your answers about “{ $title }”. With it you can read and change them, take them with you, and erase them.
mail-receipt-action = Open my answers
mail-receipt-private = Whoever has this link can read and change your answers. Do not pass this mail on.
mail-why-own-link = You get this mail because your address was entered on the page to have the link sent. It is used for nothing else.

## Footer

mail-why-asked = You get this mail because on { $date } you asked to hear from { $organizer }.
mail-why-agreed-on = You get this mail because on { $date } you agreed to hear from { $organizer }.
mail-why-agreed = You get this mail because you agreed to hear from { $organizer }.
mail-why-from = Where your address comes from: { $from }
mail-why-listed = You get this mail because { $organizer } has your address and thought that you might like to answer.
mail-why-invited = You get this mail because { $organizer } invited you to answer.
mail-why-answered = You get this mail because you answered the questions of { $organizer }.
mail-why-participant = You get this mail because you said that you would like to join the discussion, organized by { $organizer }.
mail-why-sign-in = You get this mail because somebody entered your address to sign in to Colloquy.
mail-why-account = You get this mail because something that opens your account with Colloquy was changed.
mail-why-address = You get this mail because the address of an account with Colloquy is to be changed, or was.
mail-why-colleague = You get this mail because the person named above entered your address.
mail-no-tracking = This mail does not track you: no pictures, no hidden counters.
mail-unsubscribe = Unsubscribe

### The discussion and its guide

discussion-group = Group { $number }
discussion-round = Round { $number }
discussion-title = Your seat
discussion-lede = You meet { $when }.
discussion-lede-past = You met { $when }.
discussion-waiting = You have no seat yet
discussion-waiting-next = When a group is found at a time that suits you, we write to you.
discussion-left = You gave your seat back
discussion-left-next = Nobody expects you any more. If you would like to come after all, say so here: you get the next seat that is free and fits.
times-title = When can you come?
times-lede = For a small discussion of “{ $title }”.
times-lede-name = { $name }, for a small discussion of “{ $title }”.
times-kept = Your times are kept. You can change them here whenever you like.
times-none = No time is offered any more. We write to you when there are new ones.
times-action = Keep my times
discussion-unknown = There is no seat at this address
discussion-unknown-next = Private links break easily in mails: check that the whole link was copied, up to its last letter.
discussion-answer = Do you come?
discussion-answer-none = You have not said yet.
discussion-answer-yes-said = You said that you come.
discussion-answer-perhaps-said = You said that perhaps you come.
discussion-answer-yes = I come
discussion-answer-perhaps = Perhaps
discussion-answer-no = I cannot come
discussion-answer-how = You can change it until you meet. If you cannot come, your seat goes to somebody who waits for one. Your answers to the questionnaire stay as they are.
discussion-come-after-all = I would like to come after all
discussion-wait-no = I do not want to wait for a seat
poll-before = Before you meet: a short poll
poll-before-how = Say what you think of these statements now. Once you have met you are asked the same again: that shows what a conversation changes.
poll-after = After you have met: the poll once more
poll-after-how = These are the statements from before. Do you see them differently now, or just as then? Both are worth knowing.
poll-answered = You have answered it. You can change what you said.
poll-open = Answer the poll
poll-change = Change what I said
poll-send = Keep what I said
poll-back = Back to my group
poll-kept = What you said is kept.
poll-private = Nobody is told what you said: only how many said what, and only where at least five answered both times.
notes-keep = Keep the notes
notes-kept = The notes are kept.
notes-both = Somebody else has written here too
notes-both-next = Nothing of yours is lost, but it is not kept yet: it stands in the fields below. What the other one wrote stands above it. Put both together and keep the notes.
notes-theirs = This stands there now:
guide-files = The guide, to take along
host-title = You lead a group
host-lede = Here is everything for the day: who comes, the guide with a word for you, and room for notes. The link of this page is yours alone.
host-none = No group is yours at the moment. When that changes, we write to you.
host-guide = The guide, with a word for you
host-people = Who is there
host-people-how = Tick those who came. Only the organizer sees it, and nobody is asked why.
host-unnamed = Somebody without a name ({ $number })
host-comes = comes
host-perhaps = perhaps
host-keep-there = Keep who was there
host-there-kept = Who was there is kept.
guide-title = Guide for { $group }
guide-when = When
guide-where = Where
guide-who = With
guide-agreements = What we agree on before we begin
guide-agreement-listen = Be curious: ask what lies behind a view before you answer it.
guide-agreement-own = Speak for yourself, briefly, so that everybody has their turn.
guide-agreement-pass = Anybody may pass, at any time, without a reason.
guide-agreement-private = What is said here may be told; who said it stays here.
guide-opening = Round of opening
guide-opening-question = What have you lived through yourself, at work or elsewhere, that makes you want to talk about this? Tell what happened, not yet what you think of it.
guide-opening-how = { $minutes ->
    [one] Take a minute of silence to think. Then one minute each, and nobody interrupts.
   *[other] Take a minute of silence to think. Then { $minutes } minutes each, and nobody interrupts.
}
guide-agreed = Here you are of one mind already
guide-agreed-how = Counted are those who show their answers to your group. Spend no time on it, unless somebody sees it differently by now.
guide-agreed-with = All who took a side agree: “{ $text }” ({ $votes })
guide-agreed-against = All who took a side disagree: “{ $text }” ({ $votes })
guide-shared = The question all groups talk about
guide-shared-how = Read what was written, then go round: what would have to happen for you to change your mind?
guide-differs = Here you differ
guide-differs-how = One of each side first: which experience is behind it? Then ask, do not argue. Nobody needs to win.
guide-unanswered = Here hardly anybody had an answer
guide-unanswered-how = Nobody has to know. Which facts would you need, and who might have them?
guide-further = A further question of the article
guide-further-how = Read what was written. What do you have in common, and what is missing here?
guide-votes = { $agree } agree, { $disagree } disagree, { $pass } pass
guide-from-member = { $name }, in your group
guide-from-unnamed-member = Somebody in your group
guide-from-outside = { $name }, not in your group
guide-from-unnamed-outside = Somebody who is not in your group
guide-closing = Closing round
guide-closing-how = One sentence each, and somebody writes them down:
guide-closing-meaning = What was worth coming for?
guide-closing-ground = What do we see alike now, and what not?
guide-why = Who is here, and why
guide-why-people = { $count ->
    [one] One person has a seat at this table.
   *[other] { $count } people who can come at the same time and share a language.
}
guide-why-mixed = Views were mixed on purpose, so that different experience sits at one table.
guide-why-views = { $divided ->
    [one] Views were mixed on purpose: of { $voted } statements that several of you voted on, you are on both sides of one.
   *[other] Views were mixed on purpose: of { $voted } statements that several of you voted on, you are on both sides of { $divided }.
}
guide-why-alike = On the statements that several of you voted on, you are on the same side. What is behind it may still differ.
guide-host = For the host
guide-host-neutral = You are there for the conversation, not for an opinion: ask, and keep your own answer for the closing round.
guide-host-turns = See to it that everybody speaks about equally long; ask those who are silent whether they would like to, and let them pass.
guide-host-ask = Say again in your own words what you have understood. Step in only where somebody breaks what was agreed on.
guide-host-roles = Find somebody who keeps the time, and somebody who takes notes.
guide-length = How long
guide-host-name = Host
guide-time = minute { $from } to { $to }
guide-agreement-ground = Look for what you have in common, and name what you do not.
guide-agreement-true = Say what you really think, and be ready to think it over.
guide-differs-between = Some of you speak of “{ $first }”, others of “{ $second }”.
guide-divides = Here people differ
guide-divides-how = Readers are on both sides of it. Which experience could be behind each? Ask, do not argue.
guide-counted = Of those who show their answers to your group: { $votes }.
guide-from-member-agrees = Somebody in your group who agrees
guide-from-member-disagrees = Somebody in your group who disagrees
guide-from-outside-agrees = Somebody else who agrees
guide-from-outside-disagrees = Somebody else who disagrees
guide-break = Break
guide-facts = To check
guide-facts-how = Asked or claimed in your answers. None of it is right or wrong before somebody has looked it up: who does?
guide-closing-next = What should come of it, and who takes the next step?
guide-closing-poll = Then answer the short poll once more, each by their own link.
guide-notes = Notes
guide-notes-how = They go to those who prepare the echo, which everybody can read. Write what was said, not who said it.
note-alike = What you see alike
note-differ = Where you still differ
note-changed = What somebody sees differently now
note-ask = What you want to ask the author
note-next = The next step
guide-signed = Made from your own answers. Every quote is a piece of an answer, letter by letter.

### The echo


echo-title = Echo
echo-link = The echo
echo-link-how = what came of the discussion
echo-kicker = Echo · published on { $day }
echo-kicker-draft = Echo · not published yet
echo-met = { $groups ->
    [one] From one group of { $people ->
        [one] one person
       *[other] { $people } people
    }: what it wrote down, and what changed.
   *[other] From { $groups } groups, { $people } people in all: what they wrote down, and what changed.
}
echo-edited = in the organizer’s words
echo-alike = What they see alike
echo-differ = Where they still differ
echo-changed = What somebody sees differently now
echo-ask = What they want to ask the author
echo-next = The next step
echo-changes = What changed
echo-changes-how = The same statements before the meeting and after it. Only those who answered both times are counted.
echo-answered = { $count } answered both times
echo-before = before
echo-after = after
echo-moved = Of { $pairs }, { $toward } moved toward agreement and { $away } away from it.
echo-untold = { $count ->
    [one] Of one statement nothing is told here: too few answered it both times, or it would tell about a few.
   *[other] Of { $count } statements nothing is told here: too few answered them both times, or it would tell about a few.
}

### The brief

brief-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
brief-few = fewer than { $least } people
brief-few-of = fewer than { $least } of { $of } people
brief-nearly-all = nearly all of { $of } people
brief-of = { $of ->
    [one] { $count } of 1 person ({ $percent } %)
   *[other] { $count } of { $of } people ({ $percent } %)
}
brief-of-likely = { $count } of { $of } people ({ $percent } %, likely { $low } to { $high } %)
brief-percent = { $percent } %
brief-cell = { $count } ({ $percent } %)
brief-cell-likely = { $low } to { $high } %
brief-untold = not told
brief-some-of = some of { $of } people
brief-those-asked = those who were asked (how many, would tell about a few others)
brief-some = some
brief-some-people = several people
brief-list = { ", " }
brief-and = { " and " }
brief-other = Something else
brief-head-answer = Answer
brief-head-people = People
brief-head-first = First choice
brief-head-likely = Likely among all
brief-head-points = Points on average
brief-who = Who answered
brief-answered = { $who } answered.
brief-answered-on = { $who } answered on { $day }.
brief-answered-between = { $who } answered between { $first } and { $last }.
brief-invited = Of those who were invited, { $who } answered; from the others nothing has come so far.
brief-reach = The form was opened { $opened ->
    [one] once
   *[other] { $opened } times
}. Answers begun: { $begun }; sent: { $finished }.
brief-opened = The form was opened { $opened ->
    [one] once
   *[other] { $opened } times
}.
brief-languages = They wrote in { $languages }.
brief-language = { $language } ({ $number })
brief-language-en = English
brief-language-zh = Chinese
brief-joining = { $who } would like to join the discussion.
brief-all-examples = All of these responses are made up, to show what a brief looks like.
brief-examples = { $count } of these responses are made up, to show what a brief looks like.
brief-late = { $who } answered after the close; that does not count here.
brief-too-few = Fewer than { $least } people answered: too few to tell anything of them.
brief-theme = “{ $label }”: { $who }
brief-minority = Further views, also those of few
brief-minority-on = On “{ $prompt }”:
brief-unnamed-themes = { $themes ->
    [one] On “{ $prompt }”, a further view is not named: fewer than { $authors } people share it, or words for it.
   *[other] On “{ $prompt }”, { $themes } further views are not named: fewer than { $authors } people share each, or words for it.
}
brief-chose = { $who } chose:
brief-placed = { $who } placed themselves from 1 (“{ $low }”) to { $points } (“{ $high }”). The middle answer is { $median }.
brief-shared = { $who } shared out { $total } points. On average the options got:
brief-ranked = { $who } put the options in an order. Those with the most points come first: whoever orders three options gives the first three points, the second two and the third one.
brief-number = { $who } named a number. The middle one is { $middle }.
brief-number-about = { $who } named a number. The middle one is about { $middle }.
brief-number-range-about = { $who } named a number. The middle one is about { $middle }; half of them lie between about { $low } and { $high }.
brief-number-range = { $who } named a number. The middle one is { $middle }; half of them lie between { $low } and { $high }.
brief-agree = Where people agree
brief-agree-with = { $who } agree: “{ $statement }”
brief-disagree-with = { $who } disagree: “{ $statement }”
brief-agree-nowhere = There is no statement on which nearly everybody is of one mind.
brief-agree-untold = There are statements on which nearly everybody is of one mind; to name them would tell about fewer than five people.
brief-differ = Where they differ
brief-differ-on = “{ $statement }”: { $agree } agree, { $disagree } disagree.
brief-groups = Those who voted fall into { $groups } opinion groups, more clearly than chance would have it.
brief-no-groups = There are no opinion groups: people do not fall into camps, and even the clearest that could be drawn would come about by chance.
brief-groups-too-few = Too few people voted on enough statements to look for opinion groups; it takes { $needed }.
brief-group = Group { $letter }: { $who }.
brief-group-stands = Group { $letter }: { $who }, who stand out by { $stands }.
brief-group-small = Group { $letter } has fewer than { $least } people; what they say is not told.
brief-stands-agree = agreeing with “{ $statement }”
brief-stands-disagree = disagreeing with “{ $statement }”
brief-stands-agree-share = agreeing with “{ $statement }” ({ $inside }, of the others { $outside })
brief-stands-disagree-share = disagreeing with “{ $statement }” ({ $inside }, of the others { $outside })
brief-unsure = What many could not answer
brief-left-out = Only { $who } answered “{ $prompt }”
brief-cannot-say = { $who } could not say anything on “{ $prompt }”
brief-dont-know = { $who } wrote on “{ $prompt }” that they do not know, or nothing to the point.
brief-passed = { $who } passed on “{ $statement }”
brief-asked-back = { $who } asked something back.
brief-asked-back-title = What people ask back
brief-discuss = To talk about
brief-discuss-behind = What lies behind “{ $statement }”?
brief-discuss-together = How do “{ $first }” and “{ $second }” go together?
brief-covers = What this brief covers, and what it leaves out
brief-in-a-theme = Of those who wrote something, { $who } are in at least one theme.
brief-only-unnamed = { $who } are only in themes without a name, of fewer than { $authors } people or without words that so many share.
brief-only-aside = { $who } wrote only what belongs to themes that the organizers have left out.
brief-fits-no-theme = { $who } wrote only what fits no theme. Nothing of it stands here.
brief-says-nothing = { $who } wrote only that they do not know, or nothing to the point.
brief-only-closed = { $who } wrote nothing and answered only by choosing; they are in the counts.
brief-not-quoted = { $who } did not allow to be quoted: they are counted, and nothing of theirs stands here word for word.
brief-read = Of very many answers to one question, { $read } of { $of } were read, drawn by chance.
brief-how = Numbers count people; one person can be in several themes. “Likely” is the range in which the share lies with 95 % certainty, if those who answered are like those who did not. Every quote is a piece of an answer, letter by letter, of somebody who allows it.
brief-kicker = Brief, version { $number }, { $day }
brief-kicker-draft = Brief, draft
brief-mark = organizer’s words
brief-own-words = Sentences marked “{ $mark }” were written or reworded by the organizer. All others are made of the answers by a program.
brief-withdrawn-since = { $count ->
    [one] Since it was published, one quote was withdrawn by its author.
   *[other] Since it was published, { $count } quotes were withdrawn by their authors.
}
brief-quote-gone = Withdrawn by its author.
brief-example = made-up example
brief-example-by = { $name } (made-up example)
brief-signed = Signed: { $name }
brief-signed-on = Signed: { $name }, { $day }
brief-changes = What changed in this version
brief-change = { $section }: { $what }.
brief-change-new = { $count ->
    [one] 1 sentence is new
   *[other] { $count } sentences are new
}
brief-change-changed = { $count ->
    [one] 1 sentence changed
   *[other] { $count } sentences changed
}
brief-change-gone = { $count ->
    [one] 1 sentence is gone
   *[other] { $count } sentences are gone
}
brief-change-quotes = { $count ->
    [one] 1 quote is new
   *[other] { $count } quotes are new
}
brief-link = What came of it: the brief
brief-link-how = What everybody said, on a few pages
brief-form = To the questionnaire
brief-files = Take it with you
brief-file-pdf-a4 = PDF, A4
brief-file-pdf-letter = PDF, Letter
brief-file-html = One HTML file
brief-file-md = Markdown
brief-file-json = Data (JSON)
brief-versions = All versions
brief-version = Version { $number } of { $day }
brief-version-latest = There is a newer version.
brief-version-latest-link = Read the latest
brief-pdf-failed = The PDF could not be made
brief-pdf-failed-next = Print the page instead: it is laid out for paper.
