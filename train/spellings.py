"""Learns which letters of Latin spellings of one Arabic name stand for each other.

    python3 train/spellings.py arabic-names/wd_arabic.normalized.aligned.tokens internal/relate/people/spellings.tsv

Two Latin forms of one Arabic key are taken as two spellings of one name, where no more
than half of their letters differ (the list is noisy). A pair is cut into correspondences
of up to two letters on either side, in all ways; expectation maximisation (Ristad and
Yianilos 1998, with two letters in place of one) finds how often each occurs. One key in five,
by FNV-1a of the key, is held back for `whosaid eval people`.

What is written are counts: of letters ("a", nothing, count), and of correspondences ("kh", "k", count).
No name can be read from it.
"""

import sys
import unicodedata
from collections import Counter, defaultdict

LETTERS = {"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "œ": "oe"}
OPS = [(a, b) for a in range(3) for b in range(3) if a + b > 0]
ROUNDS = 4
RARE = 2.0  # correspondences of two letters that are rarer are dropped


def fold(name):
    """Lower-case letters a to z alone."""
    name = "".join(LETTERS.get(c, c) for c in name.lower())
    return "".join(c for c in unicodedata.normalize("NFKD", name) if "a" <= c <= "z")


def held_back(key):
    h = 0x811C9DC5
    for b in key.encode():
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h % 5 == 0


def distance(a, b):
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1]


def load(path):
    """Forms by Arabic key, without what is held back."""
    forms = defaultdict(set)
    for line in open(path, encoding="utf-8"):
        latin, arabic, _ = line.rstrip("\n").split("\t")
        key, latin = arabic.replace(" ", ""), fold(latin)
        if len(latin) >= 2 and not held_back(key):
            forms[key].add(latin)
    return {key: sorted(forms[key]) for key in sorted(forms)}


def pairs_of(forms):
    for list_ in forms.values():
        for i, x in enumerate(list_):
            for y in list_[:i]:
                if distance(x, y) <= 0.5 * max(len(x), len(y)):
                    yield y, x


def start(pairs):
    """Equal letters count much, others that stand at about the same place a little."""
    counts = defaultdict(float)
    for x, y in pairs:
        n, m = len(x), len(y)
        for i in range(n + 1):
            for j in range(m + 1):
                if abs(i / n - j / m) > 0.34:
                    continue
                for a, b in OPS:
                    if i + a > n or j + b > m:
                        continue
                    u, v = x[i : i + a], y[j : j + b]
                    if u == v and len(u) == 2:
                        continue
                    w = 1.0 if u == v else 0.02 if max(a, b) == 1 else 0.002 if a == b else 0.01
                    counts[u, v] += w
                    counts[v, u] += w
    return counts


def forward(x, y, p):
    n, m = len(x), len(y)
    f = [[0.0] * (m + 1) for _ in range(n + 1)]
    f[0][0] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            if i + j:
                f[i][j] = sum(
                    f[i - a][j - b] * p.get((x[i - a : i], y[j - b : j]), 0.0) for a, b in OPS if a <= i and b <= j and f[i - a][j - b]
                )
    return f


def backward(x, y, p):
    n, m = len(x), len(y)
    back = [[0.0] * (m + 1) for _ in range(n + 1)]
    back[n][m] = 1.0
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n or j < m:
                back[i][j] = sum(
                    back[i + a][j + b] * p.get((x[i : i + a], y[j : j + b]), 0.0)
                    for a, b in OPS
                    if i + a <= n and j + b <= m and back[i + a][j + b]
                )
    return back


def expect(pairs, p):
    """How often each correspondence occurs, if p are the probabilities."""
    counts = defaultdict(float)
    for x, y in pairs:
        f = forward(x, y, p)
        all_ = f[-1][-1]
        if all_ <= 0:
            continue
        back = backward(x, y, p)
        for i in range(len(x) + 1):
            for j in range(len(y) + 1):
                if not f[i][j]:
                    continue
                for a, b in OPS:
                    if i + a > len(x) or j + b > len(y):
                        continue
                    u, v = x[i : i + a], y[j : j + b]
                    g = f[i][j] * p.get((u, v), 0.0) * back[i + a][j + b] / all_
                    if g:
                        counts[u, v] += g
                        counts[v, u] += g
    return {k: c for k, c in counts.items() if c >= RARE or max(len(k[0]), len(k[1])) == 1}


def main(source, target):
    forms = load(source)
    letters = Counter(c for list_ in forms.values() for name in list_ for c in name)
    pairs = list(pairs_of(forms))
    counts = start(pairs)
    for i in range(ROUNDS):
        total = sum(counts.values())
        counts = expect(pairs, {k: c / total for k, c in counts.items()})
        print(f"round {i + 1}: {len(pairs)} pairs, {len(counts)} correspondences", file=sys.stderr, flush=True)
    write(target, letters, counts)


def write(target, letters, counts):
    with open(target, "w", encoding="utf-8") as out:
        for c in sorted(letters):
            out.write(f"{c}\t\t{letters[c]}\tletter\n")
        for (u, v), c in sorted(counts.items()):
            if u <= v and c >= 0.05:
                out.write(f"{u}\t{v}\t{c:.1f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
