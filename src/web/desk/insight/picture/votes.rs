//! Statements: who disagrees, who agrees, who passed.

use super::{Base, Picture, Shape};
use crate::insight::Material;
use crate::insight::tally;
use crate::store::questionnaires::Asked;
use crate::web::desk::insight::table::{Cell, Part, Table};
use crate::web::ui::chart::diverging::Sides;

/// The statements of one question in the order of the form.
pub(super) fn picture(material: &Material, asked: &Asked) -> Picture {
    let answered = material.answers(asked.id).count();
    let asked_of = tally::base(material).get(&asked.id).copied();
    let base = Base::of(asked, answered, asked_of);
    let mut table = Table::new(&[
        "Statement",
        "Agree",
        "Agree share",
        "Agree from",
        "Agree to",
        "Disagree",
        "Disagree share",
        "Disagree from",
        "Disagree to",
        "Pass",
        "Pass share",
        "Voted",
        "Did not vote",
    ]);
    let mut rows = vec![];
    for line in tally::votes(material, asked) {
        let voted = line.voted();
        let part = |count: usize| Part::new(count, voted);
        let (agree, disagree, pass) = (part(line.agree), part(line.disagree), part(line.pass));
        let mut cells = vec![Cell::Words(line.text.clone()), Cell::Count(line.agree)];
        cells.extend(agree.cells());
        cells.push(Cell::Count(line.disagree));
        cells.extend(disagree.cells());
        cells.extend([Cell::Count(line.pass), Cell::Share(pass.share), Cell::Count(voted)]);
        let rest = asked_of.map(|of| Cell::Count(of.saturating_sub(voted)));
        cells.push(rest.unwrap_or(Cell::Empty));
        table.rows.push(cells);
        rows.push(Sides {
            label: line.text,
            disagree: (line.disagree, disagree.share, disagree.interval()),
            agree: (line.agree, agree.share, agree.interval()),
            pass: (line.pass, pass.share),
            voted,
        });
    }
    let mut picture = base.picture(asked, table);
    picture.reading.push(
        "Shares are of those who voted on a statement; who did not see it is not among them. The thin lines under the bars are 95 % intervals (Wilson)."
            .to_owned(),
    );
    let any = rows.iter().any(|row| row.voted > 0);
    picture.shape = any.then_some(Shape::Sides(rows));
    picture
}
