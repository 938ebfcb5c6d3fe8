"""Makes what statements of different articles are compared by (internal/relate/utterances).
utterances.py frequency DATA FILE: how rare words are, from the texts of PolNeAR train and the trees of UD-EWT and GUM; see frequency.go
utterances.py fit WEIGHTS.json FACTS.jsonl [UNSEEN.jsonl...]: what is decided by (decide.go), from what `whosaid eval links --facts` wrote of the
labelled pairs of links.tsv: a logistic regression and boosted trees of four leaves, their scores averaged. The pairs that are linked weigh as much
as the others, and each of the three ways to be linked as much as the next: how many there are of each is a matter of how they were drawn. It prints
how it does five-fold, the pairs of two articles being kept on one side, and on the other files, which it has not seen.

links.tsv is 1,712 pairs of PolNeAR train (57 more were left out: of articles with several annotators), read and labelled by linking/definitions.md. 347 (N...) were drawn as
the scorecard is: articles of one story, at most 14 days apart mostly, statements that are near each other to a sentence encoder, speakers the same or not known. The 1,365 others: 365 that earlier weights proposed as links; 291 that the weights
before gave a likelihood of .25 to 1; 478 whose speakers share a name, by how much they share of the words that are no names; 138 that share three words in
quotation; 150 of other or unnamed speakers that share much. Of the 347 and the 1,114 last ones no statement is in the scorecard (linking/dev.tsv), at most two pairs are of
one statement and of two articles within each draw (of the 347: three and five); of the first 308 no two articles are a pair there."""
import collections
import glob
import json
import math
import re
import sys
import unicodedata
import zlib

CLITIC = {'he', 'she', 'it', 'that', 'there', 'what', 'who', 'here', 'let', 'where', 'how'}
SIZE = 1 << 15


def fold(word):
    """A form as fold of words.go has it, near enough to count by."""
    word = unicodedata.normalize('NFKD', word.replace('’', "'")).lower()
    if word.endswith("'s") and word[:-2] not in CLITIC:
        word = word[:-2]
    return ''.join(c for c in word if c.isalnum() or c == '.').strip('.')


def fnv(s):
    h = 2166136261
    for c in s.encode():
        h = (h ^ c) * 16777619 & 0xffffffff
    return h


def words(data):
    for path in sorted(glob.glob(f'{data}/polnear/train/text/*.txt')):
        for w in open(path, encoding='utf8').read().split():
            yield from w.replace('—', ' ').replace('-', ' ').strip('.,;:!?"“”‘()[]').split()
    for path in sorted(glob.glob(f'{data}/ud-ewt/*train*.conllu') + glob.glob(f'{data}/gum/dep/*.conllu')):
        for line in open(path, encoding='utf8'):
            cells = line.split('\t')
            if len(cells) > 4 and cells[0].isdigit():
                yield cells[1]


def frequency(data, path):
    count = [0] * SIZE
    for w in words(data):
        if f := fold(w):
            count[fnv(f) % SIZE] += 1
    most = max(count)
    open(path, 'wb').write(bytes(min(255, round(8 * math.log2((most + .5) / (c + .5)))) for c in count))


QUOTED = ('verbatim', 'truncated', 'altered', 'partial')
LINKED = QUOTED + ('reported', 'same-claim')
SOURCE = 'internal/relate/utterances/facts.go'


def names():
    """The facts in their order."""
    text = open(SOURCE, encoding='utf8').read()
    return re.findall(r'^\t(\w+)', text[text.index('one = iota'):text.index('factCount\n')].replace('one = iota', '\tone'), re.M)


def kind(row):
    """Its class: 0 not linked, 1 by the quoted words, 2 reported, 3 the same claim."""
    r = row['relation']
    return 1 if r in QUOTED else 2 if r == 'reported' else 3 if r == 'same-claim' else 0


def folds(rows, n=5):
    """A fold for each row, the pairs of two articles in one."""
    return [zlib.crc32('|'.join(sorted((r['a'], r['b']))).encode()) % n for r in rows]


NEAR = 4.


def even(y, near):
    """Weights by which the linked are as many as the others, and the ways to be linked as many as each other; near: which pairs were drawn as those
    of an archive are, of the same story (their ids begin with N). They count NEAR times."""
    import numpy
    n = numpy.bincount(y, minlength=4)
    return numpy.array([1. if c == 0 else n[0] / 3 / n[c] for c in y]) * numpy.where(near, NEAR, 1)


