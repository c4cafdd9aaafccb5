//! Forty answers to one question, half of them in traditional letters and half in simplified ones.

use std::collections::BTreeSet;

use super::{settings, sound, texts};
use crate::analysis::themes::themes;

const QUESTION: &str = "你希望我們的城市先改善什麼？";

/// Eight each of the library, buses, parks and trees, rents; then eight of nothing in common.
const ANSWERS: [&str; 40] = [
    "圖書館週末應該開放到晚上，學生放學以後沒有地方讀書",
    "图书馆的座位太少，考试周根本抢不到",
    "希望圖書館多買一些外文書",
    "图书馆冬天暖气不足，坐一小时手就僵了",
    "我最常去圖書館，可是借書的手續太麻煩",
    "建议图书馆设一个可以小声讨论的房间",
    "社區圖書館離我家太遠，走路要四十分鐘",
    "图书馆可以多办一些读书会",
    "公車班次太少，錯過一班要等半小時",
    "公交车晚上九点就停了，加完班只能打车",
    "希望公車能準時，我已經遲到三次了",
    "早高峰的公交车挤得上不去",
    "公車司機很親切，但是車子太舊了",
    "公交车应该有专用车道，不然永远堵在路上",
    "偏遠的村子沒有公車，老人家看病很不方便",
    "能不能让公交车站都有遮雨的地方",
    "公園裡的樹被砍掉好多，夏天沒有遮蔭",
    "应该在马路两边多种树",
    "希望保留公園裡的老樹",
    "公园的草坪被停车占了，孩子没有地方跑",
    "公園晚上燈光太暗，不敢一個人走",
    "小区旁边的公园很好，就是垃圾桶太少",
    "多種一些樹，空氣會好很多",
    "公园应该禁止遛狗不拴绳",
    "房租太高了，年輕人根本存不到錢",
    "房租每年都涨，工资却不涨",
    "希望政府多蓋社會住宅，讓年輕人租得起",
    "应该限制房租涨幅",
    "我們一家五口擠在十坪的房子裡，因為房租付不起",
    "公租房排队要等三年",
    "房東隨便漲房租，租客沒有保障",
    "年轻人付不起房租，只好搬走",
    "不知道",
    "沒有意見",
    "没想过",
    "無",
    "我只是來看看的",
    "谢谢你们问这个问题",
    "菜市場的魚很新鮮",
    "希望早日看到结果",
];

#[test]
fn what_is_written_in_either_letters_meets() {
    let given = texts(&ANSWERS, "zh");
    let found = themes(&given, &settings(QUESTION));
    sound(&given, &found).unwrap();
    for (of, word) in [(0..8, "書"), (24..32, "租")] {
        let wanted: BTreeSet<usize> = of.collect();
        let best = found
            .themes
            .iter()
            .max_by_key(|theme| theme.main.iter().filter(|at| wanted.contains(at)).count());
        let best = best.unwrap();
        let own: BTreeSet<usize> = best.main.iter().copied().collect();
        assert!(own.symmetric_difference(&wanted).count() <= 1, "{word}: {:?}", best.main);
        let label = super::super::simple::simplified(&best.label);
        assert!(label.contains(&super::super::simple::simplified(word)), "{label}");
    }
    // Of neither buses nor parks does one half stand in another theme for its letters alone.
    for (of, least) in [(8..16, 4), (16..24, 5)] {
        let most = found
            .themes
            .iter()
            .map(|theme| theme.main.iter().filter(|at| of.contains(*at)).count())
            .max();
        assert!(most >= Some(least), "{of:?} {most:?}");
    }
    for theme in &found.themes {
        assert!(theme.label.chars().count() <= 24, "{}", theme.label);
    }
    assert!([32, 33, 34, 35].iter().all(|at| found.uninformative.contains(at)));
}
