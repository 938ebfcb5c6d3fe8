"""Tasks on who is who: actors' mentions, descriptions and coreference (articles labelled for this project), coreference of
other genres (OntoGUM), pronouns between two names (GAP)."""
import csv
import glob
import json
import math
import os
import random
import re

import numpy as np
import torch
import torch.nn.functional as F

import augment
from corpus import Article
from decode import collate
from model import KINDS
from names import tag_loss

FORMS = {'name': 0, 'short': 0, 'acronym': 0, 'pronoun': 1, 'nominal': 2}
KIND_OF = {('person', 'pronoun'): 'person-pronoun', ('person', 'nominal'): 'person-nominal'}
PRONOUN = re.compile(r"\b(I|me|my|mine|myself|you|your|yours|yourself|he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves)\b", re.I)
CANDIDATES = 120


def words(text):
    """A mention's words, folded, without article and possessive."""
    found = re.findall(r'\w+', re.sub(r"['’]s\b", '', text).lower())
    return found[1:] if len(found) > 1 and found[0] in ('the', 'a', 'an') else found


def acronym(short, long):
    return len(short) == 1 and len(long) > 1 and short[0] == ''.join(w[0] for w in long if w not in ('of', 'the', 'and', 'for', 'in', 'on'))


def match(a, b):
    """How the words of two mentions agree: 0 not, 1 the same, 2 the last one, 3 one holds the other, 4 an acronym."""
    if not a or not b:
        return 0
    if a == b:
        return 1
    if set(a) <= set(b) or set(b) <= set(a):
        return 3
    if a[-1] == b[-1]:
        return 2
    return 4 if acronym(a, b) or acronym(b, a) else 0


class Mentions:
    """Mentions of one text as arrays: first piece, first piece of the last word, form, words, entity (-1: none)."""

    def __init__(self, article, spans):
        first = np.nonzero(article.first)[0]
        starts, rows = article.offsets[first, 0], []
        for start, end, form, entity in spans:
            b = int(np.searchsorted(starts, start, 'right')) - 1
            e = int(np.searchsorted(starts, end - 1, 'right')) - 1
            if b < 0 or starts[b] > start:
                continue
            rows.append((int(first[b]), int(first[e]), form, entity, words(article.text[start:end])))
        rows.sort(key=lambda r: (r[0], -r[1]))
        self.first = np.array([r[0] for r in rows], int)
        self.last = np.array([r[1] for r in rows], int)
        self.form = np.array([r[2] for r in rows], int)
        self.entity = np.array([r[3] for r in rows], int)
        self.words = [r[4] for r in rows]
        self.quotes = article.features[1][self.first] if rows else self.first

    def pairs(self):
        """(later, earlier) of all mentions and those before them, as far as CANDIDATES; mentions of nobody are none's antecedent."""
        later, earlier, seen = [], [], []
        for j in range(len(self.first)):
            near = seen[-CANDIDATES:]
            later += [j] * len(near)
            earlier += near
            if self.entity[j] >= 0:
                seen.append(j)
        return np.array(later, int), np.array(earlier, int)

    def loss(self, model, h, pairs=None):
        """Negative log likelihood that a mention's antecedent is one of its own (Lee, He, Lewis, Zettlemoyer 2017), per mention."""
        later, earlier = pairs or self.pairs()
        g = model.coreference.mentions(h[self.first], h[self.last], torch.from_numpy(self.form))
        none = model.coreference.none(g).squeeze(-1)
        ask = np.unique(later)
        if not len(ask):
            return none.sum() * 0
        agree = torch.tensor([match(self.words[j], self.words[i]) if self.form[j] != 1 and self.form[i] != 1 else 0 for j, i in zip(later, earlier)])
        d = torch.from_numpy(np.abs(self.first[later] - self.first[earlier]))
        quotes = torch.from_numpy(2 * self.quotes[later] + self.quotes[earlier])
        j, i = torch.from_numpy(later), torch.from_numpy(earlier)
        scores = model.coreference.pairs(g[j], g[i], d, agree, quotes)
        right = torch.from_numpy((self.entity[later] == self.entity[earlier]) & (self.entity[later] >= 0))
        n = len(self.first)

        def total(values, extra):
            top = torch.full((n,), -1e4).scatter_reduce(0, j, values.detach(), 'amax')
            top = torch.maximum(top, extra.detach())
            return torch.log(torch.zeros(n).index_add(0, j, torch.exp(values - top[j])) + torch.exp(extra - top) + 1e-30) + top
        has = torch.zeros(n, dtype=torch.bool)
        has[j[right]] = True
        everything = total(scores, none)
        own = total(scores.masked_fill(~right, -1e4), none.masked_fill(has, -1e4))
        return (everything - own)[torch.from_numpy(ask)].mean()


