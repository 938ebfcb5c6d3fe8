"""Fits what actors are chosen by: the weights of the facts about a pronoun or nominal and each actor that it may mean
(internal/annotate/actors/evidence.go), by the likelihood of the right one or nobody, a log-linear choice.
links.py EVIDENCE.jsonl... WEIGHTS.json

The evidence comes from `whosaid eval actors TEXTS LABELS --evidence FILE`, on articles that people labelled. The coreference head
was trained on the same labels, so its own weight would come out too high: it is set by --network, which was chosen on the
speakers of other articles. Pages named by what they are about come from `whosaid eval gap gap-development.tsv --evidence FILE`;
what news tells of pronouns counts for them too, and the head less, which knows those passages better still."""
import argparse
import json
import os
import re

import torch

RIDGE = {'third': .6, 'page': .6, 'first': 1., 'second': 1., 'nominal': 2.}
SOURCE = 'internal/annotate/actors/evidence.go'


def names():
    """The facts in their order."""
    text = open(SOURCE, encoding='utf8').read()
    block = text[text.index('sameSentence = iota'):text.index('factCount')]
    return re.findall(r'^\t?(\w+)', block, re.M)


def fit(examples, ridge, fixed):
    """Weights of the facts and of what speaks for nobody; fixed: {fact: weight}."""
    rows = [(c, i, k == e['Right']) for i, e in enumerate(examples) for k, c in enumerate(e['Candidates'] or [])]
    x = torch.tensor([r[0] for r in rows], dtype=torch.double)
    owner, right = torch.tensor([r[1] for r in rows]), torch.tensor([r[2] for r in rows])
    nobody = torch.tensor([e['None'] for e in examples], dtype=torch.double)
    none = torch.tensor([e['Right'] < 0 for e in examples])
    offset = sum(x[:, f] * w for f, w in fixed.items())
    for f in fixed:
        x[:, f] = 0
    w = torch.zeros(x.shape[1], dtype=torch.double, requires_grad=True)
    v = torch.zeros(nobody.shape[1], dtype=torch.double, requires_grad=True)
    optimiser = torch.optim.LBFGS([w, v], max_iter=80, line_search_fn='strong_wolfe')

    def closure():
        optimiser.zero_grad()
        s, z = x @ w + offset, nobody @ v
        top = torch.maximum(torch.full_like(z, -1e9).scatter_reduce(0, owner, s.detach(), 'amax'), z.detach())
        total = torch.log(torch.exp(z - top).index_add(0, owner, torch.exp(s - top[owner]))) + top
        chosen = torch.where(none, z, torch.zeros_like(z)).index_add(0, owner[right], s[right])
        loss = (total - chosen).sum() + ridge * ((w * w).sum() + .2 * (v * v).sum())
        loss.backward()
        return loss
    optimiser.step(closure)
    w = w.detach()
    for f, value in fixed.items():
        w[f] = value
    return w.tolist(), v.detach().tolist()


def right(examples, w, v):
    """How many would be chosen right."""
    n = 0
    for e in examples:
        scores = [sum(a * b for a, b in zip(w, c)) for c in e['Candidates'] or []]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best >= 0 and scores[best] < sum(a * b for a, b in zip(v, e['None'])):
            best = -1
        n += best == e['Right']
    return n


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('files', nargs='+', help='evidence, then the file to write')
    p.add_argument('--network', type=float, default=.6)
    o = p.parse_args()
    torch.set_num_threads(1)
    facts, classes = names(), {}
    known = json.load(open(o.files[-1])) if os.path.exists(o.files[-1]) else {}  # what the evidence does not tell of stays
    for file in o.files[:-1]:
        for line in open(file, encoding='utf8'):
            e = json.loads(line)
            classes.setdefault(e['Class'], []).append(e)
    if 'page' in classes:
        classes['page'] += classes['third']
    for name, examples in sorted(classes.items()):
        fixed = {facts.index('likelihood'): o.network / 2 if name == 'page' else o.network, facts.index('likeliest'): 0.}
        cut = [k * len(examples) // 5 for k in range(6)]
        held = sum(right(examples[a:b], *fit(examples[:a] + examples[b:], RIDGE[name], fixed)) for a, b in zip(cut, cut[1:]))
        w, v = fit(examples, RIDGE[name], fixed)
        print(f'{name}: {len(examples)} mentions, right on those left out {held / len(examples):.3f}')
        known[name] = {'none': v, 'facts': w}
    numbers = lambda values: json.dumps([round(x, 3) for x in values])
    out = [f'  "{name}": {{\n    "none": {numbers(c["none"])},\n    "facts": {numbers(c["facts"])}\n  }}' for name, c in sorted(known.items())]
    open(o.files[-1], 'w').write('{\n' + ',\n'.join(out) + '\n}\n')


if __name__ == '__main__':
    main()