FORESTS = 3
LEAST = .5  # likelihood from which a pair is linked


class Model:
    def fit(self, x, y, near):
        import numpy
        from sklearn.ensemble import GradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression
        self.scale = x.std(0) + .05
        w = even(y, near)
        self.linear = LogisticRegression(C=.02, max_iter=600).fit(x / self.scale, y, sample_weight=w)
        self.trees = [GradientBoostingClassifier(n_estimators=60, max_depth=2, learning_rate=.1, subsample=.6, max_features=.3, random_state=seed, min_samples_leaf=10).fit(x, y, sample_weight=w)
                      for seed in range(FORESTS)]
        self.prior = numpy.log(numpy.bincount(y, w, minlength=4) / w.sum())
        return self

    def weights(self):
        w = self.linear.coef_ / self.scale / 2
        w[:, 0] += self.linear.intercept_ / 2 + self.prior / 2
        trees, forest_rate = [], self.trees[0].learning_rate / 2 / FORESTS
        for round in (r for forest in self.trees for r in forest.estimators_):
            for c, tree in enumerate(round):
                t = tree.tree_
                trees.append({'class': c, 'nodes': [
                    {'fact': int(t.feature[i]), 'above': round_(t.threshold[i]), 'left': int(t.children_left[i]), 'right': int(t.children_right[i])}
                    if t.children_left[i] >= 0 else {'score': round_(forest_rate * t.value[i][0][0])} for i in range(t.node_count)]})
        return {'linear': [[round_(v) for v in row] for row in w], 'trees': trees}


def round_(v):
    return float(f'{v:.5g}')


def chances(weights, x):
    import numpy
    out = numpy.array(x) @ numpy.array(weights['linear']).T
    for t in weights['trees']:
        for i, row in enumerate(x):
            n = t['nodes'][0]
            while 'fact' in n:
                n = t['nodes'][n['left'] if row[n['fact']] <= n['above'] else n['right']]
            out[i, t['class']] += n.get('score', 0)
    out = numpy.exp(out - out.max(1, keepdims=True))
    return out / out.sum(1, keepdims=True)


def measure(rows, p, least):
    """The figures of score_links.py."""
    said, other = [], names().index('otherKnown')
    for r, q in zip(rows, p):
        best = 1 + max(range(3), key=lambda k: q[1 + k])
        said.append('different' if r['facts'][other] or  # as decide.go has it
                     1 - q[0] < least else (r['quotation'] or 'reported', 'reported', 'same-claim')[best - 1])
    gold = [r['relation'] for r in rows]
    both = sum(a in LINKED and b in LINKED for a, b in zip(gold, said))
    n, m = sum(a in LINKED for a in gold), sum(b in LINKED for b in said)
    f = []
    for c in ('verbatim', 'truncated', 'reported', 'same-claim'):
        f.append(2 * sum(a == b == c for a, b in zip(gold, said)) / max(1, gold.count(c) + said.count(c)))
    return f'linked F {200 * both / max(1, n + m):.1f}  others linked {100 * (m - both) / max(1, len(gold) - n):.1f}  macro-F {25 * sum(f):.1f}'


def fit(path, own, *unseen):
    import numpy
    read = lambda f: [json.loads(line) for line in open(f, encoding='utf8')]
    rows = read(own)
    x, y, fold = numpy.array([r['facts'] for r in rows]), numpy.array([kind(r) for r in rows]), numpy.array(folds(rows))
    near = numpy.array([r['id'].startswith('N') for r in rows])
    held = numpy.zeros((len(rows), 4))
    for k in range(5):
        held[fold == k] = chances(Model().fit(x[fold != k], y[fold != k], near[fold != k]).weights(), x[fold == k].tolist())
    weights = Model().fit(x, y, near).weights()
    weights['least'] = LEAST
    json.dump(weights, open(path, 'w'), separators=(',', ':'))
    for least in (.4, LEAST, .6):
        print(own, least, 'five-fold:', measure(rows, held, least))
        print('  of one story:', measure([r for r, n in zip(rows, near) if n], held[near], least))
        for f in unseen:
            others = read(f)
            print(f, least, 'unseen:', measure(others, chances(weights, [r['facts'] for r in others]), least))


if __name__ == '__main__':
    globals()[sys.argv[1]](*sys.argv[2:])