def cut(article, width, limit, offset=0):
    """Windows that tile an article, at most limit pieces in all."""
    edges = [0] + list(range(offset or width, min(article.n, limit), width)) + [min(article.n, limit)]
    return [(article, b, e) for b, e in zip(edges, edges[1:]) if e > b]


def encode(model, articles, width, rng):
    """Vectors [pieces, width] of each article, read in windows."""
    tiles, owner = [], []
    for k, a in enumerate(articles):
        for t in cut(a, width, a.n, rng.randrange(width // 2, width)):
            tiles.append(t)
            owner.append(k)
    x, mask = collate(tiles)
    h = model.encoder.noise(model.encoder(*x, mask), model.training)
    flat = [torch.cat([h[k, 1:e - b + 1] for k, (_, b, e) in enumerate(tiles) if owner[k] == o]) for o in range(len(articles))]
    return h, tiles, owner, flat


class Packed:
    """Documents in batches of about width * batch pieces."""

    def steps(self):
        return math.ceil(sum(d[0].n for d in self.documents) / (self.width * self.batch) * 1.1)

    def epoch(self, number):
        rng = self.rng = random.Random(self.seed * 1000 + number)
        order = list(range(len(self.documents)))
        rng.shuffle(order)
        batches, batch, size = [], [], 0
        for k in order:
            n = self.documents[k][0].n
            if batch and size + n > self.width * self.batch * 1.15:
                batches.append(batch)
                batch, size = [], 0
            batch.append(k)
            size += n
        return batches + [batch]


class Actors(Packed):
    """Mentions, descriptions and who is who in the articles labelled for this project, a json file each."""
    passes = 2
    kinds = [KINDS.index(k) for k in KINDS if k not in ('LOC', 'ORG')]

    def __init__(self, tokenizer, folders, texts, width, batch, seed):
        """What comes into the folders while it trains is read with the next pass."""
        self.tokenizer, self.folders, self.texts = tokenizer, folders, texts
        self.width, self.batch, self.seed, self.documents, self.known = width, batch, seed, [], set()
        self.look()

    def look(self):
        for path in sorted(p for folder in self.folders for p in glob.glob(folder + '/*.json')):
            if path not in self.known:
                self.known.add(path)
                self.documents.append(self.read(path))

    def read(self, path):
        stem = os.path.basename(path)[:-5]
        text = open(f'{self.texts}/{stem}.txt', encoding='utf8', newline='').read()
        article, tags, mentions, taken = Article(self.tokenizer, stem, text, []), [], [], set()
        for k, actor in enumerate(json.load(open(path, encoding='utf8'))['actors']):
            for b, e, form in actor['mentions']:
                mentions.append((b, e, FORMS[form], k))
                taken.add(b)
                if actor['type'] == 'person':
                    tags.append((KIND_OF.get((actor['type'], form), 'person-name'), b, e))
                    if FORMS[form] == 0:
                        tags.append(('PER', b, e))
                elif actor['type'] in ('organisation', 'place') and FORMS[form] == 0:
                    tags.append((actor['type'], b, e))
            tags += [(d['kind'], *d['span']) for d in actor['descriptions']]
        mentions += [(m.start(), m.end(), 1, -1) for m in PRONOUN.finditer(text) if m.start() not in taken]
        return article, tags, Mentions(article, mentions)

    def epoch(self, number):
        self.look()
        return super().epoch(number)

    def loss(self, model, batch):
        docs = [self.documents[k] for k in batch]
        h, tiles, owner, flat = encode(model, [d[0] for d in docs], self.width, self.rng)
        tiles = [(o, b, e) for o, (_, b, e) in zip(owner, tiles)]
        loss = 3 * tag_loss(model, h, [d[0] for d in docs], [d[1] for d in docs], self.kinds, tiles)
        return loss + sum(d[2].loss(model, f) for d, f in zip(docs, flat)) / len(docs)


def read_ontogum(path):
    """(text, [(start, end, form, entity)]) of one document."""
    text, spans, opened, part, position, tokens = '', [], {}, '', 0, []

    def close():
        nonlocal text
        position = 0
        base = len(text)
        for form, upos, marks in tokens:
            position = part.index(form, position)
            b, e = base + position, base + position + len(form)
            position += len(form)
            for stack in opened.values():
                for o in stack:
                    o[1].append(upos)
            for bracket, number, single in re.findall(r'(\()?(\d+)(\))?', marks):
                if bracket:
                    opened.setdefault(number, []).append([b, [upos]])
                if single and opened.get(number):
                    start, kinds = opened[number].pop()
                    spans.append((start, e, 1 if kinds == ['PRON'] else 0 if 'PROPN' in kinds else 2, int(number)))
        text += part
        tokens.clear()
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if line.startswith('# newpar') and not line.startswith('# newpar_'):
            close()
            part = ''
            if text and not text.endswith('\n'):
                text += '\n\n'
        elif line.startswith('# text = '):
            close()
            part = line[9:]
            if text and not text.endswith('\n'):
                text += ' '
        elif re.match(r'\d+\t', line):
            cells = line.split('\t')
            m = re.search(r'Entity=([^|]+)', cells[9])
            tokens.append((cells[1], cells[3], m.group(1) if m else ''))
    close()
    return text, spans


class OntoGUM(Packed):
    passes = 1

    def __init__(self, tokenizer, folder, leave_out, width, batch, seed):
        self.width, self.batch, self.seed, self.documents = width, batch, seed, []
        for path in sorted(glob.glob(folder + '/*.conllu')):
            if os.path.basename(path)[:-7] in leave_out:
                continue
            text, spans = read_ontogum(path)
            article = Article(tokenizer, '', text, [])
            self.documents.append((article, Mentions(article, spans)))

    def loss(self, model, batch):
        docs = [self.documents[k] for k in batch]
        _, _, _, flat = encode(model, [d[0] for d in docs], self.width, self.rng)
        return sum(d[1].loss(model, f) for d, f in zip(docs, flat)) / len(docs)


class Pronouns:
    """GAP: which of two names, if any, a pronoun stands for (Webster, Recasens, Axelrod, Baldridge 2018)."""
    passes = 1

    def __init__(self, tokenizer, path, width, batch, seed):
        self.tokenizer, self.width, self.batch, self.seed = tokenizer, width, batch, seed
        rows = list(csv.DictReader(open(path, encoding='utf8'), delimiter='\t', quoting=csv.QUOTE_NONE))
        self.rows = [r for r in rows if self.read(r)]
        self.documents = [self.read(r) for r in self.rows]

    def read(self, r, rng=None):
        """(article, mentions, pairs that are asked about, which of the two is right) of a row; with rng the two people have other
        names throughout. None where the text is too long."""
        text, truth = r['Text'], [r[k + '-coref'].upper() == 'TRUE' for k in 'AB']
        spans = [(int(r[k + '-offset']), int(r[k + '-offset']) + len(r[k])) for k in 'AB']
        at = int(r['Pronoun-offset'])
        spans.append((at, at + len(r['Pronoun'])))
        if rng:
            new = {w: rng.choice(augment.GIVEN + augment.FAMILY) for w in sorted({w for k in 'AB' for w in re.findall(r'[A-Z]\w{2,}', r[k])})}
            edits = [(m.start(), m.end(), new[m.group()]) for m in re.finditer(r'\b(' + '|'.join(map(re.escape, new)) + r')\b', text)] if new else []
            text, moved = augment.splice(text, [dict(at=[s]) for s in spans], edits)
            spans = [m['at'][0] for m in moved]
        article = Article(self.tokenizer, r['ID'], text, [])
        mentions = Mentions(article, [(*spans[k], 0, 0 if truth[k] else k + 1) for k in range(2)] + [(*spans[2], 1, 0)])
        if article.n > 500 or len(mentions.first) < 3:
            return None
        asked = int(np.nonzero(mentions.form == 1)[0][0])
        return article, mentions, (np.array([asked, asked]), np.array([k for k in range(3) if k != asked])), truth

    def steps(self):
        return math.ceil(sum(d[0].n for d in self.documents) / (self.width * self.batch) * 1.1)

    def epoch(self, number):
        """Batches of documents; in a third of them the two people have other names."""
        rng = random.Random(self.seed * 1000 + number)
        order = sorted(range(len(self.documents)), key=lambda k: self.documents[k][0].n + rng.random() * 20)
        documents = [rng.random() < .33 and self.read(self.rows[k], rng) or self.documents[k] for k in order]
        batches, batch = [], []
        for d in documents:
            if batch and (len(batch) + 1) * max(x[0].n for x in [*batch, d]) > self.width * self.batch:
                batches.append(batch)
                batch = []
            batch.append(d)
        batches.append(batch)
        rng.shuffle(batches)
        return batches

    def loss(self, model, docs):
        x, mask = collate([(d[0], 0, d[0].n) for d in docs])
        h = model.encoder.noise(model.encoder(*x, mask), model.training)
        return sum(d[1].loss(model, h[k, 1:], d[2]) for k, d in enumerate(docs)) / len(docs)
