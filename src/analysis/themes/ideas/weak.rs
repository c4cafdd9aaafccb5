//! Words that tell something, but do not name anything: they never stand for a theme by themselves.

use std::{collections::HashSet, sync::LazyLock};

use crate::analysis::language::han;

const ENGLISH: &str = "second third fourth fifth half ten zero hundred thousand million dozen hundreds thousands three four five \
six seven eight nine twenty thirty fifty long short high low large small big old young early late whole full empty open close closed hard easy cheap \
expensive free slow fast quick strong weak true false wrong clear honest honestly boring dull serious sad happy funny stupid strange weird odd \
work works working worked thing stuff lot bit part side end start front middle case example kind sort place point points reason fact word words name \
number order line list level amount piece set group step steps way word sentence answer question opinion view idea ideas thought reader writing phone train \
person people man woman guy somebody everyone everybody anybody anyone nobody year years month months week weeks day days hour hours minute minutes moment time \
today tomorrow yesterday tonight morning evening monday friday autumn spring summer winter decade century ago soon later already always never ever still \
came come comes going gone went look looked looks looking see seen saw watch watched show shows shown told tell tells ask asked asks call called calls \
give gave given take took taken taking keep kept put get got make made find found know known knew think thought believe feel felt hear heard try tried tries trying \
let run runs running turn turned turns move moved moves bring brought hold held leave left stay stand stands sit live lived living die read write wrote written \
say said mean means meant happen happened happens stop stopped begin began begins change changes changed grow wait waiting win wins won lose lost \
pay paid buy buys bought sell selling cost costs spend spent own owns owned build built building help helped helps save saved play pick choose decide decided \
else anything something nothing everything anywhere somewhere together alone apart behind ahead back forward out away enough barely nearly simply merely \
salt unpopular curious admit agree care crowd fun glad hope love wish prefer proven sorry thanks reply survey form discussion note interesting question-mark \
first last next same other another many few several lot lots more most less least once twice double single real actual current possible likely sure \
wonder wonderful beautiful nice fine pretty plain simple special certain different similar own exist exists seem seems appear appears remain become cannot could \
whoever whatever whichever someone left right top bottom rest ready willing forced allowed able expect expects wants need needs needed doing done goes \
interested talk talks talking laugh matter matters consider mention mentioned guess hand hands head face eye eyes room model models system systems thinking learns learned ai problem problems answers option options plan plans film price worth tool tools layer chance chances rule rules factor gap home house little clever follow evil paper papers";

const CHINESE: &str = "谁 东西 事情 事 人 大家 时候 时间 今天 年 天 星期 一次 一个 第一 第二 第三 两年 五年 十年 宁愿 老实 老老实实 认真 随便 随便写 写写 刚下班 \
下班 说实话 利益 相关 个人 看法 个人看法 外行 这题 想听听 听听 别人 怎么 看看 欢迎 打脸 期待 讨论 谢谢 仅供参考 手机 见谅 打的 才刚 开始 拿回 朴素 说到底 说不定 大概率 毫无 悬念 \
学会 出来 起来 做好 最后 全部 一定 几万个 一百个 五十个 不行 不够 知道 东西 地方 事 算 做出 做出来 写出来 现有 老板 觉得 蠢 想法 差别 看起来 \
办法 结果 原因 情况 部分 方向 方式 样子 越来越 一百 百分 五十 七十 三分之一 别的 一点点 留一点 只是 只靠 已经 那边 这边 一样 毕竟 反正 答案 选项 教训 计划 总有 总有一天 打算 答 答就行 模型 模型的";

const NUMERALS: &str = "一二三四五六七八九十百千万亿几两半零第";
const COUNTED: &str = "个人年月天次张台只条件倍成分块点种家层位名步句年些";

static WEAK: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ENGLISH.split_whitespace().chain(CHINESE.split_whitespace()).collect());

/// Whether a word as written, in lower case, names nothing by itself: small, a number, an adverb
/// or the past of a verb.
pub(super) fn weak(word: &str) -> bool {
    if word.chars().any(han) {
        return WEAK.contains(word)
            || (word.starts_with(|c| NUMERALS.contains(c))
                && word.chars().all(|c| NUMERALS.contains(c) || COUNTED.contains(c)));
    }
    let ends = |end: &str| word.len() > 4 && word.ends_with(end);
    WEAK.contains(word)
        || !word.chars().any(char::is_alphabetic)
        || word.contains(|c: char| c.is_ascii_digit())
        || ends("ly")
        || (ends("ed") && !ends("eed"))
        || ends("est")
        || word.contains('\'')
        || word.chars().count() < 2
}
