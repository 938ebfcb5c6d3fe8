"""Trains the encoder and its heads. Every task is a line in TASKS; a checkpoint holds all that is needed to go on.

train.py --base FOLDER --data FOLDER --out CHECKPOINT.pt [--tasks attributions] [--epochs 6] [--minutes 80] [--resume]

The data's folder holds polnear and, for the tasks on names and on who is who, uner-ewt, ud-ewt, re3d, arabic-names, actors, gum, gap.
"""
import argparse
import glob
import math
import os
import random
import re
import subprocess
import sys
import time

import numpy as np
import torch
from tokenizers import Tokenizer

from attributions import Attributions
from coreference import Actors, OntoGUM, Pronouns
from corpus import Article, load
from decode import predict, write
from model import Model, load_pretrained
from names import Names


def held_back(path):
    """Documents of GUM that are not for training."""
    return set(re.findall(r'GUM_\w+', open(path, encoding='utf8').read().split('## train')[0])) | set(
        re.findall(r'GUM_\w+', open(path, encoding='utf8').read().split('## test')[1]))


def gum_train(data):
    """Paths of the documents of GUM that are for training."""
    out = held_back(data + '/gum/splits.md')
    return [p for p in sorted(glob.glob(data + '/gum/dep/*.conllu')) if os.path.basename(p)[:-7] not in out]


class Average:
    """Exponential moving average of the weights, which is what is kept (Polyak, Juditsky 1992)."""

    def __init__(self, model, decay=.998):
        self.decay, self.weights = decay, {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model, step):
        d = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            mine = list(self.weights.values())
            torch._foreach_lerp_(mine, [v.detach() for v in model.state_dict().values()], 1 - d)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--base', required=True)
    p.add_argument('--data', required=True)
    p.add_argument('--tasks', default='attributions,names,actors,ontogum,pronouns')
    p.add_argument('--start', default='', help='checkpoint whose averaged weights are gone on from')
    p.add_argument('--out', required=True)
    p.add_argument('--epochs', type=int, default=6)
    p.add_argument('--parts', type=int, default=1, help='an epoch reads one of so many parts of PolNeAR, each in its turn')
    p.add_argument('--labels', default=os.path.dirname(os.path.abspath(__file__)), help='folder of names.tsv and actors/, labels of our own')
    p.add_argument('--minutes', type=float, default=1e9, help='the schedule ends after this time at the latest')
    p.add_argument('--rate', type=float, default=2e-4, help="the encoder's highest learning rate")
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--width', type=int, default=320)
    p.add_argument('--batch', type=int, default=8)
    p.add_argument('--limit', type=int, default=0)
    p.add_argument('--threads', type=int, default=2)
    p.add_argument('--score', default='')
    p.add_argument('--resume', action='store_true')
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)

    tokenizer = Tokenizer.from_file(o.base + '/tokenizer.json')
    tokenizer.no_truncation()
    tokenizer.no_padding()
    corpus, shape = o.data + '/polnear', (o.width, o.batch, o.seed)
    makers = dict(
        attributions=lambda: Attributions(tokenizer, corpus + '/train', *shape, o.limit, o.parts),
        names=lambda: Names(tokenizer, o.data + '/uner-ewt/en_ewt-ud-train-2022.iob2', o.data + '/ud-ewt/en_ewt-ud-train.conllu', o.data + '/re3d',
                            gum_train(o.data), (o.labels + '/names.tsv', corpus + '/train/text'),
                            o.data + '/arabic-names/wd_arabic.normalized.aligned.tokens', *shape),
        actors=lambda: Actors(tokenizer, [o.data + '/actors/train', o.labels + '/actors'], corpus + '/train/text', *shape),
        ontogum=lambda: OntoGUM(tokenizer, o.data + '/gum/ontogum', held_back(o.data + '/gum/splits.md'), *shape),
        pronouns=lambda: Pronouns(tokenizer, o.data + '/gap/gap-development.tsv', *shape))
    tasks = {name: makers[name]() for name in o.tasks.split(',')}
    dev = [Article(tokenizer, *a) for a in load(corpus + '/dev')][:o.limit or None]
    model = Model()
    load_pretrained(model.encoder, o.base + '/model.safetensors')
    if o.start:
        model.load_state_dict(torch.load(o.start, weights_only=False)['average'], strict=False)
    # Heads learn faster than the encoder, which was trained before.
    groups = [dict(params=list(part.parameters()), lr=times * o.rate)
              for part, times in ((model.encoder, 1), (model.attribution, 5), (model.tags, 10), (model.coreference, 10))]
    optimiser = torch.optim.AdamW(groups, weight_decay=.01, fused=True)
    rates = [g['lr'] for g in optimiser.param_groups]
    average = Average(model)
    total = o.epochs * sum(t.steps() * t.passes for t in tasks.values())
    epoch0 = step = skip = 0
    spent = 0.
    if o.resume and os.path.exists(o.out):
        c = torch.load(o.out, weights_only=False)
        model.load_state_dict(c['model'])
        optimiser.load_state_dict(c['optimiser'])
        average.weights = c['average']
        epoch0, step, skip, spent = c['epoch'], c['step'], c['batch'], c['spent']
        torch.set_rng_state(c['random'])
    begin = time.time() - spent

    def save(epoch, batch):
        torch.save(dict(model=model.state_dict(), optimiser=optimiser.state_dict(), average=average.weights, epoch=epoch, step=step,
                        batch=batch, spent=time.time() - begin, random=torch.get_rng_state()), o.out + '.new')
        os.replace(o.out + '.new', o.out)

    def evaluate(label):
        kept = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average.weights)
        write(predict(model, dev), o.out + '.jsonl')
        model.load_state_dict(kept)
        if o.score:
            print(label, subprocess.run([sys.executable, o.score, corpus + '/dev', o.out + '.jsonl'], capture_output=True, text=True).stdout, flush=True)

    sums, over = {}, False
    for epoch in range(epoch0, o.epochs):
        jobs = [(name, b) for name, t in tasks.items() for k in range(t.passes) for b in t.epoch(epoch * 100 + k)]
        random.Random(o.seed * 77 + epoch).shuffle(jobs)
        for k, (name, batch) in enumerate(jobs):
            if k < skip:
                continue
            done = max(step / total, (time.time() - begin) / 60 / o.minutes)
            if done >= 1:
                over = True
                break
            for g, rate in zip(optimiser.param_groups, rates):
                g['lr'] = rate * min(1, (step + 1) / (.06 * total)) * max(.02, 1 - done)
            loss = tasks[name].loss(model, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.)
            optimiser.step()
            average.update(model, step)
            sums.setdefault(name, []).append(float(loss.detach()))
            step += 1
            if step % 50 == 0:
                losses = ' '.join(f'{task} {np.mean(values):.3f}' for task, values in sorted(sums.items()))
                print(f'epoch {epoch} step {step}/{total} {losses} done {done:.3f} {time.time() - begin:.0f}s', flush=True)
                sums = {}
            if step % 200 == 0:
                save(epoch, k + 1)
        skip = 0
        save(epoch + 1, 0)
        if epoch in (0, 2) or epoch >= o.epochs - 2 or over:
            evaluate(f'epoch {epoch + 1}')
        if over:
            break


if __name__ == '__main__':
    main()
