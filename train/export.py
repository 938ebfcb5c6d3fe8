"""Writes a checkpoint as the files that the program embeds: encoder.safetensors (weights in int8 rows, one scale a row),
heads.safetensors and who.safetensors (int8 rows or fp16). export.py CHECKPOINT.pt FOLDER [--keep]

The names and shapes are those of internal/neural/encoder."""
import argparse

import torch
from safetensors.torch import save_file


def rows(w, limit=127):
    """Rows of a [n, k] matrix in whole numbers up to limit, and their scales [n]: symmetric, the scale of each row that loses
    least (in squares) of those that cut off up to 15 % of the largest weight."""
    top = w.abs().amax(1).clamp(min=1e-8)
    best, scale = torch.full_like(top, float('inf')), top / limit
    for cut in torch.linspace(.85, 1, 16):
        s = top * cut / limit
        loss = ((torch.round(w / s[:, None]).clamp(-limit, limit) * s[:, None] - w) ** 2).sum(1)
        better = loss < best
        best, scale = torch.where(better, loss, best), torch.where(better, s, scale)
    return torch.round(w / scale[:, None]).clamp(-limit, limit).to(torch.int8), scale


def linear(out, name, weight, bias, limit=127):
    out[name + '.weight'], out[name + '.scale'] = rows(weight.float(), limit)
    out[name + '.bias'] = bias.float().contiguous()


# Weights up to 63 let a product of bytes be summed in pairs without overflow, which is a quarter faster on processors with AVX2.
NARROW = 63


def norm(out, name, w, at):
    out[name + '.weight'], out[name + '.bias'] = w[at + '.weight'].float(), w[at + '.bias'].float()


def encoder(w):
    out = {}
    out['word'], out['word.scale'] = rows(w['encoder.word.weight'])
    for name in ('position', 'shape', 'quote', 'paragraph'):
        out[name] = w[f'encoder.{name}.weight'].half()
    norm(out, 'embed_norm', w, 'encoder.norm')
    i = 0
    while f'encoder.layers.{i}.qkv.weight' in w:
        for part in ('qkv', 'out', 'up', 'down'):
            at = f'encoder.layers.{i}.{part}'
            linear(out, f'layer.{i}.{part}', w[at + '.weight'], w[at + '.bias'], NARROW)
        for part in ('norm1', 'norm2'):
            norm(out, f'layer.{i}.{part}', w, f'encoder.layers.{i}.{part}')
        i += 1
    return out


def heads(w):
    out, at = {}, 'attribution.'
    for name, source in (('start.0', 'start.0'), ('start.1', 'start.2'), ('piece', 'piece'), ('cue_sum', 'cue_sum'),
                         ('cue_product', 'cue_product'), ('out', 'out')):
        linear(out, name, w[f'{at}{source}.weight'], w[f'{at}{source}.bias'])
    out['distance'] = w[at + 'distance.weight'].half()
    norm(out, 'tag_norm', w, at + 'norm')
    for name in ('conv1', 'conv2'):
        weight = w[f'{at}{name}.weight']  # [out, in, tap] -> [out, tap * in]
        linear(out, name, weight.permute(0, 2, 1).reshape(weight.shape[0], -1), w[f'{at}{name}.bias'])
    return out


def who(w):
    """Heads on names, mentions and who is who."""
    out = {}
    for name, source in (('tags.0', 'tags.hidden'), ('tags.1', 'tags.out')):
        linear(out, name, w[source + '.weight'], w[source + '.bias'])
    for name in ('first', 'last', 'later', 'earlier', 'both', 'score', 'none'):
        at = 'coreference.' + name
        weight = w[at + '.weight']
        linear(out, at, weight, w.get(at + '.bias', torch.zeros(len(weight))))
    for name in ('form', 'distance', 'match', 'quotes'):
        out['coreference.' + name] = w[f'coreference.{name}.weight'].half()
    return out


def rounded(w):
    """The weights as the program will have them, under the names of the checkpoint, to score the loss of rounding."""
    w, files = dict(w), {**encoder(w), **heads(w)}
    for name, q in files.items():
        if q.dtype != torch.int8:
            continue
        value = q.float() * files[(name[:-7] if name.endswith('.weight') else name) + '.scale'][:, None]
        if name == 'word':
            w['encoder.word.weight'] = value
        elif name.startswith('layer.'):
            w['encoder.layers.' + name[6:]] = value
        elif name.startswith('conv'):
            o, k = value.shape
            w['attribution.' + name] = value.view(o, 5, k // 5).permute(0, 2, 1).contiguous()
        else:
            w['attribution.' + name.replace('start.1', 'start.2')] = value
    for name in ('position', 'shape', 'quote', 'paragraph'):
        w[f'encoder.{name}.weight'] = files[name].float()
    w['attribution.distance.weight'] = files['distance'].float()
    return w


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('checkpoint')
    p.add_argument('folder')
    o = p.parse_args()
    w = torch.load(o.checkpoint, weights_only=False, map_location='cpu')['average']
    contiguous = lambda d: {k: v.contiguous() for k, v in d.items()}
    save_file(contiguous(encoder(w)), o.folder + '/encoder.safetensors')
    save_file(contiguous(heads(w)), o.folder + '/heads.safetensors')
    if 'tags.out.weight' in w:
        save_file(contiguous(who(w)), o.folder + '/who.safetensors')


if __name__ == '__main__':
    main()
