# SPDX-License-Identifier: Apache-2.0
"""What TF32 costs: transformers' logits of ../resources/backbones with the factors of every product of matrices rounded
to 10 bits of mantissa, as a GPU's TF32 units round them, against the same without rounding. The tolerance of
Quantity.LOGITS on cuda rests on the largest difference it prints. transformers 5.17, torch 2.13. Run: python tf32.py"""
import json, pathlib, sys
here = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != here]  # a file beside is named like a library
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import AutoModelForSequenceClassification

PRODUCTS = {torch.ops.aten.mm, torch.ops.aten.addmm, torch.ops.aten.bmm, torch.ops.aten.baddbmm}


def rounded(value):
    if not isinstance(value, torch.Tensor) or value.dtype != torch.float32:
        return value
    bits = value.contiguous().view(torch.int32)
    return ((bits + 0xFFF + ((bits >> 13) & 1)) & ~0x1FFF).view(torch.float32)  # to nearest, ties to even


class Tf32(TorchDispatchMode):
    count = 0

    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        if function.overloadpacket in PRODUCTS:
            self.count += 1
            factors = slice(len(arguments) - 2, None)  # addmm and baddbmm have the summand first
            arguments = list(arguments)
            arguments[factors] = [rounded(each) for each in arguments[factors]]
        return function(*arguments, **(options or {}))


largest = 0
for folder in sorted((here.parent / "resources/backbones").iterdir()):
    expected = json.loads((folder / "expected.json").read_text())
    model = AutoModelForSequenceClassification.from_pretrained(folder, attn_implementation="eager").eval()
    worst = 0
    for i, ids in enumerate(expected["input_ids"]):
        inputs = {"input_ids": torch.tensor([ids])}
        if expected["token_type_ids"] is not None:
            inputs["token_type_ids"] = torch.tensor([expected["token_type_ids"][i]])
        with torch.no_grad():
            exact = model(**inputs).logits.item()
            with Tf32() as mode:
                rough = model(**inputs).logits.item()
        assert abs(exact - expected["logits_one_by_one"][i]) < 1e-5 and mode.count > 10, (folder, mode.count)
        worst = max(worst, abs(rough - exact))
    print(f"{folder.name:20} {worst:.1e} over {mode.count} products")
    largest = max(largest, worst)
print(f"largest {largest:.1e}")
