//! How good themes are, and how fast. `cargo bench --bench themes`
//!
//! On texts that people labelled: 47 questions of the `ArgKP` data (IBM's KPA 2021 shared task),
//! and draws of banking77 and clinc150. `COLLOQUY_DATA` names the folder with `argkp.jsonl`,
//! `banking77_test.jsonl` and `clinc150_test.jsonl`; without it they are looked for in
//! `../shared/data/text`. `COLLOQUY_MODEL` names the file of the larger model, which is measured
//! beside the one that comes with the program. `COLLOQUY_DRAWS` names a file that what was drawn
//! is written to, for `benches/peers`.
//!
//! Every second question or draw is for tuning. The table is of the others, which no constant
//! was chosen by; `COLLOQUY_HALF=tuning` shows the first half instead, `both` all. `COLLOQUY_ONLY`
//! names the tables wanted by the letters at which this file asks for them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::float_cmp,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

#[path = "themes/data.rs"]
mod data;
#[path = "themes/measure.rs"]
mod measure;
#[path = "themes/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;

use colloquy::analysis::themes::{Model, Settings, Text, Themes, names, themes};
use data::{Chance, Problem};
use measure::{ari, mean, nmi, several};

/// Draws of each size.
const DRAWS: usize = 12;
/// Times that the rows are put in another order.
const SHUFFLES: u64 = 20;
const FAMILIES: [&str; 3] = ["ArgKP", "banking77", "clinc150"];

fn main() {
    let folder = data::folder(env::var("COLLOQUY_DATA").ok());
    let (Some(arguments), Some(banking), Some(clinc)) = (
        data::arguments(&folder),
        data::draws(&folder, "banking77", "banking77_test.jsonl", DRAWS),
        data::draws(&folder, "clinc150", "clinc150_test.jsonl", DRAWS),
    ) else {
        println!("The data is not in {}: nothing was measured.", folder.display());
        return;
    };
    let mut problems: Vec<Problem> = arguments.into_iter().chain(banking).chain(clinc).collect();
    let mut models = vec![Model::default()];
    match env::var("COLLOQUY_MODEL").map(fs::read) {
        Ok(Ok(bytes)) => models.push(Model::read(bytes).unwrap()),
        _ => println!("COLLOQUY_MODEL names no file: only the model in the program is measured."),
    }
    if let Ok(file) = env::var("COLLOQUY_DRAWS") {
        let named = naming(&problems, &models);
        let drawn = serde_json::json!({ "problems": problems, "labels": named });
        fs::write(file, drawn.to_string()).unwrap();
    }
    match env::var("COLLOQUY_HALF").as_deref() {
        Ok("tuning") => problems.retain(|problem| problem.tuning),
        Ok("both") => {}
        _ => problems.retain(|problem| !problem.tuning),
    }
    let heads: String = models.iter().map(|model| format!("{:>18}", model.name())).collect();
    println!("{:<44}{:>12}{heads}   (ratio)", "", "TF-IDF+km");
    let only = env::var("COLLOQUY_ONLY").unwrap_or_default();
    if only.is_empty() || only.contains('g') {
        groups(&problems, &models);
    }
    if only.is_empty() || only.contains('s') {
        ideas(&problems, &models);
    }
    if only.is_empty() || only.contains('l') {
        labels(&problems, &models);
    }
    if only.is_empty() || only.contains('t') {
        seconds(&folder, &models);
    }
}

fn found(texts: &[Text], question: &str, model: &Model, themes_wanted: Option<usize>) -> Themes {
    let settings = Settings {
        question: question.to_owned(),
        themes: themes_wanted,
        seed: 1,
        model: model.clone(),
    };
    themes(texts, &settings)
}

/// The main theme of each answer; those outside are one group more.
fn mains(found: &Themes, count: usize) -> Vec<usize> {
    let mut own = vec![found.themes.len(); count];
    for (number, theme) in found.themes.iter().enumerate() {
        theme.main.iter().for_each(|at| own[*at] = number);
    }
    own
}

