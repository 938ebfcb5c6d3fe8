"""Task: names of people, places and organisations (UNER-EWT; people and places of re3d; proper names of GUM's entities; articles
labelled for this project)."""
import csv
import glob
import math
import os
import random
import re

import torch
import torch.nn.functional as F

import augment
from corpus import Article, windows
from decode import collate
from model import KINDS, states

UNER = {'PER': 'PER', 'LOC': 'LOC', 'ORG': 'ORG'}
RE3D = {'Person': 'PER', 'Location': 'LOC'}  # its organisations are drawn more widely than UNER's
GLUE_LEFT, GLUE_RIGHT = set(',.;:!?)]%’”') | {"'s", "n't", '’s'}, set('([“$')


def runs(tags):
    """(kind, first, end) of each run of B-, I- tags."""
    found = []
    for i, t in enumerate(tags + ['O']):
        if found and found[-1][2] is None and not (t.startswith('I-') and t[2:] == found[-1][0]):
            found[-1] = (found[-1][0], found[-1][1], i)
        if t.startswith('B-') or (t.startswith('I-') and not (found and found[-1][2] is None)):
            found.append((t[2:], i, None))
    return found


def openings(path):
    """Ids of the sentences of a treebank (.conllu) with which paragraphs begin."""
    found, opens = set(), False
    for line in open(path, encoding='utf8'):
        if line.startswith('# sent_id = '):
            if opens:
                found.add(line[12:].strip())
            opens = False
        opens = opens or line.startswith(('# newpar', '# newdoc'))
    return found


def read_uner(path, tree=''):
    """(text, [(kind, start, end)]) of each document: its sentences, a space between, or a new line where the treebank it is
    based on (tree, a path) begins a paragraph."""
    documents, text, spans, sentence, tokens, tags, opens = [], '', [], '', [], [], False
    paragraphs = openings(tree) if tree else set()

    def close():
        nonlocal text, spans, tokens, tags
        if tokens:
            if text:
                text += '\n' if opens else ' '
            base, places, position = len(text), [], 0
            for t in tokens:
                position = sentence.index(t, position)
                places.append((base + position, base + position + len(t)))
                position += len(t)
            spans += [(UNER[k], places[b][0], places[e - 1][1]) for k, b, e in runs(tags) if k in UNER]
            text += sentence
        tokens, tags = [], []
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if line.startswith('# newdoc'):
            close()
            if text:
                documents.append((text, spans))
            text, spans = '', []
        elif line.startswith('# sent_id = '):
            close()
            opens = line[12:].strip() in paragraphs
        elif line.startswith('# text = '):
            close()
            sentence = line[9:]
        elif line and line[0].isdigit():
            cells = line.split('\t')
            tokens.append(cells[1])
            tags.append(cells[2])
    close()
    return documents + [(text, spans)]


def read_re3d(folder):
    documents = []
    for path in sorted(glob.glob(folder + '/*/*.conll')):
        text, tags, places = '', [], []
        for line in open(path, encoding='utf8'):
            cells = line.split()
            if len(cells) < 2:
                continue
            word = cells[0]
            if text and word not in GLUE_LEFT and text[-1] not in GLUE_RIGHT:
                text += ' '
            places.append((len(text), len(text) + len(word)))
            text += word
            tags.append(cells[1])
        spans = []
        for kind, b, e in runs(tags):
            while b < e and text[slice(*places[b])].lower() in ('the', 'mr', 'mrs', 'dr'):
                b += 1
            if kind in RE3D and b < e:
                spans.append((RE3D[kind], places[b][0], places[e - 1][1]))
        documents.append((text, spans))
    return documents


GUM = {'person': 'PER', 'organization': 'ORG', 'place': 'LOC'}
HONORIFICS = set('''mr mrs ms miss dr sir madam president professor prof senator sen king queen prince princess pope saint lord lady
earl duke captain colonel general judge justice reverend rev father sister uncle aunt'''.split())
INSIDE = {'PROPN', 'ADP', 'DET', 'CCONJ', 'NUM', 'SYM'}


