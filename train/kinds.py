"""Trains the classifier of kinds of statement and writes models/kinds.safetensors.

    kinds.py --corpus POLNEAR --labels KINDS [--work FOLDER] [--folds FOLDER]

What is known of each relation (its words, its vectors under the weights in models/) comes from the program itself, by
`whosaid eval kinds --examples`, so run it after export.py. KINDS holds train.tsv (and dev.tsv, which only --folds reads), and
alternatives.tsv beside them. kinds.tsv beside this file has further labels of train articles by the same conventions; where another kind
would do as well, it stands in the column "alternative" (with a "/" between two).

Two steps, both logistic regressions. First, relations whose cue tells the kind for sure (20,000 relations of train, a quarter of
them) teach what contents go with what kind, the cue unseen. Then the labelled relations are learnt, with the scores of the first step among
their features; a relation with alternatives counts for them a little. Both are linear, so one table of weights is what remains.

--folds FOLDER: five models as well, each trained without a fifth of the articles of train.tsv and dev.tsv, and folds.json
(article -> model), for `whosaid eval kinds --folds`."""
import argparse
import csv
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

KINDS = ['claim', 'denial', 'prediction', 'warning', 'promise', 'demand', 'question', 'praise', 'criticism']
HERE = Path(__file__).resolve().parent
WORDS, PLACES = 8192, 2048  # buckets of the hashed names
MORE = .5  # what a label of kinds.tsv counts; read again blind, 95 of 100 were given the same kind
OTHER = .2  # what part of a relation its alternatives have
SCALE = dict(words=.2, places=.3, names=1, score=.5)
# Names that tell of the content alone: what the first step may see.
CONTENT = ('w:', 'first:', 'g:', 'mark', 'length', 'clause', 'form', 'sign:', 'ends', 'imperative', 'ought of', 'first sentence', 'denied',
           'told to act', 'order first', 'begins with', 'one question')


def bucket(name, n):
    h = 2166136261
    for b in name.encode():
        h = ((h ^ b) * 16777619) & 0xffffffff
    return h % n


def group(name):
    return {'w': 'words', 'c': 'places', 'first': 'places'}.get(name.split(':')[0] if ':' in name else '', 'names')


def examples(folder, corpus, labels, part):
    """The relations of one part of the corpus, and their vectors [relations, width]."""
    out = folder / part
    if not (out / 'vectors.f32').exists():
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run(['go', 'run', './cmd/whosaid', 'eval', 'kinds', '--examples', str(out.resolve()),
                        str((corpus / part).resolve()), str((labels / f'{part}.tsv').resolve())], cwd=HERE.parent, check=True)
    rows = [json.loads(line) for line in open(out / 'examples.jsonl', encoding='utf8')]
    return rows, np.fromfile(out / 'vectors.f32', np.float32).reshape(len(rows), -1)


def sure(row):
    v = row['verdict']
    return v['Kind'] if v['Kind'] and not v['Leaning'] and not v['Negated'] else None


def weak_label(row):
    """The kind that the cue tells; to be a claim a leaning is enough, or claims would be few."""
    v = row['verdict']
    return sure(row) or ('claim' if v['Kind'] == 'claim' and not v['Negated'] else None)


class Table:
    """Names to columns: words and places hashed, the others by name. A matrix is sparse."""

    def __init__(self, rows, least):
        count = {}
        for row in rows:
            for name in row['names']:
                if group(name) == 'names':
                    count[name] = count.get(name, 0) + 1
        self.names = sorted(n for n, c in count.items() if c >= least)
        self.column = {n: WORDS + PLACES + i for i, n in enumerate(self.names)}
        self.size = WORDS + PLACES + len(self.names)

    def matrix(self, rows, keep):
        """[rows, size], scaled; keep says which names count."""
        at, values = [], []
        for i, row in enumerate(rows):
            for name in row['names']:
                if not keep(name):
                    continue
                g = group(name)
                j = {'words': lambda: bucket(name, WORDS), 'places': lambda: WORDS + bucket(name, PLACES), 'names': lambda: self.column.get(name, -1)}[g]()
                if j >= 0:
                    at.append((i, j))
                    values.append(SCALE[g])
        return torch.sparse_coo_tensor(np.array(at).T, np.array(values, np.float32), (len(rows), self.size), check_invariants=False).coalesce()


def fit(names, rest, y, c, weights):
    """Multinomial logistic regression with a Gaussian prior of variance c (a number, or one a column): W [columns of names and of rest,
    kinds], b [kinds]. names is sparse; y is [rows, kinds], each row of sum 1."""
    rest, y, s = torch.from_numpy(rest), torch.from_numpy(y), torch.tensor(weights, dtype=torch.float32)
    n = names.shape[1]
    w, b = torch.zeros(n + rest.shape[1], len(KINDS), requires_grad=True), torch.zeros(len(KINDS), requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=100, history_size=10, tolerance_change=1e-5, line_search_fn='strong_wolfe')

    def closure():
        optimiser.zero_grad()
        loss = (s * F.cross_entropy(torch.sparse.mm(names, w[:n]) + rest @ w[n:] + b, y, reduction='none')).sum() + (w * w / (2 * c)).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return w.detach().numpy(), b.detach().numpy()


def target(kind, others=()):
    """What a relation teaches: its kind, and its alternatives a little."""
    y = np.zeros(len(KINDS), np.float32)
    y[KINDS.index(kind)] = 1
    if others:
        y *= 1 - OTHER
        for other in others:
            y[KINDS.index(other)] += OTHER / len(others)
    return y


