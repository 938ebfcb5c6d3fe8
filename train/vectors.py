"""Writes what internal/neural/encoder is checked against.

    python train/vectors.py          a small model with random weights, and what it gives (committed)
    python train/vectors.py models   what the model in that folder gives on its own weights

The weights are rounded as they are in the files (int8 rows, fp16), read back from the files, and run
in float64, so that the only difference left is the arithmetic of the program.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from model import Model

HERE = Path(__file__).resolve().parent.parent / "internal/neural/encoder/testdata"
TINY = dict(vocabulary=200, positions=64, width=64, layers=2, heads=2, inner=128)


# The linear layers and normalisations of the heads: name in the file, name in the model.
START = [("start.0", "start.0"), ("start.1", "start.2")]
TAGGER = [("piece", "piece"), ("cue_sum", "cue_sum"), ("cue_product", "cue_product"), ("conv1", "conv1"), ("conv2", "conv2"),
          ("out", "out")]


def taps_last_to_first(w):
    """[out, in, tap] as torch keeps a convolution -> [out, tap * in] as the file does."""
    return w.transpose(1, 2).flatten(1) if w.dim() == 3 else w


def put_linear(out, name, weight, bias, int8):
    weight = taps_last_to_first(weight).float()
    if int8:
        scale = weight.abs().amax(1) / 127
        out[name + ".weight"] = (weight / scale[:, None]).round().to(torch.int8).numpy()
        out[name + ".scale"] = scale.numpy()
    else:
        out[name + ".weight"] = weight.half().numpy()
    out[name + ".bias"] = bias.float().numpy()


def files(model):
    """The tensors of the two files, as the program reads them."""
    e, h = {}, {}
    state = {k: v.detach() for k, v in model.state_dict().items()}
    word = state["encoder.word.weight"]
    scale = word.abs().amax(1) / 127
    e["word"], e["word.scale"] = (word / scale[:, None]).round().to(torch.int8).numpy(), scale.numpy()
    for name in ("position", "shape", "quote", "paragraph"):
        e[name] = state[f"encoder.{name}.weight"].half().numpy()
    norms = [("embed_norm", "encoder.norm")]
    for i in range(len(model.encoder.layers)):
        norms += [(f"layer.{i}.{n}", f"encoder.layers.{i}.{n}") for n in ("norm1", "norm2")]
        for part in ("qkv", "out", "up", "down"):
            at = f"encoder.layers.{i}.{part}."
            put_linear(e, f"layer.{i}.{part}", state[at + "weight"], state[at + "bias"], int8=True)
    for name, at in norms:
        e[name + ".weight"], e[name + ".bias"] = state[at + ".weight"].numpy(), state[at + ".bias"].numpy()
    for name, at in START + TAGGER:
        put_linear(h, name, state[f"attribution.{at}.weight"], state[f"attribution.{at}.bias"], int8=name.startswith("conv"))
    h["distance"] = state["attribution.distance.weight"].half().numpy()
    h["tag_norm.weight"], h["tag_norm.bias"] = (state["attribution.norm." + x].numpy() for x in ("weight", "bias"))
    return e, h


def model_of(e, h):
    """The model in float64 that two files hold."""
    layers = sum(k.endswith(".qkv.weight") for k in e)
    width = e["word"].shape[1]
    model = Model(rate=0, vocabulary=e["word"].shape[0], positions=e["position"].shape[0], width=width, layers=layers,
                  heads=width // 32, inner=e["layer.0.up.weight"].shape[0]).double().eval()
    state = {}

    def rows(tensors, name, scale):
        w = torch.from_numpy(tensors[name].astype(np.float64))
        return w * torch.from_numpy(tensors[scale].astype(np.float64))[:, None] if scale in tensors else w

    def linear(tensors, name, at):
        w = rows(tensors, name + ".weight", name + ".scale")
        like = model.state_dict()[at + ".weight"]
        if like.dim() == 3:
            w = w.view(like.shape[0], like.shape[2], like.shape[1]).transpose(1, 2)
        state[at + ".weight"], state[at + ".bias"] = w, torch.from_numpy(tensors[name + ".bias"].astype(np.float64))

    state["encoder.word.weight"] = rows(e, "word", "word.scale")
    for name in ("position", "shape", "quote", "paragraph"):
        state[f"encoder.{name}.weight"] = rows(e, name, "")
    linear(e, "embed_norm", "encoder.norm")
    for i in range(layers):
        for part in ("qkv", "out", "up", "down", "norm1", "norm2"):
            linear(e, f"layer.{i}.{part}", f"encoder.layers.{i}.{part}")
    for name, at in START + TAGGER:
        linear(h, name, "attribution." + at)
    linear(h, "tag_norm", "attribution.norm")
    state["attribution.distance.weight"] = rows(h, "distance", "")
    missing = model.load_state_dict(state, strict=False).missing_keys
    assert not [k for k in missing if k.startswith(("encoder.", "attribution."))], missing
    return model


def tiny():
    """Random weights of about the size of trained ones."""
    torch.manual_seed(20310)
    model = Model(rate=0, **TINY)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name:
                p.normal_(1 if name.endswith("weight") else 0, .2)
            elif name.endswith("bias"):
                p.normal_(0, .1)
            else:
                p.normal_(0, 1.5 * p[0].numel() ** -.5)
    return model


def run(model, windows):
    """What the model gives for windows of (ids, shape, quote, paragraph, cues)."""
    out = []
    for ids, shape, quote, paragraph, cues in windows:
        x = [torch.tensor([[a, *v, b]]) for v, a, b in ((ids, 101, 102), (shape, 0, 0), (quote, 0, 0), (paragraph, 0, 0))]
        mask = torch.ones_like(x[0], dtype=torch.bool)
        with torch.no_grad():
            h = model.encoder(*x, mask)
            starts = model.attribution.starts(h)[0, 1:-1]
            tags = [model.attribution.tags(h, torch.tensor([0]), torch.tensor([c + 1]), mask)[0, 1:-1].flatten() for c in cues]
        out.append({
            "ids": ids, "shape": shape, "quote": quote, "paragraph": paragraph, "cues": cues,
            "encoded": numbers(h[0].flatten()), "starts": numbers(starts), "tags": [numbers(t) for t in tags]})
    return out


def numbers(t):
    return [float(f"{v:.8g}") for v in t.tolist()]


def random_windows(model, lengths, seed):
    r = np.random.default_rng(seed)
    e = model.encoder
    for n in lengths:
        features = [r.integers(0, table.num_embeddings, n).tolist() for table in (e.word, e.shape, e.quote, e.paragraph)]
        yield *features, sorted({0, n - 1, *r.integers(0, n, 2).tolist()}) if n else []


def write(name, windows):
    text = ",\n".join(json.dumps(w, separators=(",", ":")) for w in windows)
    (HERE / name).write_text(f"[\n{text}\n]\n")


def main(folder=None):
    torch.set_num_threads(1)
    if folder is None:
        e, h = files(tiny())
        save_file(e, HERE / "tiny-encoder.safetensors")
        save_file(h, HERE / "tiny-heads.safetensors")
        model = model_of(load_file(HERE / "tiny-encoder.safetensors"), load_file(HERE / "tiny-heads.safetensors"))
        write("tiny.json", run(model, random_windows(model, (0, 1, 17, 62), 7)))
        return
    model = model_of(*(load_file(Path(folder) / name) for name in ("encoder.safetensors", "heads.safetensors")))
    write("model.json", run(model, random_windows(model, (3, 40), 7)))


if __name__ == "__main__":
    main(*sys.argv[1:])