def proper(tokens, head):
    """First and last of the tokens (form, part of speech) that make the proper name in an entity with that head, or None."""
    b, e = 0, len(tokens) - 1
    while b < e and (tokens[b][1] == 'DET' or tokens[b][0].lower().rstrip('.') in HONORIFICS):
        b += 1
    while b < e and tokens[e][1] in ('PART', 'PUNCT'):
        e -= 1
    if any(t[1] not in INSIDE and t[0] not in '.-–&' for t in tokens[b:e + 1]) or tokens[b][1] != 'PROPN' or tokens[e][1] != 'PROPN':
        b = e = head
        while b > 0 and tokens[b - 1][1] == 'PROPN' and tokens[b - 1][0].lower().rstrip('.') not in HONORIFICS:
            b -= 1
        while e + 1 < len(tokens) and tokens[e + 1][1] == 'PROPN':
            e += 1
    return (b, e) if all(tokens[k][1] == 'PROPN' for k in (b, e)) else None


def read_gum(path):
    """(text, [(kind, start, end)]) of one document of GUM: the proper names of its people, organisations and places."""
    text, spans, sentence, tokens, opened = '', [], '', [], {}

    def close():
        nonlocal text
        if not tokens:
            return
        base, position, places, found = len(text), 0, [], []
        for k, (form, _, marks) in enumerate(tokens):
            position = sentence.index(form, position)
            places.append((base + position, base + position + len(form)))
            position += len(form)
            for left, number, kind, head, right in re.findall(r'(\()?(\d+)(?:-([a-z]+)-[^-()]*-[^-()]*-[^-()]*-(\d+)[^()]*)?(\))?', marks):
                if left:
                    opened.setdefault(number, []).append((k, kind, int(head or 1) - 1))
                if right and opened.get(number):
                    start, kind, head = opened[number].pop()
                    run = tokens[start:k + 1]
                    if kind in GUM and head < len(run) and (at := proper([t[:2] for t in run], head)):
                        found.append((start + at[0], start + at[1], GUM[kind]))
        taken = set()
        for b, e, kind in sorted(found, key=lambda f: (f[0] - f[1], f[0])):  # the longest first: names in names are none
            if not taken & set(range(b, e + 1)):
                taken |= set(range(b, e + 1))
                spans.append((kind, places[b][0], places[e][1]))
        text += sentence
        tokens.clear()
        opened.clear()
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if line.startswith('# newpar') and not line.startswith('# newpar_'):
            close()
            text += '\n\n' if text and not text.endswith('\n') else ''
        elif line.startswith('# text = '):
            close()
            text += ' ' if text and not text.endswith('\n') else ''
            sentence = line[9:]
        elif re.match(r'\d+\t', line):
            cells = line.split('\t')
            entity = re.search(r'Entity=([^|]+)', cells[9])
            tokens.append((cells[1], cells[3], entity.group(1) if entity else ''))
    close()
    return text, sorted(spans, key=lambda s: s[1])


def read_labels(path, texts):
    """(text, [(kind, start, end)]) of the articles in texts that are labelled in a file: rows of stem, start, end, kind."""
    found = {}
    for row in csv.DictReader((line for line in open(path, encoding='utf8') if not line.startswith('#')), delimiter='\t'):
        found.setdefault(row['stem'], [])
        if row['kind']:
            found[row['stem']].append((row['kind'], int(row['start']), int(row['end'])))
    return [(open(f'{texts}/{stem}.txt', encoding='utf8', newline='').read(), sorted(spans, key=lambda s: s[1])) for stem, spans in found.items()]


def elsewhere(text, spans, pool, rng):
    """The same text with its people's names from everywhere; the same word gives the same name."""
    chosen, edits = {}, []
    for kind, b, e in spans:
        if kind == 'PER':
            for m in re.finditer(r"\w{3,}", text[b:e]):
                if m.group()[0].isupper():
                    new = chosen.setdefault(m.group(), rng.choice(pool))
                    edits.append((b + m.start(), b + m.end(), new))
    text, moved = augment.splice(text, [dict(at=[(b, e)]) for _, b, e in spans], sorted(set(edits)))
    return text, [(k, *m['at'][0]) for (k, _, _), m in zip(spans, moved)]