class Trainer:
    def __init__(self, rows, vectors, labelled):
        self.middle, self.spread = vectors.mean(0), (vectors.std(0) + 1e-3) * np.float32((vectors.shape[1] / 4) ** .5)
        self.table = Table(labelled, 4)
        self.rows, self.vectors = rows, vectors

    def scaled(self, vectors):
        return (vectors - self.middle) / self.spread

    def inner(self, vectors):
        """The vectors of the content and its first piece."""
        n = vectors.shape[1] // 4
        return self.scaled(vectors)[:, n:3 * n]

    def first(self, rows, vectors):
        return self.table.matrix(rows, lambda n: n.startswith(CONTENT)), self.inner(vectors)

    def learn_weak(self, without):
        """The first step, on relations of train whose cue is sure, of articles not in without."""
        at = [i for i, r in enumerate(self.rows) if weak_label(r) and r['article'] not in without]
        y = np.stack([target(weak_label(self.rows[i])) for i in at])
        count = y.sum(0)
        w, b = fit(*self.first([self.rows[i] for i in at], self.vectors[at]), y, .5, (len(y) / len(KINDS) / np.maximum(count, 1))[y.argmax(1)] ** .5)
        self.weak = (w - w.mean(1, keepdims=True)) * SCALE['score'], (b - b.mean()) * SCALE['score']
        print(f'first step: {len(y)} relations', flush=True)

    def second(self, rows, vectors):
        names, rest = self.first(rows, vectors)
        t = self.table.size
        scores = torch.sparse.mm(names, torch.from_numpy(self.weak[0][:t])).numpy() + rest @ self.weak[0][t:] + self.weak[1]
        return self.table.matrix(rows, lambda n: True), np.hstack([scores, self.scaled(vectors)])

    def learn(self, rows, vectors, targets, weights, c=1.):
        """Both steps as one table: what is saved."""
        names, rest = self.second(rows, vectors)
        prior = torch.full((names.shape[1] + rest.shape[1], 1), c)
        prior[:WORDS] *= .1  # the words have had their say in the first step
        w, b = fit(names, rest, targets, prior, weights)
        t, k = self.table.size, len(KINDS)
        own, scores, outer = np.split(w, [t, t + k])
        through = self.weak[0] @ scores
        bias = b + self.weak[1] @ scores
        names = through[:t] + own
        n = self.vectors.shape[1] // 4
        outer = outer.copy()
        outer[n:3 * n] += through[t:]
        outer = outer / self.spread[:, None]
        bias = bias - self.middle @ outer
        scale = np.array([SCALE['words']] * WORDS + [SCALE['places']] * PLACES + [SCALE['names']] * (t - WORDS - PLACES), np.float32)
        names *= scale[:, None]
        half = lambda x: np.ascontiguousarray(x.astype(np.float16))
        return dict(names=np.frombuffer('\n'.join(self.table.names).encode(), np.int8), words=half(names[:WORDS]), places=half(names[WORDS:WORDS + PLACES]),
                    name=half(names[WORDS + PLACES:]), vectors=half(outer), bias=bias.astype(np.float32))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--corpus', type=Path, required=True)
    p.add_argument('--labels', type=Path, required=True)
    p.add_argument('--out', type=Path, default=HERE.parent / 'models/kinds.safetensors')
    p.add_argument('--work', type=Path, default=HERE.parent / '.cache/kinds', help='examples are kept here; delete it when models/ or the features change')
    p.add_argument('--folds', type=Path)
    o = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    train, vectors = examples(o.work, o.corpus, o.labels, 'train')
    more = {(r['stem'], r['rel']): r for r in csv.DictReader(open(HERE / 'kinds.tsv', encoding='utf8'), delimiter='\t')}
    gold = [i for i, r in enumerate(train) if r.get('kind')]
    extra = [i for i, r in enumerate(train) if not r.get('kind') and (r['article'], r['relation']) in more]
    at = gold + extra
    rows = [train[i] for i in at]
    further = [more[train[i]['article'], train[i]['relation']] for i in extra]
    targets = np.stack([target(train[i]['kind'], train[i].get('alternatives', ())) for i in gold] +
                       [target(r['kind'], [a for a in r['alternative'].split('/') if a]) for r in further])
    trainer = Trainer(train, vectors, rows)
    trainer.learn_weak({train[i]['article'] for i in gold})
    weights = np.where(np.arange(len(at)) < len(gold), 1, MORE)
    save_file(trainer.learn(rows, vectors[at], targets, weights), o.out)
    o.out.chmod(0o644)
    print(f'second step: {len(gold)} labelled relations and {len(extra)} more', flush=True)
    if o.folds:
        dev, dev_vectors = examples(o.work, o.corpus, o.labels, 'dev')
        tested = [i for i, r in enumerate(dev) if r.get('kind')]
        all_rows = rows + [dev[i] for i in tested]
        all_vectors = np.vstack([vectors[at], dev_vectors[tested]])
        all_targets = np.vstack([targets] + [target(dev[i]['kind'], dev[i].get('alternatives', ())) for i in tested])
        all_weights = np.append(weights, np.ones(len(tested)))
        articles = sorted({train[i]['article'] for i in gold} | {dev[i]['article'] for i in tested})
        fold = {a: k % 5 for k, a in enumerate(articles)}
        o.folds.mkdir(parents=True, exist_ok=True)
        for k in range(5):
            keep = [i for i, r in enumerate(all_rows) if fold.get(r['article']) != k]
            save_file(trainer.learn([all_rows[i] for i in keep], all_vectors[keep], all_targets[keep], all_weights[keep]), o.folds / f'{k}.safetensors')
        (o.folds / 'folds.json').write_text(json.dumps(fold, indent=0))


if __name__ == '__main__':
    main()
