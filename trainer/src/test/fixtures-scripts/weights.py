# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/weights: small weight files as torch and safetensors themselves write them, and expected.json, the
shape and values that torch reads from them. The malicious ones ask for os.system, and must never be opened by
torch.load without weights_only. Run: python weights.py"""
import collections, json, os, pathlib
import safetensors.torch, torch

torch.manual_seed(0)
root = pathlib.Path(__file__).parent.parent / "resources/weights"
root.mkdir(parents=True, exist_ok=True)


def zipped(value, name):
    (root / name).parent.mkdir(exist_ok=True)
    torch.save(value, root / name)


def legacy(value, name):
    torch.save(value, root / name, _use_new_zipfile_serialization=False)


base = torch.randn(24)
table = torch.randn(3, 4)
layer = torch.nn.Linear(3, 2)
tensors = collections.OrderedDict(
    plain=torch.randn(2, 3),
    transposed=table.t(),
    permuted=torch.randn(2, 3, 4).permute(2, 0, 1),
    rows=base.view(6, 4)[2:4],
    columns=base.view(6, 4)[:, 1:3],
    every_second=base[1::2],
    table=table,
    table_again=table,
    half=torch.randn(5).half(),
    half_view=torch.randn(4, 3).half().t()[1:],
    brain=torch.randn(5).bfloat16(),
    double=torch.randn(3).double(),
    parameter=torch.nn.Parameter(torch.randn(2, 2)),
    scalar=torch.tensor(2.5),
    empty=torch.zeros(0, 3),
)
expected = {name: {"shape": list(t.shape), "values": t.detach().float().flatten().tolist()} for name, t in tensors.items()}
tensors["embeddings.position_ids"] = torch.arange(8)[None]
zipped(tensors, "zip.bin")
legacy(tensors, "legacy.bin")

state = layer.state_dict()  # an OrderedDict with the attribute _metadata
zipped(state, "state-dict.bin")
nested = collections.OrderedDict(encoder=collections.OrderedDict(state), head={"scale": torch.tensor([3.0])})
zipped(nested, "nested.bin")
zipped({"weight": torch.ones(2), "steps": torch.tensor([3])}, "integer.bin")
zipped({"weight": torch.ones(2), "epoch": 3}, "number.bin")
zipped({"weight": torch.zeros(1).expand(1_000_000_000)}, "expanded.bin")
zipped([torch.ones(2)], "list.bin")
zipped({"weight": torch.ones(2, dtype=torch.complex64)}, "complex.bin")


class Malicious:
    def __reduce__(self):
        return os.system, ("touch stillrank-was-here",)


zipped({"weight": torch.ones(2), "more": Malicious()}, "malicious-zip.bin")
legacy({"weight": torch.ones(2), "more": Malicious()}, "malicious-legacy.bin")

shards = {
    "00001-of-00002": {"a.weight": torch.randn(2, 2).half(), "a.bias": torch.randn(2)},
    "00002-of-00002": {"b.weight": torch.randn(2, 2).bfloat16(), "embeddings.position_ids": torch.arange(4)},
}
for stem, ending, save in (
    ("model", "safetensors", lambda value, path: safetensors.torch.save_file(value, path, metadata={"format": "pt"})),
    ("pytorch_model", "bin", torch.save),
):
    folder = root / f"{stem}-shards"
    folder.mkdir(exist_ok=True)
    names = {}
    for number, shard in shards.items():
        file = f"{stem}-{number}.{ending}"
        save(shard, folder / file)
        names.update({name: file for name in shard})
    index = {"metadata": {"total_size": 60}, "weight_map": names}
    (folder / f"{stem}.{ending}.index.json").write_text(json.dumps(index, indent=1) + "\n")
sharded = {name: {"shape": list(t.shape), "values": t.float().flatten().tolist()}
           for shard in shards.values() for name, t in shard.items() if t.is_floating_point()}

layered = {f"encoder.{name}": {"shape": list(t.shape), "values": t.flatten().tolist()} for name, t in state.items()}
layered["head.scale"] = {"shape": [1], "values": [3.0]}
(root / "expected.json").write_text(
    json.dumps({"torch": torch.__version__, "tensors": expected, "nested": layered, "sharded": sharded}) + "\n")
