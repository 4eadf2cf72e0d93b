#!/usr/bin/env bash
# How long is a recording? An M4A in fragments, as some telephones and recorders write it, has its samples in pieces after
# the head. Two libraries that read a length from the head say 0 seconds of such a file, without a word, though all of its
# sound is there: FFmpeg (in PyAV) writes it and decodes 10 of 10 seconds. Of the same sound in one piece both say 10.
# Seen with the versions below on Python 3.11. Fails once that changes. The site counts the samples of the pieces itself:
# conference/files/sounds.py.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install av==18.0.0 mutagen==1.48.1 tinytag==2.3.2 numpy==2.4.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import av
import mutagen
import numpy
from tinytag import TinyTag

SECONDS, RATE, SAMPLES = 10, 44100, 1024


def write(name, options):
    with av.open(name, "w", format="mp4", options=options) as file:
        stream = file.add_stream("aac", rate=RATE, layout="mono")
        for number in range(SECONDS * RATE // SAMPLES):
            tone = numpy.sin(numpy.arange(number * SAMPLES, (number + 1) * SAMPLES) / 20).astype("float32") / 4
            frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, number * SAMPLES
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def lengths(name):
    with av.open(name) as file:
        decoded = sum(frame.samples for frame in file.decode(audio=0)) / RATE
    return [round(one) for one in (decoded, mutagen.File(name).info.length, TinyTag.get(name).duration or 0)]


write("whole.m4a", {})
write("pieces.m4a", {"movflags": "frag_keyframe+empty_moov", "frag_duration": "1000000"})
found = {name: lengths(name) for name in ("whole.m4a", "pieces.m4a")}
for name, (decoded, by_mutagen, by_tinytag) in found.items():
    print(f"{name}: decoded {decoded} s, mutagen {by_mutagen} s, tinytag {by_tinytag} s")
sys.exit(found != {"whole.m4a": [SECONDS] * 3, "pieces.m4a": [SECONDS, 0, 0]})
PYTHON
