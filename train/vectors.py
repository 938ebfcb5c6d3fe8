"""Writes what internal/neural/encoder and internal/neural/heads are checked against, into their testdata.

    vectors.py            a small model with random weights, as files, and what it gives
    vectors.py who        likewise of the heads on names and mentions alone
    vectors.py FOLDER     what the model gives whose files lie in that folder (models), the heads on names and mentions too

The weights are rounded as in the files, read back from them and run in float64, so that the only
difference left is the arithmetic of the program."""
import hashlib
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

import export
from features import features
from model import Model

TESTDATA = Path(__file__).resolve().parent.parent / 'internal/neural/encoder/testdata'
FILES = 'encoder.safetensors', 'heads.safetensors'
WHO = TESTDATA.parents[1] / 'heads/testdata'

# Names in the files that the model has others for.
HEADS = {'start.0': 'start.0', 'start.1': 'start.2', 'piece': 'piece', 'cue_sum': 'cue_sum', 'cue_product': 'cue_product',
         'conv1': 'conv1', 'conv2': 'conv2', 'out': 'out', 'tag_norm': 'norm'}

TEXT = """Ferry to stay in port, commission says

The Harbour Commission said on Tuesday that the ferry between Westmarch and Port Ellery would not run again this year.
“We have no money for a second boat,” said Ilse Brandvold, who leads the commission. “And we won’t borrow it.”

Residents of the islands were angry. According to the Westmarch Courier, two hundred of them wrote to the minister of
rivers, Amara Okonjo-Vale, asking her to step in. She told reporters she had read “every single letter” and insisted
that nobody would be cut off. "There will be a boat," she wrote later. "I don't know whose."

The commission, which denied in March that it was short of money, did not comment. Its treasurer, Zoltán Haldórsson,
is understood to believe that fares will have to double: 'It's that or nothing', he was quoted as saying.
"""


def random_weights(shape=dict(vocabulary=200, positions=64, width=64, layers=2, heads=2, inner=128)):
    """A small model's weights, random and about as large as trained ones."""
    torch.manual_seed(20310)
    w = Model(rate=0, **shape).state_dict()
    for name, value in w.items():
        if 'norm' in name:
            value.normal_(float(name.endswith('weight')), .2)
        elif name.endswith('bias'):
            value.normal_(0, .1)
        else:
            value.normal_(0, 1.5 * value[0].numel() ** -.5)
    return w


def tiny():
    """The two files of a model with random weights; some heads are kept in fp16."""
    w = random_weights()
    e, h = export.encoder(w), export.heads(w)
    for name, source in (('start.1', 'start.2'), ('piece', 'piece'), ('out', 'out')):
        h[name + '.weight'] = w[f'attribution.{source}.weight'].half()
        del h[name + '.scale']
    return e, h


def model_of(e, h):
    """The model, in float64, that two files hold."""
    vocabulary, width = e['word'].shape
    layers = sum(name.endswith('.qkv.weight') for name in e)
    model = Model(rate=0, vocabulary=vocabulary, positions=len(e['position']), width=width, layers=layers, heads=width // 32,
                  inner=len(e['layer.0.up.weight'])).double().eval()
    w = {}

    def value(file, name, scale):
        v = file[name].double()
        return v * file[scale].double()[:, None] if scale in file else v

    def take(file, name, to):
        v, like = value(file, name + '.weight', name + '.scale'), model.get_parameter(to + '.weight')
        if like.dim() == 3:  # [out, tap * in] -> [out, in, tap]
            v = v.view(like.shape[0], like.shape[2], like.shape[1]).transpose(1, 2)
        w[to + '.weight'], w[to + '.bias'] = v, file[name + '.bias'].double()

    w['encoder.word.weight'] = value(e, 'word', 'word.scale')
    for name in ('position', 'shape', 'quote', 'paragraph'):
        w[f'encoder.{name}.weight'] = e[name].double()
    take(e, 'embed_norm', 'encoder.norm')
    for i in range(layers):
        for part in ('qkv', 'out', 'up', 'down', 'norm1', 'norm2'):
            take(e, f'layer.{i}.{part}', f'encoder.layers.{i}.{part}')
    for name, to in HEADS.items():
        take(h, name, 'attribution.' + to)
    w['attribution.distance.weight'] = h['distance'].double()
    missing = [k for k in model.load_state_dict(w, strict=False).missing_keys if k.startswith(('encoder.', 'attribution.'))]
    assert not missing, missing
    return model


def run(model, window, cues, every=1):
    """What the model gives for one window, lists of ids, shapes, quotes, paragraphs, and cues at those pieces of it; of the
    encoder's rows each of that number."""
    bounds = (101, 102), (0, 0), (0, 0), (0, 0)
    x = [torch.tensor([[a, *values, b]]) for values, (a, b) in zip(window, bounds)]
    mask = torch.ones_like(x[0], dtype=torch.bool)
    with torch.no_grad():
        h = model.encoder(*x, mask)
        starts = model.attribution.starts(h)[0, 1:-1]
        tags = [model.attribution.tags(h, torch.tensor([0]), torch.tensor([c + 1]), mask)[0, 1:-1] for c in cues]
    ids, shape, quote, paragraph = window
    return {'ids': ids, 'shape': shape, 'quote': quote, 'paragraph': paragraph, 'cues': cues, 'every': every,
            'encoded': numbers(h[0, ::every]), 'starts': numbers(starts), 'tags': [numbers(t) for t in tags]}


