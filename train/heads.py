"""Trains the heads on names and on who is who anew, on vectors of the finished encoder with its weights as they will be stored.
It takes minutes: the encoder runs once. heads.py CHECKPOINT.pt BASE DATA OUT.pt [--epochs 25]

OUT.pt is the checkpoint with those heads in its averaged weights, for export.py."""
import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from coreference import Actors, OntoGUM, Pronouns
from corpus import Article
from export import rounded
from measure import report, vectors
from model import KINDS, Coreference, Model, Tags, states
from names import Names
from train import Average, gum_train, held_back


def names(task, model, rounds):
    """Vectors and states of the first pieces of documents, some in several variants: [(vectors, states, kinds)]."""
    out = []
    for k in range(rounds):
        for tiles in task.epoch(k):
            for a, spans, kinds, b, e in tiles:
                piece = a.first[b:e].nonzero()[0]
                x = torch.zeros(4, 1, e - b + 2, dtype=torch.long)
                x[0, 0, 0], x[0, 0, -1] = 101, 102
                x[0, 0, 1:-1] = torch.from_numpy(a.ids[b:e])
                x[1:, 0, 1:-1] = torch.from_numpy(a.features[:, b:e])
                h = model.encoder(*x, torch.ones(1, e - b + 2, dtype=torch.bool))[0, 1:-1][piece]
                out.append((h.half(), torch.from_numpy(states(a, spans, b, e)[piece]).to(torch.int8), kinds))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ('checkpoint', 'base', 'data', 'out'):
        p.add_argument(name)
    p.add_argument('--epochs', type=int, default=25)
    p.add_argument('--rounds', type=int, default=2)
    p.add_argument('--labels', default=os.path.dirname(os.path.abspath(__file__)), help='folder of names.tsv and actors/, labels of our own')
    o = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(5)
    rng = random.Random(5)
    checkpoint = torch.load(o.checkpoint, weights_only=False)
    model = Model()
    model.load_state_dict(rounded(checkpoint['average']))
    model.eval()
    tokenizer = Tokenizer.from_file(o.base + '/tokenizer.json')
    tokenizer.no_truncation()
    tokenizer.no_padding()
    d, shape, begin = o.data, (320, 8, 11), time.time()
    actors = Actors(tokenizer, [d + '/actors/train', o.labels + '/actors'], d + '/polnear/train/text', *shape)
    gum = OntoGUM(tokenizer, d + '/gum/ontogum', held_back(d + '/gum/splits.md'), *shape)
    gap = Pronouns(tokenizer, d + '/gap/gap-development.tsv', *shape)
    with torch.no_grad():
        tagged = names(Names(tokenizer, d + '/uner-ewt/en_ewt-ud-train-2022.iob2', d + '/ud-ewt/en_ewt-ud-train.conllu', d + '/re3d', gum_train(d),
                             (o.labels + '/names.tsv', d + '/polnear/train/text'),
                             d + '/arabic-names/wd_arabic.normalized.aligned.tokens', *shape), model, o.rounds)
        print(f'names {time.time() - begin:.0f}s', flush=True)
        texts = []  # (vectors, mentions, pairs or None, weight)
        for article, spans, mentions in actors.documents:
            h = vectors(model, article)
            first = article.first.nonzero()[0]
            gold = torch.from_numpy(states(article, spans, 0, article.n)[first]).to(torch.int8)
            tagged += 4 * [(h[first].half(), gold, Actors.kinds)]
            texts += 4 * [(h, mentions, None)]
        texts += [(vectors(model, a), m, None) for a, m in gum.documents]
        texts += [(vectors(model, a), m, pairs) for a, m, pairs, _ in gap.documents]
        print(f'all vectors {time.time() - begin:.0f}s', flush=True)

    def fit(part, jobs, loss, rate, epochs):
        head = getattr(model, part)
        optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=.01)
        average, step, total = Average(head, .995), 0, epochs * len(jobs(0))
        for epoch in range(epochs):
            sums = []
            for job in jobs(epoch):
                for g in optimiser.param_groups:
                    g['lr'] = rate * min(1, (step + 1) / 100) * max(.02, 1 - step / total)
                value = loss(job)
                optimiser.zero_grad()
                value.backward()
                torch.nn.utils.clip_grad_norm_(head.parameters(), 1.)
                optimiser.step()
                average.update(head, step)
                step += 1
                sums.append(float(value.detach()))
            if epoch % 5 == 4:
                print(f'{part} epoch {epoch + 1} loss {np.mean(sums):.4f} {time.time() - begin:.0f}s', flush=True)
        head.load_state_dict(average.weights)

    def tag_jobs(epoch):
        order = list(range(len(tagged)))
        random.Random(epoch).shuffle(order)
        groups = {}
        for k in order:
            groups.setdefault(tuple(tagged[k][2]), []).append(k)
        jobs = [g[k:k + 6] for g in groups.values() for k in range(0, len(g), 6)]
        random.Random(epoch).shuffle(jobs)
        return jobs

    def tag_loss(job):
        h = torch.cat([tagged[k][0] for k in job]).float()
        gold = torch.cat([tagged[k][1] for k in job]).long()
        kinds = tagged[job[0]][2]
        scores = model.tags(F.dropout(h, .1))[:, kinds]
        return F.cross_entropy(scores.flatten(0, 1), gold[:, kinds].flatten(), reduction='sum') / len(gold)

    def text_jobs(epoch):
        order = list(range(len(texts)))
        random.Random(epoch).shuffle(order)
        return [order[k:k + 6] for k in range(0, len(order), 6)]

    def text_loss(job):
        return sum(texts[k][1].loss(model, F.dropout(texts[k][0], .1), texts[k][2]) for k in job) / len(job)

    fit('tags', tag_jobs, tag_loss, 1e-3, o.epochs)
    fit('coreference', text_jobs, text_loss, 5e-4, max(2, o.epochs // 5))
    for part in ('tags', 'coreference'):
        for name, value in getattr(model, part).state_dict().items():
            checkpoint['average'][f'{part}.{name}'] = value
    torch.save(dict(average=checkpoint['average']), o.out)
    report(model, tokenizer, d)


if __name__ == '__main__':
    main()
