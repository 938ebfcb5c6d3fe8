"""Reads the model over whole articles: overlapping windows, cue starts, the best chain for each cue. Used for tuning on dev;
the program's own decoding is internal/annotate/statements."""
import json

import numpy as np
import torch

from corpus import ROLES
from model import best_chain

CLS, SEP = 101, 102


def collate(tiles):
    """Windows -> tensors: ids, shape, quote, paragraph [B, L] with [CLS] and [SEP], mask [B, L]."""
    length = max(e - b for _, b, e in tiles) + 2
    x = torch.zeros(4, len(tiles), length, dtype=torch.long)
    mask = torch.zeros(len(tiles), length, dtype=torch.bool)
    for k, (a, b, e) in enumerate(tiles):
        n = e - b
        x[0, k, 0], x[0, k, n + 1] = CLS, SEP
        x[0, k, 1:n + 1] = torch.from_numpy(a.ids[b:e])
        x[1:, k, 1:n + 1] = torch.from_numpy(a.features[:, b:e])
        mask[k, :n + 2] = True
    return x, mask


def tile(n, width, margin):
    """Windows over n pieces and, for each piece, the window in which it lies most central."""
    tiles, start = [], 0
    while True:
        end = min(n, start + width)
        tiles.append((start, end))
        if end >= n:
            break
        start += width - 2 * margin
    owner, best = np.zeros(n, int), np.full(n, -1)
    for w, (b, e) in enumerate(tiles):
        i = np.arange(b, e)
        room = np.minimum(i - b if b > 0 else i * 0 + n, e - 1 - i if e < n else i * 0 + n)
        better = room > best[b:e]
        owner[b:e][better], best[b:e][better] = w, room[better]
    return tiles, owner


def predict(model, articles, width=320, margin=80, threshold=.2):
    """For each article a list of (cue piece, its probability, states [n, 3], first piece of the window)."""
    model.eval()
    found = []
    with torch.no_grad():
        for a in articles:
            out = []
            if a.n:
                tiles, owner = tile(a.n, width, margin)
                for w, (b, e) in enumerate(tiles):
                    x, mask = collate([(a, b, e)])
                    h = model.encoder(*x, mask)
                    p = torch.sigmoid(model.attribution.starts(h))[0, 1:-1].numpy()
                    cues = np.nonzero((p > threshold) & (owner[b:e] == w) & a.first[b:e])[0]
                    if not len(cues):
                        continue
                    first = np.nonzero(a.first[b:e])[0]
                    scores = model.attribution.tags(h, torch.zeros(len(cues), dtype=torch.long), torch.from_numpy(cues) + 1, mask.float())
                    chain = best_chain(scores[:, 1:-1][:, first]).numpy()
                    states = np.zeros((len(cues), e - b, 3), bool)
                    states[:, first] = chain
                    for i in range(1, e - b):
                        if not a.first[b + i]:
                            states[:, i] = states[:, i - 1]
                    out += [(b + int(c), float(p[c]), s, b) for c, s in zip(cues, states)]
            found.append((a, out))
    model.train()
    return found


def spans(article, begin, states):
    runs, last = [], -2
    for i in np.nonzero(states)[0]:
        start, end = article.offsets[begin + i]
        if i == last + 1:
            runs[-1][1] = int(end)
        else:
            runs.append([int(start), int(end)])
        last = i
    return runs


def write(found, path, threshold=.5):
    """Predictions in the scorers' form, one JSON object an article."""
    with open(path, 'w') as f:
        for a, out in found:
            rows = []
            for cue, p, states, begin in out:
                if p < threshold:
                    continue
                row = {role: spans(a, begin, states[:, k]) for k, role in enumerate(ROLES)}
                row['cue'] = row['cue'] or [[int(v) for v in a.offsets[cue]]]
                if row['content']:
                    rows.append(row)
            f.write(json.dumps(dict(id=a.stem, attributions=rows)) + '\n')
