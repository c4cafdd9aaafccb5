// A questionnaire with every kind of question, made at the desk as an organizer makes it.
import * as desk from "./desk.mjs";

const ARTICLE = `What comes next

We have listed the question that makes us most curious. You are welcome to answer it:

- Where will the next breakthrough appear?
`;

const THREE = "Synthetic data\nVerification\nAnother architecture";

/**
 * Each kind by its name in the editor's menu, with the fields to fill by their labels. An article's
 * questionnaire has an open question, times and name and address from the beginning.
 */
export const KINDS = [
  ["One option", { Question: "What would you build first?", "Options, one a line": THREE, "Offer “something else” with a field to write": true }],
  ["Several options", { Question: "What do you follow?", "Options, one a line": THREE, "Offer “something else” with a field to write": true }],
  ["Scale", { Question: "How sure are you?", "What the first point means": "Not at all", "What the last point means": "Entirely", "Offer “I can’t say”": true }],
  ["Statements to agree or disagree with", { Question: "Do you agree?", "Statements, one a line": "Size is over.\nTools matter more than models.", "Readers may add statements of their own; you decide which others see": true }],
  ["Options to rank", { Question: "In which order?", "Options to rank, one a line": THREE }],
  ["100 points to share", { Question: "What bets would you make?", "Options, one a line": THREE }],
  ["A number", { Question: "For how many years?", "Smallest number that fits (empty: any)": "0", "Unit behind the field, such as “years”": "years" }],
];

/** Makes it; its desk. It stands in the editor, ready to be published. */
export async function every(page) {
  const path = await desk.bring(page, ARTICLE);
  for (const [kind, fields] of KINDS) await desk.add(page, kind, fields);
  return path;
}
