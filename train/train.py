"""Trains the encoder and its heads. Every task is a line in TASKS; a checkpoint holds all that is needed to go on.

train.py --base FOLDER --corpus POLNEAR --out CHECKPOINT.pt [--epochs 6] [--minutes 80] [--resume]
"""
import argparse
import math
import os
import random
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import augment
from corpus import Article, load, speech_only, windows
from decode import collate, predict, write
from model import Model, chain_loss, load_pretrained


class Attributions:
    """Task: source, cue and content of statements."""

    def __init__(self, tokenizer, folder, width, batch, seed, limit=0):
        self.tokenizer, self.width, self.batch, self.seed = tokenizer, width, batch, seed
        articles = [(s, t, speech_only(t, r)) for s, t, r in load(folder)][:limit or None]
        self.raw = [a for a in articles if a[1].strip()]
        self.plain = [Article(tokenizer, *a) for a in self.raw]

    def steps(self):
        return math.ceil(sum(math.ceil(a.n / self.width) + .5 for a in self.plain) / self.batch)

    def epoch(self, number):
        """Batches of windows, anew each epoch: other cuts, other variants."""
        rng, tiles = random.Random(self.seed * 1000 + number), []
        for k, (raw, plain) in enumerate(zip(self.raw, self.plain)):
            varied = augment.vary(raw[1], raw[2], hash((self.seed, number, k)))
            article = Article(self.tokenizer, raw[0], *varied) if varied else plain
            tiles += windows(article, rng.randrange(self.width), self.width)
        rng.shuffle(tiles)
        pool = self.batch * 20
        tiles = [t for k in range(0, len(tiles), pool) for t in sorted(tiles[k:k + pool], key=lambda t: t[2] - t[1])]
        batches = [tiles[k:k + self.batch] for k in range(0, len(tiles), self.batch)]
        rng.shuffle(batches)
        self.rng = rng
        return batches

    def loss(self, model, tiles):
        x, mask = collate(tiles)
        for k, (_, b, e) in enumerate(tiles):
            x[1, k, 1:e - b + 1] = torch.from_numpy(augment.lose_case(x[1, k, 1:e - b + 1].numpy(), self.rng))
        starts = torch.zeros(mask.shape)
        batch, at, gold, order = [], [], [], []
        for k, (a, b, e) in enumerate(tiles):
            cues = {}
            for cue, roles in a.relations:
                if b <= cue < e:
                    cues[cue] = roles[b:e] | cues[cue] if cue in cues else roles[b:e]
            first = np.nonzero(a.first[b:e])[0]
            for cue, roles in cues.items():
                starts[k, cue - b + 1] = 1
                batch.append(k)
                at.append(cue - b + 1)
                gold.append(torch.from_numpy(roles[first]))
                order.append(torch.from_numpy(first) + 1)
        h = model.encoder.noise(model.encoder(*x, mask), model.training)
        loss = F.binary_cross_entropy_with_logits(model.attribution.starts(h), starts, reduction='none')
        loss = 10 * (loss * mask).sum() / mask.sum()
        if not batch:
            return loss
        scores = model.attribution.tags(h, torch.tensor(batch), torch.tensor(at), mask.float())
        valid = torch.nn.utils.rnn.pad_sequence([torch.ones(len(o), dtype=torch.bool) for o in order], batch_first=True)
        order = torch.nn.utils.rnn.pad_sequence(order, batch_first=True)
        gold = torch.nn.utils.rnn.pad_sequence(gold, batch_first=True)
        scores = scores.gather(1, order[..., None, None].expand(-1, -1, 3, 3))
        return loss + .1 * chain_loss(scores, gold, valid) / len(batch)


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
    p.add_argument('--corpus', required=True)
    p.add_argument('--out', required=True)
    p.add_argument('--epochs', type=int, default=6)
    p.add_argument('--minutes', type=float, default=1e9, help='the schedule ends after this time at the latest')
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
    tasks = [Attributions(tokenizer, o.corpus + '/train', o.width, o.batch, o.seed, o.limit)]
    dev = [Article(tokenizer, *a) for a in load(o.corpus + '/dev')][:o.limit or None]
    model = Model()
    load_pretrained(model.encoder, o.base + '/model.safetensors')
    encoder = list(model.encoder.parameters())
    heads = [w for n, w in model.named_parameters() if not n.startswith('encoder.')]
    optimiser = torch.optim.AdamW([dict(params=encoder, lr=2e-4), dict(params=heads, lr=1e-3)], weight_decay=.01, fused=True)
    rates = [g['lr'] for g in optimiser.param_groups]
    average = Average(model)
    total = o.epochs * sum(t.steps() for t in tasks)
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
            print(label, subprocess.run([sys.executable, o.score, o.corpus + '/dev', o.out + '.jsonl'], capture_output=True, text=True).stdout, flush=True)

    sums, over = [], False
    for epoch in range(epoch0, o.epochs):
        jobs = [(t, b) for t in tasks for b in t.epoch(epoch)]
        random.Random(o.seed * 77 + epoch).shuffle(jobs)
        for k, (task, tiles) in enumerate(jobs):
            if k < skip:
                continue
            done = max(step / total, (time.time() - begin) / 60 / o.minutes)
            if done >= 1:
                over = True
                break
            for g, rate in zip(optimiser.param_groups, rates):
                g['lr'] = rate * min(1, (step + 1) / (.06 * total)) * max(.02, 1 - done)
            loss = task.loss(model, tiles)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.)
            optimiser.step()
            average.update(model, step)
            sums.append(float(loss.detach()))
            step += 1
            if step % 50 == 0:
                print(f'epoch {epoch} step {step}/{total} loss {np.mean(sums):.4f} done {done:.3f} {time.time() - begin:.0f}s', flush=True)
                sums = []
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