fn line(what: &str, peer: Option<f64>, ours: &[f64]) {
    let shown: String = ours
        .iter()
        .map(|value| match peer {
            Some(peer) => format!("{:>10.1} ({:.2})", 100.0 * value, value / peer),
            None => format!("{:>10.1}       ", 100.0 * value),
        })
        .collect();
    let peer = peer.map_or_else(String::new, |peer| format!("{:.1}", 100.0 * peer));
    println!("{what:<44}{peer:>12}{shown}");
}

/// Groups of answers at the number of themes that people saw, and at the number chosen.
fn groups(problems: &[Problem], models: &[Model]) {
    type Scores = BTreeMap<&'static str, Vec<[f64; 2]>>;
    let mut peer: Scores = BTreeMap::new();
    let mut given: Vec<Scores> = vec![BTreeMap::new(); models.len()];
    let mut chosen = given.clone();
    let mut left_out = vec![Vec::new(); models.len()];
    for family in FAMILIES {
        let own: Vec<&Problem> = problems.iter().filter(|p| p.family == family).collect();
        for problem in own {
            let score = |groups: &[usize]| [nmi(&problem.gold, groups), ari(&problem.gold, groups)];
            let (rows, terms) = words::tf_idf(&problem.texts);
            let simple = words::kmeans(&rows, terms, problem.themes());
            peer.entry(family).or_default().push(score(&simple));
            let texts = problem.given();
            for (at, model) in models.iter().enumerate() {
                let of = |wanted| found(&texts, &problem.question, model, wanted);
                let (told, free) = (of(Some(problem.themes())), of(None));
                let told = score(&mains(&told, texts.len()));
                given[at].entry(family).or_default().push(told);
                left_out[at].push(free.outside.len() as f64 / texts.len() as f64);
                let free = score(&mains(&free, texts.len()));
                chosen[at].entry(family).or_default().push(free);
            }
        }
        let part = |scores: &Scores, which: usize| {
            mean(&scores[family].iter().map(|score| score[which]).collect::<Vec<_>>())
        };
        let all = |all: &[Scores], which| all.iter().map(|s| part(s, which)).collect::<Vec<_>>();
        let count = peer[family].len();
        line(&format!("{family} ({count}) NMI, true k"), Some(part(&peer, 0)), &all(&given, 0));
        line(&format!("{family} ARI, true k"), Some(part(&peer, 1)), &all(&given, 1));
        line(&format!("{family} NMI, chosen k"), None, &all(&chosen, 0));
        line(&format!("{family} ARI, chosen k"), None, &all(&chosen, 1));
    }
    let part = |scores: &Scores, family: &str, which: usize| {
        mean(&scores[family].iter().map(|score| score[which]).collect::<Vec<_>>())
    };
    let ratio = |at: usize, families: &[&str]| {
        let logs: Vec<f64> =
            families.iter().map(|f| (part(&given[at], f, 0) / part(&peer, f, 0)).ln()).collect();
        mean(&logs).exp()
    };
    let auto = |at: usize| {
        let ari = |scores: &Scores| mean(&FAMILIES.map(|family| part(scores, family, 1)));
        ari(&chosen[at]) / ari(&given[at])
    };
    let of = |f: &dyn Fn(usize) -> f64| (0..models.len()).map(f).collect::<Vec<_>>();
    plain("NMI / TF-IDF+km, mean of families", &of(&|at| ratio(at, &FAMILIES)));
    plain("NMI / TF-IDF+km, banking77 and clinc150", &of(&|at| ratio(at, &FAMILIES[1..])));
    plain("ARI at the chosen k / at true k", &of(&auto));
    plain("share outside at the chosen k", &of(&|at| mean(&left_out[at])));
}

fn plain(what: &str, ours: &[f64]) {
    let shown: String = ours.iter().map(|value| format!("{value:>11.2}       ")).collect();
    println!("{what:<44}{:>12}{shown}", "");
}