def name_pool(path):
    """Latin spellings of Arabic names, capitalised, beside names from elsewhere."""
    words = {line.split('\t')[0] for line in open(path, encoding='utf8')} if path else set()
    words = [w.capitalize() for w in sorted(words) if w.isalpha() and w.isascii() and 4 <= len(w) <= 10]
    random.Random(3).shuffle(words)
    return words[:4000] + 25 * (augment.GIVEN + augment.FAMILY)


def tag_loss(model, h, articles, spans, kinds, tiles):
    """Cross-entropy of the states of the kinds that are annotated, over first pieces, per piece."""
    logits, gold = [], []
    for k, (which, b, e) in enumerate(tiles):
        a = articles[which]
        first = torch.from_numpy(a.first[b:e].nonzero()[0])
        logits.append(h[k, first + 1])
        gold.append(torch.from_numpy(states(a, spans[which], b, e))[first])
    scores = model.tags(torch.cat(logits))[:, kinds]
    gold = torch.cat(gold)[:, kinds]
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction='sum') / len(gold)


class Names:
    passes = 2

    def __init__(self, tokenizer, uner, tree, re3d, gum, labels, arabic, width, batch, seed):
        """Paths, but for gum: paths of documents; labels: (file, folder of texts), read anew for each pass, so that one may go on
        labelling while it trains. The documents of uner are read now with paragraphs (of tree), now without."""
        self.tokenizer, self.width, self.batch, self.seed = tokenizer, width, batch, seed
        self.run = read_uner(uner)
        self.sets = [(d, [0, 1, 2]) for d in read_uner(uner, tree)] + [(d, [0, 1]) for d in read_re3d(re3d)]
        self.more, self.labels = [(d, [0, 1, 2]) for d in map(read_gum, gum)], labels
        self.pool = name_pool(arabic)

    def steps(self):
        return math.ceil(sum(len(d[0]) / 4.6 for d, _ in self.sets + self.more[::2] + self.labelled()[::2]) / self.width / self.batch * 1.15)

    def labelled(self):
        return [(d, [0, 1, 2]) for d in read_labels(*self.labels)] if os.path.exists(self.labels[0]) else []

    def epoch(self, number):
        """Batches of windows; every second pass reads what is not of the web too."""
        rng, tiles = random.Random(self.seed * 1000 + number), {}
        for k, ((text, spans), kinds) in enumerate(self.sets + (self.more + self.labelled() if number % 2 else [])):
            if k < len(self.run) and rng.random() < .5:
                text, spans = self.run[k]
            if rng.random() < .3:
                text, spans = elsewhere(text, spans, self.pool, rng)
            if rng.random() < .04:
                text = text.lower() if len(text.lower()) == len(text) else text
            a = Article(self.tokenizer, '', text, [])
            for _, b, e in windows(a, rng.randrange(self.width), self.width):
                tiles.setdefault(len(kinds), []).append((a, spans, kinds, b, e))
        batches = []
        for group in tiles.values():
            rng.shuffle(group)
            group.sort(key=lambda t: (t[4] - t[3]) // 40)
            batch, size = [], 0
            for t in group:
                if batch and (len(batch) + 1) * (t[4] - t[3]) > self.width * self.batch:
                    batches.append(batch)
                    batch = []
                batch.append(t)
            batches.append(batch)
        rng.shuffle(batches)
        return batches

    def loss(self, model, batch):
        x, mask = collate([(a, b, e) for a, _, _, b, e in batch])
        h = model.encoder.noise(model.encoder(*x, mask), model.training)
        tiles = [(k, b, e) for k, (_, _, _, b, e) in enumerate(batch)]
        return 5 * tag_loss(model, h, [t[0] for t in batch], [t[1] for t in batch], batch[0][2], tiles)
