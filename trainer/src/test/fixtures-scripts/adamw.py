# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/optimisation/adamw.json: 20 steps of torch's AdamW on a small regression, with the
schedule of transformers' get_linear_schedule_with_warmup and clip_grad_norm_. Run: python adamw.py"""
import json, pathlib
import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float32)
x, y = torch.randn(16, 3), torch.randn(16, 1)
weight = torch.nn.Parameter(torch.randn(1, 3))
bias = torch.nn.Parameter(torch.randn(1))
start = {"dense.weight": weight.tolist(), "dense.bias": bias.tolist()}
lr, warmup, steps, decay, clip = 0.05, 4, 20, 0.1, 1.5
optimizer = torch.optim.AdamW(
    [{"params": [weight], "weight_decay": decay}, {"params": [bias], "weight_decay": 0.0}], lr=lr, foreach=False)
factor = lambda s: s / warmup if s < warmup else max(0.0, (steps - s) / max(1, steps - warmup))
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
trace = []
for _ in range(steps):
    optimizer.zero_grad()
    loss = (torch.nn.functional.linear(x, weight, bias) - y).square().mean()
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_([weight, bias], clip)
    rate = scheduler.get_last_lr()[0]
    optimizer.step()
    scheduler.step()
    trace.append({"loss": loss.item(), "norm": norm.item(), "rate": rate,
                  "weight": weight.flatten().tolist(), "bias": bias.tolist()})
out = {"torch": torch.__version__, "x": x.flatten().tolist(), "y": y.flatten().tolist(), "weight": weight.numel(),
       "start_weight": sum(start["dense.weight"], []), "start_bias": start["dense.bias"],
       "learning_rate": lr, "warmup": warmup, "steps": steps, "weight_decay": decay, "clip": clip, "trace": trace}
del out["weight"]
path = pathlib.Path(__file__).parent.parent / "resources/optimisation/adamw.json"
path.write_text(json.dumps(out) + "\n")
