"""A checkpoint from the files that the program embeds, to go on from weights whose training is no longer at hand (--start of
train.py): rounded as they are in the files. restore.py FOLDER OUT.pt"""
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from vectors import FILES, model_of, who_weights


def main():
    folder = Path(sys.argv[1])
    model = model_of(*(load_file(folder / name) for name in FILES))
    if (folder / 'who.safetensors').exists():
        missing = model.load_state_dict(who_weights(load_file(folder / 'who.safetensors'), model), strict=False).missing_keys
        assert not [k for k in missing if k.startswith(('tags.', 'coreference.'))], missing
    torch.save(dict(average={k: v.float() for k, v in model.state_dict().items()}), sys.argv[2])


if __name__ == '__main__':
    main()
