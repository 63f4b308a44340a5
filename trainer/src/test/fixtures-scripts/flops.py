# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/benchmark/flops.json: the floating-point operations that torch's FlopCounterMode counts in
transformers' models of the shapes of ../resources/backbones, with all their layers and with one fewer, forward and
backward, for 4 pairs of 96 tokens. Run: python -P flops.py"""
import json, pathlib
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import AutoConfig, AutoModelForSequenceClassification

pairs, tokens = 4, 96
resources = pathlib.Path(__file__).parent.parent / "resources"


def operations(folder, fewer):
    config = AutoConfig.from_pretrained(folder)
    config.num_hidden_layers -= fewer
    if getattr(config, "layer_types", None):
        config.layer_types = config.layer_types[: config.num_hidden_layers]
    config._attn_implementation = "eager"
    model = AutoModelForSequenceClassification.from_config(config, attn_implementation="eager").train()
    ids = torch.randint(5, config.vocab_size, (pairs, tokens))
    with FlopCounterMode(display=False) as forward:
        logits = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
    with FlopCounterMode(display=False) as backward:
        logits.sum().backward()
    return {"forward": forward.get_total_flops(), "backward": backward.get_total_flops()}


models = {
    folder.name: {"all": operations(folder, 0), "fewer": operations(folder, 1)}
    for folder in sorted((resources / "backbones").iterdir())
}
(resources / "benchmark").mkdir(exist_ok=True)
text = json.dumps({"torch": torch.__version__, "pairs": pairs, "tokens": tokens, "models": models}, indent=1)
(resources / "benchmark/flops.json").write_text(text + "\n")