/// Every third answer is two answers in one, of different themes.
fn joined(problem: &Problem) -> (Vec<String>, Vec<BTreeSet<usize>>) {
    let (mut texts, mut gold) = (Vec::new(), Vec::new());
    let mut waiting: Vec<usize> = (0..problem.texts.len()).rev().collect();
    while let Some(at) = waiting.pop() {
        let mut text = problem.texts[at].trim().to_owned();
        let mut own = BTreeSet::from([problem.gold[at]]);
        let other = waiting.iter().rposition(|other| problem.gold[*other] != problem.gold[at]);
        if texts.len() % 3 == 0
            && let Some(place) = other
        {
            let other = waiting.remove(place);
            text = format!("{}. {}", text.trim_end_matches('.'), problem.texts[other]);
            own.insert(problem.gold[other]);
        }
        texts.push(text);
        gold.push(own);
    }
    (texts, gold)
}

/// Several ideas in an answer, against its main theme alone.
fn ideas(problems: &[Problem], models: &[Model]) {
    let mut main = vec![Vec::new(); models.len()];
    let mut every = main.clone();
    let mut simple = Vec::new();
    for problem in problems.iter().filter(|problem| problem.family == "ArgKP") {
        let (texts, gold) = joined(problem);
        let given = data::given(&texts);
        let (rows, terms) = words::tf_idf(&texts);
        let groups = words::kmeans(&rows, terms, problem.themes());
        let one = |group: &usize| BTreeSet::from([*group]);
        simple.push(several(&gold, &groups.iter().map(one).collect::<Vec<_>>()));
        for (at, model) in models.iter().enumerate() {
            let found = found(&given, &problem.question, model, Some(problem.themes()));
            let mut mains = vec![BTreeSet::new(); texts.len()];
            let mut all = mains.clone();
            for (number, theme) in found.themes.iter().enumerate() {
                for text in &theme.main {
                    mains[*text].insert(number);
                }
                for text in &theme.mentions {
                    all[*text].insert(number);
                }
            }
            main[at].push(several(&gold, &mains));
            every[at].push(several(&gold, &all));
        }
    }
    let means = |all: &[Vec<f64>]| all.iter().map(|scores| mean(scores)).collect::<Vec<_>>();
    let (main, every) = (means(&main), means(&every));
    line("ArgKP, joined: BCubed F, one theme an answer", Some(mean(&simple)), &main);
    line("ArgKP, joined: BCubed F, several", Some(mean(&simple)), &every);
    let ratios: Vec<f64> = every.iter().zip(&main).map(|(every, main)| every / main).collect();
    plain("several / one theme an answer", &ratios);
}

/// Names of the themes that people saw: those with five answers, in questions with three such.
fn naming(problems: &[Problem], models: &[Model]) -> Vec<serde_json::Value> {
    let mut out = Vec::new();
    for problem in problems.iter().filter(|problem| problem.family == "ArgKP") {
        let members = |theme: usize| {
            (0..problem.texts.len()).filter(|at| problem.gold[*at] == theme).collect::<Vec<_>>()
        };
        let kept: Vec<usize> =
            (0..problem.themes()).filter(|theme| members(*theme).len() >= 5).collect();
        if kept.len() < 3 {
            continue;
        }
        let groups: Vec<Vec<usize>> = kept.iter().map(|theme| members(*theme)).collect();
        let plain: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| group.iter().map(|at| problem.texts[*at].as_str()).collect())
            .collect();
        let mut labels = BTreeMap::from([("c-TF-IDF", words::class_names(&plain))]);
        for model in models {
            let settings = Settings {
                question: problem.question.clone(),
                model: model.clone(),
                ..Settings::default()
            };
            labels.insert(model.name(), names(&problem.given(), &groups, &settings));
        }
        out.push(serde_json::json!({
            "question": problem.name,
            "tuning": problem.tuning,
            "gold": kept.iter().map(|theme| &problem.names[*theme]).collect::<Vec<_>>(),
            "labels": labels,
        }));
    }
    out
}

