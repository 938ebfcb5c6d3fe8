"""Reads articles with attribution relations in brat standoff (the layout of PolNeAR) and turns them into word pieces."""
import glob
import os
import re

import numpy as np

from features import features

ROLES = ('source', 'cue', 'content')

# A talk that is only named, not reported, is no statement.
ONLY_NAMED = re.compile(r"\b(spoke|speaks?|spoken|speaking|talk(s|ed|ing)?)\b", re.I)


def read_standoff(path):
    """Relations of one .ann file: dicts of role -> list of (start, end) in code points."""
    spans, relations = {}, []
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if re.match(r'T\d+\t', line):
            mark, rest = line.split('\t')[:2]
            spans[mark] = [tuple(map(int, s.split())) for s in rest.split(' ', 1)[1].split(';')]
        elif re.match(r'E\d+\t', line):
            relation = {r: [] for r in ROLES}
            for argument in line.split('\t', 1)[1].split():
                role, mark = argument.split(':')
                role = re.sub(r'\d+$', '', role).lower()
                if role in relation and mark in spans:
                    relation[role] += spans[mark]
            relations.append(relation)
    return relations


def load(folder):
    """List of (stem, text, relations); of several annotators the first."""
    articles = []
    for path in sorted(glob.glob(folder + '/text/*.txt')):
        stem = os.path.basename(path)[:-4]
        text = open(path, encoding='utf8', newline='').read()
        standoff = sorted(glob.glob(folder + '/attributions/' + glob.escape(stem) + '_*.ann'))
        articles.append((stem, text, read_standoff(standoff[0]) if standoff else []))
    return articles


def speech_only(text, relations):
    """Drops relations whose cue only names a talk ("spoke about the budget") and that quote nothing."""
    kept = []
    for r in relations:
        cue = ' '.join(text[b:e] for b, e in r['cue'])
        content = ' '.join(text[b:e] for b, e in r['content'])
        if ONLY_NAMED.search(cue) and not re.search('[“"‘]', content) and not content.startswith('that '):
            continue
        kept.append(r)
    return kept


class Article:
    """One article as word pieces: ids, offsets, features, and its relations as masks over pieces."""

    def __init__(self, tokenizer, stem, text, relations):
        encoded = tokenizer.encode(text, add_special_tokens=False)
        self.stem, self.text, self.n = stem, text, len(encoded.ids)
        self.ids = np.array(encoded.ids, dtype=np.int64)
        self.offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
        self.first = np.array([not t.startswith('##') for t in encoded.tokens], dtype=bool)
        self.features = np.array(features(text, encoded.offsets), dtype=np.int64).reshape(3, -1)
        self.relations = []
        for r in relations:
            masks = [self._mask(r[role]) for role in ROLES]
            if masks[1].any() and masks[2].any():
                self.relations.append((int(np.argmax(masks[1])), np.stack(masks, -1)))

    def _mask(self, spans):
        mask = np.zeros(self.n, dtype=bool)
        for start, end in spans:
            mask |= (self.offsets[:, 0] < end) & (self.offsets[:, 1] > start)
        return mask


def windows(article, offset, width):
    """Windows (article, start, end) of at most width pieces that tile the article, the first cut short by offset."""
    tiles, start = [], -offset
    while start < article.n:
        begin, end = max(0, start), min(article.n, start + width)
        if end > begin:
            tiles.append((article, begin, end))
        start += width
    return tiles
