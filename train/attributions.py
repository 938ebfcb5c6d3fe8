"""Task: source, cue and content of statements (PolNeAR)."""
import math
import random

import numpy as np
import torch
import torch.nn.functional as F

import augment
from corpus import Article, load, speech_only, windows
from decode import collate
from model import chain_loss


class Attributions:
    passes = 1

    def __init__(self, tokenizer, folder, width, batch, seed, limit=0, parts=1):
        """An epoch reads one of so many parts of the articles, each in its turn."""
        self.tokenizer, self.width, self.batch, self.seed, self.parts = tokenizer, width, batch, seed, parts
        articles = [(s, t, speech_only(t, r)) for s, t, r in load(folder)][:limit or None]
        self.raw = [a for a in articles if a[1].strip()]
        self.plain = [Article(tokenizer, *a) for a in self.raw]

    def steps(self):
        return math.ceil(sum(math.ceil(a.n / self.width) + .5 for a in self.plain) / self.batch / self.parts)

    def epoch(self, number):
        """Batches of windows, anew each epoch: other cuts, other variants."""
        rng, tiles = random.Random(self.seed * 1000 + number), []
        for k, (raw, plain) in enumerate(zip(self.raw, self.plain)):
            if (k + number // 100) % self.parts:
                continue
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
