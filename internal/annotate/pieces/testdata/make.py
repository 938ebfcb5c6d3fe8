"""Makes vectors.jsonl.gz and classes.txt: what train/features.py and Python's str methods say of invented texts and of
every code point. Run in this folder: python make.py"""
import gzip
import json
import os
import random
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, *['..'] * 4, 'train'))
from features import features  # noqa: E402

TEXTS = '''“We will stay,” Amal Dervish said. “Don’t ask me ‘when’.”
"We'll stay," she said, "until the '90s are back." He's 6'2" tall.
‘The groups’ plan isn’t ours,’ Rowan Pike said. ‘[We] go.’
„Wir bleiben“, sagte sie. «Nous restons», dit-il. ‟Odd” marks.
PORT HALDEN (HNS) — iPhone sales rose 3.5% to $2bn in Q4; No. 10 and the U.N. agreed.
Isma‘il Qadri of Asa’ib al-Nahr told Halden24: ‘“No,” I said.’
'[He] goes' and '$5' and '…so' and ' not' .'nor this'
ǅungla ª º Ⅻ ⅷ ½ ² ٣٤ 十二 ﬁn ß ẞ 𝐀𝐛 é É İstanbul'''.split('\n')
ODD = ['“', '”', '"', "'", '’', '‘', '„', '‟', '«', '»', '\n', '\n\n', '\n \n', ' ', '\x1d', '\u00a0', '\u2009', '[', '…', '$', '.', 'a', 'B', '7', 'é', 'İ', 'ǅ', '½', '\u0301', '中', '𝐀']


def cut(text, rng):
    """Pieces like a tokenizer's: at most a few letters each, marks alone, white space in none."""
    spans = []
    for m in re.finditer(r'\w+|[^\w\s]', text):
        at = m.start()
        while at < m.end():
            end = min(m.end(), at + rng.randint(1, 6))
            spans.append((at, end))
            if rng.random() < .02:
                spans.append((at, end))
            at = end
    return spans


def texts(rng):
    yield ''
    yield from TEXTS
    yield '\n\n'.join(TEXTS)
    for _ in range(500):
        words = ' '.join(rng.sample(TEXTS, 2)).split(' ')
        at = rng.randrange(len(words))
        words = words[at:at + 24]
        for _ in range(rng.randint(0, 12)):
            k = rng.randrange(len(words))
            w = words[k]
            p = rng.randint(0, len(w))
            words[k] = w[:p] + rng.choice(ODD) + w[p:]
        yield ' '.join(words)
    for _ in range(300):
        yield ''.join(rng.choice(ODD) for _ in range(rng.randint(1, 40)))


def classes(c):
    if unicodedata.category(c) in ('Cn', 'Cs'):
        return '?'
    # A letter and a number count as one: the shape of a word asks for numbers only where it has no letter.
    return (('a' if c.isalpha() else 'n' if c.isnumeric() else '') + ('l' if c.islower() else '') + ('u' if c.isupper() else '')
            + ('t' if c.istitle() and not c.isupper() else '') + ('s' if c.isspace() else '')) or '-'


rng = random.Random(1)
with open(os.path.join(HERE, 'vectors.jsonl.gz'), 'wb') as raw, gzip.GzipFile(fileobj=raw, mode='wb', mtime=0, filename='') as f:
    for text in texts(rng):
        spans = cut(text, rng)
        shape, quote, paragraph = features(text, spans)
        row = dict(text=text, spans=spans, shape=shape, quote=list(map(int, quote)), paragraph=paragraph)
        f.write((json.dumps(row) + '\n').encode())
with open(os.path.join(HERE, 'classes.txt'), 'w') as f:
    before = None
    for n in range(0x110000):
        now = classes(chr(n))
        if now != before:
            f.write(f'{n:x} {now}\n')
        before = now
