"""What `cargo bench --bench opinions` times, with numpy: mean imputation, exact principal components,
places, k-means for 2 to 5 groups with ten starts each, the silhouette, and the statistics of statements.

    python3 -m venv peers && peers/bin/pip install numpy
    OPENBLAS_NUM_THREADS=1 peers/bin/python benches/peers/opinions.py

The chance test is left out on both sides. The silhouette looks at up to 1,000 people against all, as
Colloquy does. One thread, processor time, the fastest of some runs.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import time

import numpy as np


def made_up(people, statements, votes, seed=1):
    """Two camps, votes on random cells: as in the bench, with other random numbers."""
    rng = np.random.default_rng(seed)
    sides = rng.integers(0, 2, statements) == 0
    cells = np.full((people, statements), np.nan)
    places = rng.choice(people * statements, votes, replace=False)
    rows, columns = places // statements, places % statements
    side = (rows % 2 == 0) == sides[columns]
    vote = np.where(rng.random(votes) < 0.7, side, ~side)
    cells[rows, columns] = np.where(rng.integers(0, 8, votes) == 0, 0.0, np.where(vote, 1.0, -1.0))
    return cells


def principal(cells):
    seen = ~np.isnan(cells)
    counts = seen.sum(0)
    centre = np.where(seen, cells, 0).sum(0) / np.maximum(counts, 1)
    centred = np.where(seen, cells - centre, 0.0)
    # Exact: eigenvectors of the smaller of both products.
    values, vectors = np.linalg.eigh(centred.T @ centred)
    components = vectors[:, ::-1][:, :2].T
    for axis in components:
        if axis[np.abs(axis).argmax()] < 0:
            axis *= -1
    places = centred @ components.T
    places *= np.sqrt((cells.shape[1] + 7) / (seen.sum(1) + 7))[:, None]
    return seen, places


def k_means(points, k, rng):
    best = (np.inf, None)
    for _ in range(10):
        centres = points[rng.integers(len(points))][None]
        while len(centres) < k:
            far = ((points[:, None] - centres[None]) ** 2).sum(2).min(1)
            centres = np.vstack([centres, points[rng.choice(len(points), p=far / far.sum())]])
        labels = None
        for _ in range(100):
            distances = ((points[:, None] - centres[None]) ** 2).sum(2)
            new = distances.argmin(1)
            if labels is not None and (new == labels).all():
                break
            labels = new
            centres = np.array([points[labels == g].mean(0) if (labels == g).any() else centres[g] for g in range(k)])
        spread = distances.min(1).sum()
        if spread < best[0]:
            best = (spread, labels)
    return best[1]


def silhouettes(points, splits):
    step = -(-len(points) // 1000)
    some = np.arange(0, len(points), step)
    distances = np.sqrt(((points[some, None] - points[None]) ** 2).sum(2))
    result = []
    for labels in splits:
        k = labels.max() + 1
        member = np.eye(k)[labels]
        sums, sizes = distances @ member, member.sum(0)
        own = labels[some]
        at = np.arange(len(some))
        inside = sums[at, own] / np.maximum(sizes[own] - 1, 1)
        means = sums / sizes
        means[at, own] = np.inf
        outside = means.min(1)
        result.append(((outside - inside) / np.maximum(inside, outside)).mean())
    return result


def statistics(cells, labels):
    k = labels.max() + 1
    member = np.eye(k)[labels]
    agree = member.T @ (cells == 1)
    disagree = member.T @ (cells == -1)
    voted = member.T @ ~np.isnan(cells)
    result = []
    for count in (agree, disagree):
        share = (count + 1) / (voted + 2)
        test = 2 * np.sqrt(voted + 1) * ((count + 1) / (voted + 1) - 0.5)
        other, others = count.sum(0) - count, voted.sum(0) - voted
        ratio = share / ((other + 1) / (others + 2))
        s1, s2, n1, n2 = count + 1, other + 1, voted + 1, others + 1
        pooled = (s1 + s2) / (n1 + n2)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
        result.append((share, test, ratio, (s1 / n1 - s2 / n2) / np.where(spread > 0, spread, 1)))
    consensus = ((agree + 1) / (voted + 2)).prod(0)
    return result, consensus


def everything(cells):
    rng = np.random.default_rng(1)
    seen, places = principal(cells)
    placed = seen.sum(1) >= min(7, cells.shape[1])
    splits = [k_means(places[placed], k, rng) for k in range(2, 6)]
    best = splits[int(np.argmax(silhouettes(places[placed], splits)))]
    return statistics(cells[placed], best)


def fastest(runs, cells):
    times = []
    for _ in range(runs):
        start = time.process_time()
        everything(cells)
        times.append(time.process_time() - start)
    return min(times) * 1e3


if __name__ == "__main__":
    print("numpy", np.__version__)
    print(f"2,000 x 900, 225,000 votes, no tests: {fastest(7, made_up(2000, 900, 225_000)):.1f} ms")
    print(f"30 x 20, no tests: {fastest(30, made_up(30, 20, 480)):.3f} ms")
