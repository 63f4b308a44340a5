# SPDX-License-Identifier: Apache-2.0
"""The training step of StepBenchmark with torch and transformers, on the model that a
sentence-transformers CrossEncoder wraps. Does a step for each line on stdin and prints its seconds."""
import sys
import time

import torch
from transformers import BertConfig, BertForSequenceClassification

pairs, tokens, threads = (int(argument) for argument in sys.argv[1:4])
bfloat16 = sys.argv[4] == "BFLOAT16"
torch.set_num_threads(threads)
torch.manual_seed(1)
config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
                    num_labels=1)
model = BertForSequenceClassification(config).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5)
ids = torch.randint(1000, config.vocab_size, (pairs, tokens))
types = (torch.arange(tokens) >= tokens // 8).long().expand(pairs, tokens).contiguous()
mask = torch.ones_like(ids)
positives = torch.zeros(pairs // 8, dtype=torch.long)

print("ready", torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        logits = model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
    torch.nn.functional.cross_entropy(logits.float().view(-1, 8), positives).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    print(time.perf_counter() - start, flush=True)
