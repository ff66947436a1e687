#!/bin/sh
# Draws the labels, renders every picture and writes the catalogue.
#   render.sh                      everything
#   render.sh mug soap             some products
#   SHOTS=front render.sh mug      some pictures
#   PREVIEW=0.25 render.sh mug     small test pictures in build/preview
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
"$python" labels.py
cc -O3 -march=native -ffast-math -fopenmp -shared -fPIC denoise.c -o denoise.so -lm
[ $# -gt 0 ] || set -- mug serum tea notebook candle soap board clock coffee vase enamel cream blanket carafe
for product in "$@"; do
    PYTHONPATH=. nice -n 15 blender -b --factory-startup --python-use-system-env --python-exit-code 1 -P "$product.py"
done
"$python" catalogue.py
