# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/onnx-exports: fp32 ONNX files of ../resources/backbones as torch's exporter writes them. What is read
from them must be what lies in model.safetensors beside the config. Run: python -P onnx_exports.py
(without -P, tokenizers.py beside it hides the package of that name)."""
import pathlib
import torch
from transformers import AutoModelForSequenceClassification

resources = pathlib.Path(__file__).parent.parent / "resources"
(resources / "onnx-exports").mkdir(exist_ok=True)
for name in ["minilm", "roberta", "electra-projected", "deberta-v3", "modernbert-cls"]:
    model = AutoModelForSequenceClassification.from_pretrained(
        resources / "backbones" / name, attn_implementation="eager", dtype=torch.float32
    ).eval()
    forward = model.forward
    model.forward = lambda ids, mask: forward(input_ids=ids, attention_mask=mask).logits
    inputs = ["input_ids", "attention_mask"]
    torch.onnx.export(
        model,
        tuple(torch.ones(2, 7, dtype=torch.long) for _ in inputs),
        str(resources / "onnx-exports" / f"{name}.onnx"),
        input_names=inputs,
        output_names=["logits"],
        dynamic_axes={each: {0: "batch", 1: "length"} for each in inputs} | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
