"""Makes what statements of different articles are compared by (internal/relate/utterances).
utterances.py frequency DATA FILE: how rare words are, from the texts of PolNeAR train and the trees of UD-EWT and GUM; see frequency.go"""
import glob
import math
import sys
import unicodedata

CLITIC = {'he', 'she', 'it', 'that', 'there', 'what', 'who', 'here', 'let', 'where', 'how'}
SIZE = 1 << 15


def fold(word):
    """A form as fold of words.go has it, near enough to count by."""
    word = unicodedata.normalize('NFKD', word.replace('’', "'")).lower()
    if word.endswith("'s") and word[:-2] not in CLITIC:
        word = word[:-2]
    return ''.join(c for c in word if c.isalnum() or c == '.').strip('.')


def fnv(s):
    h = 2166136261
    for c in s.encode():
        h = (h ^ c) * 16777619 & 0xffffffff
    return h


def words(data):
    for path in sorted(glob.glob(f'{data}/polnear/train/text/*.txt')):
        for w in open(path, encoding='utf8').read().split():
            yield from w.replace('—', ' ').replace('-', ' ').strip('.,;:!?"“”‘()[]').split()
    for path in sorted(glob.glob(f'{data}/ud-ewt/*train*.conllu') + glob.glob(f'{data}/gum/dep/*.conllu')):
        for line in open(path, encoding='utf8'):
            cells = line.split('\t')
            if len(cells) > 4 and cells[0].isdigit():
                yield cells[1]


def frequency(data, path):
    count = [0] * SIZE
    for w in words(data):
        if f := fold(w):
            count[fnv(f) % SIZE] += 1
    most = max(count)
    open(path, 'wb').write(bytes(min(255, round(8 * math.log2((most + .5) / (c + .5)))) for c in count))


if __name__ == '__main__':
    globals()[sys.argv[1]](*sys.argv[2:])