/// How often a name is nearest to what people called the theme, by the largest model there is.
fn labels(problems: &[Problem], models: &[Model]) {
    let judge = models.last().unwrap();
    let named = naming(problems, models);
    let mut scores: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    let mut count = 0.0;
    for question in &named {
        let texts = |of: &serde_json::Value| {
            of.as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let gold = judge.vectors(&texts(&question["gold"]));
        count += gold.len() as f64;
        for (who, labels) in question["labels"].as_object().unwrap() {
            let labels = judge.vectors(&texts(labels));
            for (at, label) in labels.iter().enumerate() {
                let near = |other: &Vec<f32>| {
                    label.iter().zip(other).map(|(x, y)| f64::from(x * y)).sum::<f64>()
                };
                let own = near(&gold[at]);
                let rank = 1 + gold.iter().filter(|other| near(other) > own).count();
                let score = scores.entry(who.clone()).or_default();
                score[0] += f64::from(u8::from(rank == 1));
                score[1] += 1.0 / rank as f64;
            }
        }
    }
    let of = |who: &str, which: usize| scores[who][which] / count;
    for (which, what) in ["top 1", "mean reciprocal rank"].into_iter().enumerate() {
        let ours: Vec<f64> = models.iter().map(|model| of(model.name(), which)).collect();
        let what = format!("names ({count}), {what}; c-TF-IDF instead");
        line(&what, Some(of("c-TF-IDF", which)), &ours);
    }
    println!("  judged by {}", judge.name());
}

/// Seconds of the processor that this thread has used.
fn used() -> f64 {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    schedule.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// What was found, with keys instead of places.
fn by_key(texts: &[Text], found: &Themes) -> String {
    let mut given: Vec<(&str, usize)> =
        texts.iter().enumerate().map(|(at, text)| (text.key.as_str(), at)).collect();
    given.sort_unstable();
    let mut order = vec![0; texts.len()];
    for (place, (_, at)) in given.iter().enumerate() {
        order[*at] = place;
    }
    let places = |all: &[usize]| {
        let mut all: Vec<usize> = all.iter().map(|at| order[*at]).collect();
        all.sort_unstable();
        all
    };
    let mut out = String::new();
    for theme in &found.themes {
        let mut spans: Vec<(usize, usize, usize)> =
            theme.passages.iter().map(|p| (order[p.text], p.start, p.end)).collect();
        spans.sort_unstable();
        let quotes: Vec<(usize, usize, usize)> =
            theme.quotes.iter().map(|p| (order[p.text], p.start, p.end)).collect();
        out += &format!(
            "{} {:?} {:?} {:?} {spans:?} {quotes:?} {:?}\n",
            theme.label,
            places(&theme.main),
            places(&theme.mentions),
            order[theme.gist.text],
            theme.keywords
        );
    }
    let mut repeats: Vec<Vec<usize>> = found.repeats.iter().map(|group| places(group)).collect();
    repeats.sort();
    out + &format!("{:?} {:?} {repeats:?}", places(&found.outside), places(&found.uninformative))
}

/// Seconds on one core, and that the order of the rows changes nothing.
fn seconds(folder: &std::path::Path, models: &[Model]) {
    let mut all: Vec<String> = ["argkp.jsonl", "banking77_test.jsonl", "clinc150_test.jsonl"]
        .iter()
        .flat_map(|file| data::texts(folder, file))
        .collect();
    Chance(7).shuffle(&mut all);
    let two: Vec<String> = all
        .chunks(2)
        .map(|pair| format!("{}. {}", pair[0].trim_end_matches('.'), pair[pair.len() - 1]))
        .collect();
    for (what, texts) in [("one sentence", &all), ("two sentences", &two)] {
        for count in [500, 5_000] {
            let given = data::given(&texts[..count.min(texts.len())]);
            let mut shown = String::new();
            for model in models {
                let warm = found(&given[..40], "", model, None);
                assert!(warm.uninformative.len() < 40);
                let start = used();
                let result = found(&given, "", model, None);
                let took = used() - start;
                let told = by_key(&given, &result);
                let shuffles = if count == 500 { SHUFFLES } else { 2 };
                let same = (0..shuffles).all(|seed| {
                    let mut other = given.clone();
                    Chance(seed).shuffle(&mut other);
                    by_key(&other, &found(&other, "", model, None)) == told
                });
                let same =
                    if same { format!("same in {shuffles} orders") } else { "DIFFERS".to_owned() };
                shown += &format!("{took:>9.2} s, {} themes, {same};", result.themes.len());
            }
            println!("{:<44}{:>12}{shown}", format!("{count} answers of {what}"), "");
        }
    }
}
