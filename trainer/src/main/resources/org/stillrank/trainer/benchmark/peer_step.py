# SPDX-License-Identifier: Apache-2.0
"""The training step of StepBenchmark with torch and transformers, on the model that a sentence-transformers
CrossEncoder wraps, of the shape that the folder's config.json has. Does a step for each line on stdin and prints the
seconds of forward, backward, optimiser, and all of it."""
import sys
import time

import torch
import transformers

folder, pairs, tokens, threads = sys.argv[1], *(int(argument) for argument in sys.argv[2:5])
bfloat16 = sys.argv[5] == "BFLOAT16"
device = sys.argv[6]
torch.set_num_threads(threads)
torch.manual_seed(1)
config = transformers.AutoConfig.from_pretrained(folder)
model = transformers.AutoModelForSequenceClassification.from_config(config).float().to(device).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=0.01)
inputs = {"input_ids": torch.randint(2, config.vocab_size, (pairs, tokens))}
inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
if getattr(config, "type_vocab_size", 0) > 1:
    inputs["token_type_ids"] = (torch.arange(tokens) >= tokens // 8).long().expand(pairs, tokens).contiguous()
positives = torch.zeros(pairs // 8, dtype=torch.long)

def finished():
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


if device == "cuda":
    torch.backends.cuda.matmul.allow_tf32 = True
inputs = {name: tensor.to(device) for name, tensor in inputs.items()}
positives = positives.to(device)
print(f"torch {torch.__version__}, transformers {transformers.__version__}", flush=True)
for _ in sys.stdin:
    start = finished()
    with torch.autocast(device, dtype=torch.bfloat16, enabled=bfloat16):
        logits = model(**inputs).logits
    loss = torch.nn.functional.cross_entropy(logits.float().view(-1, 8), positives)
    forwarded = finished()
    loss.backward()
    backed = finished()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    optimised = finished()
    del logits, loss
    print(forwarded - start, backed - forwarded, optimised - backed, finished() - start, flush=True)
