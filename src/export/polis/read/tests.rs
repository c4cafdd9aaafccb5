use std::io::Write as _;

use super::*;

fn file(name: &str, text: &str) -> File {
    (name.to_owned(), text.as_bytes().to_vec())
}

const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
     1,x,7,0,2,0,1,\"Two\nlines, one statement\"\n1,x,3,0,0,1,0,'=1+1\n1,x,4,0,1,0,-1,Rejected\n";

const MATRIX: &str = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,3,4,7\r\n\
     0,0,0,2,1,1,-1,,1\r\n5,,0,1,1,0,,1,\r\n6,1,0,2,1,0,0,1,1\r\n";

#[test]
fn a_conversation_is_read_from_the_table_of_participants() {
    let read = read(&[file("a", COMMENTS), file("b", MATRIX)]).unwrap();
    let words: Vec<_> = read.comments.iter().map(|(id, text)| (*id, text.as_str())).collect();
    assert_eq!(words, [(3, "=1+1"), (7, "Two lines, one statement")]);
    assert_eq!(read.rejected, 1);
    // Who voted on nothing but the rejected statement is not there.
    assert_eq!(read.voters.keys().copied().collect::<Vec<_>>(), [0, 6]);
    assert_eq!(read.voters[&0].votes, [(3, Vote::Disagree), (7, Vote::Agree)].into());
    assert_eq!(read.voters[&6].votes, [(3, Vote::Pass), (7, Vote::Agree)].into());
}

#[test]
fn the_last_vote_counts_and_signs_are_told_by_the_counts() {
    let votes = "timestamp,datetime,comment-id,voter-id,vote\n\
         30,x,3,0,-1\n10,x,3,0,1\n20,x,7,0,1\n20,x,7,1,1\n20,x,4,1,1\n";
    let comments = "comment-id,agrees,disagrees,moderated,comment-body\n3,1,1,1,A\n7,2,0,1,B\n";
    let read_with = |votes: &str| read(&[file("c", comments), file("v", votes)]).unwrap();
    let straight = read_with(votes);
    assert_eq!(straight.voters[&0].votes, [(3, Vote::Disagree), (7, Vote::Agree)].into());
    assert_eq!(straight.voters[&0].at, DateTime::from_timestamp(30, 0));
    let turned: String = votes
        .lines()
        .map(|line| match line.rsplit_once(',') {
            Some((rest, "1")) => format!("{rest},-1\n"),
            Some((rest, "-1")) => format!("{rest},1\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert_eq!(read_with(&turned), straight);
}

#[test]
fn an_archive_is_the_files_in_it() {
    let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in [
        ("x/comments.csv", COMMENTS),
        ("x/participants-votes.csv", MATRIX),
        (
            "x/summary.csv",
            "topic,'+1 or not\nurl,https://pol.is/2abc\nconversation-description,\"A, b\"\n",
        ),
        ("x/readme.txt", "no table"),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::DEFAULT).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let files = unpacked(vec![("polis.zip".to_owned(), bytes)]).unwrap();
    assert_eq!(files.len(), 3);
    let read = read(&files).unwrap();
    assert_eq!((read.topic.as_str(), read.description.as_str()), ("+1 or not", "A, b"));
    assert_eq!((read.link.as_str(), read.voters.len()), ("https://pol.is/2abc", 2));
    let broken = vec![("polis.zip".to_owned(), b"PK\x03\x04nothing".to_vec())];
    assert_eq!(unpacked(broken), Err(Unreadable::Archive("polis.zip".to_owned())));
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let says = |comments: &str, matrix: &str| {
        read(&[file("c.csv", comments), file("m.csv", matrix)]).unwrap_err().to_string()
    };
    let head = "participant,3,7\n";
    for (matrix, expected) in [
        ("0,1,2\n", "“m.csv”, line 2, column “7”: “2” is no vote; 1, 0, -1 or nothing is."),
        ("0,1\n", "“m.csv”, line 2: it has 2 cells; the first line has 3."),
        ("0,1,1\nx,1,1\n", "“m.csv”, line 1: “x” is no number for participant."),
        ("0,1,1\n0,1,1\n", "“m.csv”, line 3, column “participant”: “0” stands in line 2 already."),
        ("", "None of the files has the votes: add “participants-votes.csv” or “votes.csv”."),
    ] {
        assert_eq!(says(COMMENTS, &format!("{head}{matrix}")), expected);
    }
    let twice = "comment-id,comment-body\n3,A\n\"3\",B\n";
    let expected = "“c.csv”, line 3, column “comment-id”: “3” stands in line 2 already.";
    assert_eq!(says(twice, head), expected);
    let votes = "comment-id,voter-id,vote\n3,0,1\n3,1,\n";
    let why = read(&[file("c", COMMENTS), file("v", votes)]).unwrap_err().to_string();
    assert_eq!(why, "“v”, line 3: “” is no vote; 1, 0 or -1 is.");
    assert_eq!(read(&[file("m", MATRIX)]), Err(Unreadable::NoComments));
    assert_eq!(read(&[file("c", COMMENTS)]), Err(Unreadable::NoVotes));
    assert_eq!(read(&[]), Err(Unreadable::NoComments));
    let latin = vec![("c.csv".to_owned(), b"comment-id,comment-body\n1,\xe9\n".to_vec())];
    assert_eq!(read(&latin), Err(Unreadable::NotText("c.csv".to_owned())));
    let marked = format!("\u{feff}{COMMENTS}");
    assert!(read(&[file("c", &marked), file("m", MATRIX)]).is_ok());
}
