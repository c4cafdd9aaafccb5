//! Words that are in every answer and tell nothing about any.

use std::{collections::HashSet, sync::LazyLock};

/// English: articles, pronouns, auxiliaries, and how people begin an answer.
const ENGLISH: &str = "a about above across after afterwards again against all almost alone along already also \
although always am among amongst an and another any anybody anyhow anyone anything anyway anywhere are around as \
at away back be became because become becomes been before behind being below beside besides between beyond both \
but by can cannot could did do does doing done down during each either else enough especially etc even ever every \
everybody everyone everything everywhere few first for from further get gets getting give given gives go goes going got \
had has have having he hence her here hers herself him himself his how however i if in indeed instead into is it \
its itself just keep last least less let lets like likely look lot lots made mainly make makes making many may maybe me might mine more \
moreover most mostly much must my myself namely near need needs neither never nevertheless next no nobody none nor not \
nothing now nowhere of off often on once one ones only onto or other others otherwise our ours ourselves out over \
own per perhaps possibly probably put quite rather really same say says see seem seemed seems several she should show \
simply since so some somebody somehow someone something sometimes somewhere still such take than that the their theirs them \
themselves then there thereby therefore these they thing things think thinking this those though through throughout thus to \
together too toward towards truly two under unless until up upon us use used uses using usually very via want wants was way \
ways we well were what whatever when where whereas wherever whether which while who whoever whole whom whose why will \
with within without would yet you your yours yourself yes im i'm i'd i've i'll it's that's there's don't doesn't \
didn't can't won't isn't aren't wasn't weren't couldn't shouldn't wouldn't we're we've we'll they're they've you're you've he's \
she's let's what's ain't dont cant doesnt isnt ive id feel believe guess opinion bet bets maybe sure actually basically \
definitely able big bit come comes coming good better best great kind sort real right soon mean means person ok okay far \
finally happen happens important key new different lots especially eventually become becoming without rather start starts \
today tomorrow day days year years time times etc. e.g i.e eg ie vs don doesn isn didn won couldn t obviously skeptical certainly clearly absolutely totally currently generally simple agree disagree s re ve ll m d";

/// The small words of the other languages that are stemmed.
const OTHERS: &str = "der die das den dem des ein eine einer eines einem einen und oder aber nicht ich du er sie es wir ihr \
ist sind war waren wird werden hat haben habe mit von zu zum zur im in auf für an als auch wie dass sich nur noch mehr \
le la les un une des du de et ou mais ne pas je tu il elle nous vous ils elles est sont été être avoir a ont dans par \
pour sur avec que qui ce cette ces se plus comme aux au en el los las uno unos unas y o pero no yo él ella nosotros \
es son fue ser tiene con por para del al lo su sus más como muy este esta il lo gli i uno e ma non io è di da che \
o os as um uma não eu ele ela nós é do da dos das em het een van en maar niet ik jij hij zij wij och att det som på \
av är inte jag vi и в не на я что он с как это по но они мы вы за из у от";

/// Chinese, simplified and traditional.
const CHINESE: &str = "的 了 是 在 我 有 和 就 不 人 都 一 一个 上 也 很 到 说 要 去 你 会 着 没有 看 好 自己 这 那 与 及 对 为 等 中 以 从 \
将 并 而 或 其 被 把 让 吗 呢 吧 啊 我们 他们 她们 你们 它们 它 他 她 这个 那个 这些 那些 这样 那样 这种 那种 可以 因为 所以 如果 但是 就是 应该 不是 \
或是 还是 以及 而且 什么 之 于 所 更 再 能 来 时 下 后 年 还 使 但 已 由 各 该 个 觉得 认为 我觉得 我认为 可能 也许 大概 \
应当 需要 能够 一些 一种 一样 非常 比较 真正 真的 其实 只是 只有 只要 不会 不能 不要 不仅 已经 正在 现在 未来 以后 之后 之前 时候 今天 明天 \
通过 关于 对于 由于 为了 虽然 然后 而是 不过 另外 同时 例如 比如 比如说 还有 有些 有的 很多 许多 更加 更多 更好 最 最后 首先 其次 主要 重要 最重要 关键 \
问题 东西 事情 方面 地方 大家 别人 人们 怎么 怎样 如何 为什么 哪 哪里 多少 几 每 每个 所有 全部 任何 某 某些 其他 其它 另 另一个 \
来自 成为 变成 进行 出现 觉 得 地 里 做 想 给 用 向 跟 像 比 才 却 又 只 太 过 起来 出来 下去 起 出 可 谁 啦 嘛 吗 呀 哦 \
下一个 下个 下一 一次 一下 一点 一定 肯定 希望 期待 相信 感觉 知道 看好 押注 看到 突然 一直 仍然 依然 最终 终于 甚至 尤其 特别 \
我們 他們 她們 你們 它們 這 這個 那個 這些 這樣 因為 如果 應該 還是 什麼 與 於 來 時 後 還 讓 個 們 們的 為 會 說 對 從 將 並 沒有 覺得 認為 \
可能 許多 還有 這種 為了 現在 問題 東西 怎麼 為什麼 沒 没 這是 这是 是否 之一 真 多 大 小 新 想要 不同 有人 起 两 两个 三 二 十 第一 第二";

static STOP: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ENGLISH.split_whitespace().chain(CHINESE.split_whitespace()).collect());
static ELSEWHERE: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| OTHERS.split_whitespace().collect());

/// Whether a word, in lower case, is one of them in this language.
pub(super) fn stop(word: &str, language: &str) -> bool {
    STOP.contains(word) || (!matches!(language, "en" | "zh") && ELSEWHERE.contains(word))
}
