"""Scores a checkpoint's further heads on what was kept for tuning: span F of names (UNER-EWT dev), antecedents of the labelled
actors (gold mentions), GAP validation. measure.py CHECKPOINT.pt BASE DATA"""
import sys

import numpy as np
import torch
from tokenizers import Tokenizer

from coreference import Actors, Pronouns, match
from corpus import Article
from decode import collate, tile
from model import KINDS, Model
from names import read_uner


def vectors(model, a, width=320, margin=24):
    out = torch.zeros(a.n, model.encoder.norm.weight.numel())
    tiles, owner = tile(a.n, width, margin)
    for w, (b, e) in enumerate(tiles):
        mine = np.nonzero(owner[b:e] == w)[0]
        out[b + mine] = model.encoder(*whole(a, b, e))[0, 1:-1][mine]
    return out


def whole(a, b, e):
    x, mask = collate([(a, b, e)])
    return (*x, mask)


# state after state: outside, begin, inside, end, single
ALLOWED = np.array([[1, 1, 0, 0, 1], [0, 0, 1, 1, 0], [0, 0, 1, 1, 0], [1, 1, 0, 0, 1], [1, 1, 0, 0, 1]], bool)


def best(scores):
    """Best path of log probabilities [n, 5] -> (begin, end included) of each run."""
    n, back = len(scores), []
    at = np.where([1, 1, 0, 0, 1], scores[0], -1e9) if n else None
    for i in range(1, n):
        step = np.where(ALLOWED, at[:, None], -1e9)
        back.append(step.argmax(0))
        at = step.max(0) + scores[i]
    if not n:
        return []
    at = np.where([1, 0, 0, 1, 1], at, -1e9)
    path = [int(at.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    path, runs, begin = path[::-1], [], 0
    for i, s in enumerate(path):
        if s in (1, 4):
            begin = i
        if s in (3, 4):
            runs.append((begin, i))
    return runs


def tags(model, a, h):
    first = np.nonzero(a.first)[0]
    p = torch.log_softmax(model.tags(h[first]), -1).numpy()
    found = set()
    for k, kind in enumerate(KINDS):
        for b, e in best(p[:, k]):
            last = first[e + 1] - 1 if e + 1 < len(first) else a.n - 1
            found.add((kind, int(a.offsets[first[b]][0]), int(a.offsets[last][1])))
    return found


def f(right, found, gold):
    return round(200 * right / max(1, found + gold), 1)


def report(model, tokenizer, data):
    """Prints the scores of a model in evaluation mode."""
    with torch.no_grad():
        counts = {}
        for text, spans in read_uner(data + '/uner-ewt/en_ewt-ud-dev.iob2', data + '/ud-ewt/en_ewt-ud-dev.conllu'):
            a = Article(tokenizer, '', text, [])
            found = {t for t in tags(model, a, vectors(model, a)) if t[0] in ('PER', 'LOC', 'ORG')}
            for kind in ('PER', 'LOC', 'ORG', None):
                g, p = ({t for t in s if kind in (None, t[0])} for s in (set(spans), found))
                c = counts.setdefault(kind, [0, 0, 0])
                c[0] += len(g & p)
                c[1] += len(p)
                c[2] += len(g)
        print('names F', {k or 'all': f(*c) for k, c in counts.items()})

        task = Actors(tokenizer, [data + '/actors/dev'], data + '/polnear/dev/text', 320, 8, 1)
        counts, right = {}, {}
        for a, spans, m in task.documents:
            h = vectors(model, a)
            found = tags(model, a, h)
            gold = set(spans)
            for kind in KINDS[3:]:
                g, p = ({t for t in s if t[0] == kind} for s in (gold, found))
                c = counts.setdefault(kind, [0, 0, 0])
                c[0] += len(g & p)
                c[1] += len(p)
                c[2] += len(g)
            later, earlier = m.pairs()
            g = model.coreference.mentions(h[m.first], h[m.last], torch.from_numpy(m.form))
            none = model.coreference.none(g).squeeze(-1)

            agree = torch.tensor([match(m.words[j], m.words[i]) if m.form[j] != 1 and m.form[i] != 1 else 0 for j, i in zip(later, earlier)])
            s = model.coreference.pairs(g[later], g[earlier], torch.from_numpy(np.abs(m.first[later] - m.first[earlier])), agree,
                                        torch.from_numpy(2 * m.quotes[later] + m.quotes[earlier]))
            for j in range(len(m.first)):
                at = np.nonzero(later == j)[0]
                if not len(at):
                    continue
                mass = {-1: float(torch.exp(none[j]))}
                for k in at:
                    e = m.entity[earlier[k]]
                    mass[e] = mass.get(e, 0) + float(torch.exp(s[k]))
                answer = max(mass, key=mass.get)
                truth = m.entity[j] if m.entity[j] in set(m.entity[earlier[at]]) else -1
                r = right.setdefault((('name', 'pronoun', 'nominal', 'other')[m.form[j]], 'new' if truth < 0 else 'old'), [0, 0])
                r[0] += answer == truth
                r[1] += 1
        print('tags F', {k: f(*c) for k, c in counts.items()})
        print('antecedent right', {k: f'{100 * a / n:.1f} of {n}' for k, (a, n) in sorted(right.items())})

        task = Pronouns(tokenizer, data + '/gap/gap-validation.tsv', 320, 8, 1)
        hit = told = true = 0
        for a, m, (later, earlier), truth in task.documents:
            h = model.encoder(*whole(a, 0, a.n))[0, 1:-1]
            g = model.coreference.mentions(h[m.first], h[m.last], torch.from_numpy(m.form))
            s = model.coreference.pairs(g[later], g[earlier], torch.from_numpy(np.abs(m.first[later] - m.first[earlier])),
                                        torch.zeros(2, dtype=torch.long), torch.from_numpy(2 * m.quotes[later] + m.quotes[earlier]))
            none = float(model.coreference.none(g[later[0]]))
            k = int(s.argmax())
            true += sum(truth)
            if float(s[k]) > none:
                told += 1
                hit += m.entity[earlier[k]] == 0
        print('GAP F', f(hit, told, true), 'of', len(task.documents))


def main():
    checkpoint, base, data = sys.argv[1:4]
    torch.set_num_threads(1)
    model = Model()
    model.load_state_dict(torch.load(checkpoint, weights_only=False)['average'])
    model.eval()
    tokenizer = Tokenizer.from_file(base + '/tokenizer.json')
    tokenizer.no_truncation()
    tokenizer.no_padding()
    report(model, tokenizer, data)


if __name__ == '__main__':
    main()
