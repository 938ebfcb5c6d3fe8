"""The weights halfway between two checkpoints of one ancestry, averaged element by element (Wortsman et al., "Robust fine-tuning of
zero-shot models", 2022): what the second learnt costs the first's task nothing there. between.py FIRST.pt SECOND.pt OUT.pt [SHARE]

SHARE is the part of the first, .5 if not given. Heads that only the second has are taken as they are; train them anew (heads.py)."""
import sys

import torch


def main():
    first, second = (torch.load(path, weights_only=False, map_location='cpu')['average'] for path in sys.argv[1:3])
    share = float(sys.argv[4]) if len(sys.argv) > 4 else .5
    weights = {k: share * first[k] + (1 - share) * w if k in first else w for k, w in second.items()}
    torch.save(dict(average=weights), sys.argv[3])


if __name__ == '__main__':
    main()
