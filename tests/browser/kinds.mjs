// A questionnaire with every kind of question, made at the desk as an organizer makes it.
import * as desk from "./desk.mjs";

const ARTICLE = `What comes next

We have listed the question that makes us most curious. You are welcome to answer it:

- Where will the next breakthrough appear?
`;

const OTHER = "… and “something else”, to write";
const THREE = "Synthetic data\nVerification\nAnother architecture";

/**
 * Each kind by its name in the editor's menu, with what is filled in, see `add`. An article's
 * questionnaire has an open question, times and name and address from the beginning.
 */
export const KINDS = [
  ["One option", { Question: "What would you build first?", lines: THREE, [OTHER]: true }],
  ["Several options", { Question: "What do you follow?", lines: THREE, [OTHER]: true }],
  ["Scale", { Question: "How sure are you?", "What the first point means": "Not at all", "What the last point means": "Entirely", "Offer “I can’t say”": true }],
  ["Statements", { Question: "Do you agree?", lines: "Size is over.\nTools matter more than models.", "Readers may add statements; you decide which others see": true }],
  ["Ranking", { Question: "In which order?", lines: THREE }],
  ["100 points", { Question: "What bets would you make?", lines: THREE }],
  ["Number", { Question: "For how many years?", "At least": "0", "Unit, such as “years”": "years" }],
];

/** Makes it; its desk. It stands in the editor, ready to be published. */
export async function every(page) {
  const path = await desk.bring(page, ARTICLE);
  for (const [kind, fields] of KINDS) await desk.add(page, kind, fields);
  return path;
}