def numbers(t):
    return [float(f'{v:.7g}') for v in t.flatten().tolist()]


def random_window(model, n):
    e = model.encoder
    return [torch.randint(0, table.num_embeddings, (n,)).tolist() for table in (e.word, e.shape, e.quote, e.paragraph)]


def text_window():
    from wordpiece import reference
    pieces = reference().encode(TEXT, add_special_tokens=False)
    return [pieces.ids, *features(TEXT, pieces.offsets)], pieces.tokens


def tiny_who():
    """The file of the heads on names and mentions, with random weights; one matrix is kept in fp16, one has no bias."""
    w = random_weights()
    out = export.who(w)
    out['tags.1.weight'] = w['tags.out.weight'].half()
    del out['tags.1.scale'], out['coreference.both.bias']
    return out


def who_weights(file, model):
    """The weights of the heads on names and mentions under the names that the model has for them."""
    names = {'tags.0': 'tags.hidden', 'tags.1': 'tags.out'}
    w, known = {}, model.state_dict()
    for name, value in file.items():
        module, _, part = name.rpartition('.')
        if name + '.weight' in known:  # a table
            w[name + '.weight'] = value.double()
        elif part == 'weight':
            scale = file.get(module + '.scale')
            w[names.get(module, module) + '.weight'] = value.double() if scale is None else value.double() * scale.double()[:, None]
        elif part == 'bias' and names.get(module, module) + '.bias' in known:
            w[names.get(module, module) + '.bias'] = value.double()
    return w


def run_who(file, n):
    """What the heads in a file give for n vectors of whole numbers, each row with its scale, and for mentions in them; all later ones
    with all before them."""
    torch.manual_seed(7)
    width = file['tags.0.weight'].shape[1]
    model = Model(rate=0, vocabulary=200, positions=64, width=width, layers=1, heads=2, inner=64).double().eval()
    w = who_weights(file, model)
    missing = [k for k in model.load_state_dict(w, strict=False).missing_keys if k.startswith(('tags.', 'coreference.'))]
    assert not missing, missing
    values, scales = torch.randint(-32767, 32768, (n, width)), (1 + torch.rand(n)) / 16384
    scales = torch.tensor([float(f'{x:.6g}') for x in scales.tolist()])
    h = values.double() * scales.double()[:, None]
    firsts = [i for i in range(n) if i % 4]
    mentions = [(i, firsts[min(firsts.index(i) + i % 3, len(firsts) - 1)], (i // 5) % 4) for i in firsts[::4]]
    quoted = [i // 10 % 2 for i in range(n)]
    first, last, form = (torch.tensor(x) for x in zip(*mentions))
    with torch.no_grad():
        scores = model.tags(h[firsts])
        g = model.coreference.mentions(h[first], h[last], form)
        pairs = [(j, i, (3 * j + i) % 5) for j in range(len(mentions)) for i in range(j)]
        later, earlier, match = (torch.tensor(x) for x in zip(*pairs))
        inside = torch.tensor(quoted)[first]
        antecedents = model.coreference.pairs(g[later], g[earlier], first[later] - first[earlier], match, 2 * inside[later] + inside[earlier])
        none = model.coreference.none(g)
    return {'width': width, 'values': values.flatten().tolist(), 'scales': scales.tolist(), 'firsts': firsts, 'quoted': quoted, 'tags': numbers(scores),
            'mentions': mentions, 'none': numbers(none), 'pairs': [(*p, x) for p, x in zip(pairs, numbers(antecedents))]}


def write_who(name, path, n):
    results = {'weights': hashlib.sha256(path.read_bytes()).hexdigest(), **run_who(load_file(path), n)}
    (WHO / name).write_text(json.dumps(results, separators=(',', ':')) + '\n')


def write(name, files, results):
    """Results, with the hash of the files they are of."""
    sha = hashlib.sha256(b''.join(path.read_bytes() for path in files)).hexdigest()
    rows = ',\n'.join(json.dumps(r, separators=(',', ':')) for r in results)
    (TESTDATA / name).write_text(f'{{"weights":"{sha}","windows":[\n{rows}\n]}}\n')


def main(folder=None):
    torch.set_num_threads(1)
    if folder == 'who':
        path = WHO / 'tiny.safetensors'
        path.parent.mkdir(exist_ok=True)
        save_file({k: v.contiguous() for k, v in tiny_who().items()}, path)
        path.chmod(0o644)
        write_who('tiny.json', path, 60)
        return
    if folder is not None:
        files = [Path(folder) / name for name in FILES]
        model = model_of(*map(load_file, files))
        window, tokens = text_window()
        cues = [i for i, token in enumerate(tokens) if token in ('said', 'according', 'insisted', 'quoted')]
        write('model.json', files, [run(model, window, cues, 20)])
        who = Path(folder) / 'who.safetensors'
        if who.exists() and who.stat().st_size:
            write_who('model.json', who, 20)
        return
    files = [TESTDATA / ('tiny-' + name) for name in FILES]
    for path, tensors in zip(files, tiny()):
        save_file({k: v.contiguous() for k, v in tensors.items()}, path)
        path.chmod(0o644)
    model = model_of(*map(load_file, files))
    torch.manual_seed(7)
    results = [run(model, random_window(model, n), sorted({0, n // 3, n - 1}) if n else []) for n in (0, 1, 17, 62)]
    write('tiny.json', files, results)


if __name__ == '__main__':
    main(*sys.argv[1:])
