//! What Polis exports, and what somebody's spreadsheet makes of it.

use std::collections::HashSet;

use super::{Comment, Matrix, comments};

fn error(bytes: &[u8]) -> String {
    Matrix::read(bytes).unwrap_err().to_string()
}

#[test]
fn the_columns_beside_the_votes_are_told_apart_by_name() {
    let file = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,7,12\r\n\
                0,u-1,1,3,2,1,1,1,-1\r\n4,,,0,1,0,0,,0\r\n";
    let matrix = Matrix::read(file.as_bytes()).unwrap();
    assert_eq!(matrix.people, ["0", "4"]);
    assert_eq!(matrix.statements, ["7", "12"]);
    assert_eq!(matrix.cells, [[Some(1), Some(-1)], [None, Some(0)]]);
    assert_eq!(matrix.groups, [Some("1".to_owned()), None]);
    let votes = matrix.votes();
    assert_eq!((votes.statements, votes.people.len()), (2, 2));
}

#[test]
fn a_plain_matrix_may_come_from_a_spreadsheet() {
    let file = "\u{feff}wer;Mehr Bäume;\"Weniger; viel\nweniger\"\nEva; 1 ;-1.0\n\nУля;;0\n";
    let matrix = Matrix::read(file.as_bytes()).unwrap();
    assert_eq!(matrix.statements, ["Mehr Bäume", "Weniger; viel\nweniger"]);
    assert_eq!(matrix.cells, [[Some(1), Some(-1)], [None, Some(0)]]);
    assert_eq!(Matrix::read(b"id\ta\nx\t1").unwrap().cells, [[Some(1)]]);
    // One column, one person, no person: nothing to count, and no error.
    assert!(Matrix::read(b"id\nx\n").unwrap().statements.is_empty());
    assert!(Matrix::read(b"id,a\n").unwrap().people.is_empty());
}

#[test]
fn what_cannot_be_read_is_named_with_line_and_column() {
    assert_eq!(error(b""), "line 1: the file is empty");
    assert_eq!(error(b"\xef\xbb\xbf"), "line 1: the file is empty");
    assert_eq!(
        error(b"id,a,b\nx,1,0\ny,2,0\n"),
        "line 3, column “a”: “2” is no vote; 1, 0, -1 or nothing is"
    );
    assert_eq!(error(b"id,a\nx,1,0\n"), "line 2: it has 3 cells; the first line has 2");
    assert_eq!(error(b"id,a\nx,1\ny\n"), "line 3: it has 1 cells; the first line has 2");
    assert_eq!(
        error(b"id,\"a\nb\"\nx,1\nx,0\n"),
        "line 4, column “id”: “x” stands in line 3 already"
    );
    assert_eq!(
        error(b"id,a\r\nx,1\r\ny,1\r\nx,0\r\n"),
        "line 4, column “id”: “x” stands in line 2 already"
    );
    assert_eq!(error(b"id,a\n ,1\n"), "line 2, column “id”: the person’s id is missing");
    assert_eq!(error(b"id,a,a\nx,1,1\n"), "line 1: two columns are called “a”");
    assert_eq!(error(b"id,a,\nx,1,1\n"), "line 1: column 3 has no name");
    assert_eq!(error(b"\xff\xfei\0d\0"), "line 1: the file is UTF-16; save it as CSV in UTF-8");
    assert_eq!(error(b"id,a\xe9\nx,1\n"), "line 1: the name of column 2 is not UTF-8");
    assert!(error(b"id,a\nx,\xe9\n").starts_with("line 2, column “a”: it is not UTF-8"));
    let escape = error(b"id,a\nx,\x1b[31m\n");
    assert!(escape.contains("“\u{fffd}[31m”"), "{escape}");
    let long = error(format!("id,a\nx,{}\n", "九".repeat(5000)).as_bytes());
    assert!(long.chars().count() < 130, "{long}");
}

#[test]
fn comments_say_what_was_moderated_out() {
    let file = "timestamp,comment-id,moderated,comment-body\n\
                1,7,1,\"Two\nlines, \"\"quoted\"\"\"\n2,9,-1,Spam\n3,12,,Later\n";
    let read = comments(file.as_bytes()).unwrap();
    let comment = |id: &str, text: &str, moderated| Comment {
        id: id.to_owned(),
        text: text.to_owned(),
        moderated,
    };
    let known = [
        comment("7", "Two\nlines, \"quoted\"", 1),
        comment("9", "Spam", -1),
        comment("12", "Later", 0),
    ];
    assert_eq!(read, known);
    let missing = comments(b"comment-id,text\n1,x\n").unwrap_err().to_string();
    assert_eq!(missing, "line 1: there is no column “comment-body”");

    let mut matrix = Matrix::read(b"id,7,9,12\nx,1,0,-1\n").unwrap();
    assert_eq!(matrix.remove(&HashSet::from(["9".to_owned(), "404".to_owned()])), 1);
    assert_eq!((matrix.statements.len(), &matrix.cells), (2, &vec![vec![Some(1), Some(-1)]]));
}
