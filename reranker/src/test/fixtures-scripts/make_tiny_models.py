# SPDX-License-Identifier: Apache-2.0
"""Makes the tiny cross-encoders under src/test/resources/models, with the logits transformers gives.

    python make_tiny_models.py ../resources/models

Needs torch, transformers, tokenizers, onnx, onnxruntime. Weights are random (seeded) and large, so
that scores differ visibly between texts. Each folder is a Hugging Face folder as optimum writes it;
expected.json holds, for each query and passage, the ids of the Rust tokenizers' pair encoding and
the logit (or logit1 - logit0) of the PyTorch model, one pair at a time.
"""
import json
import sys
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer, Tokenizer
from tokenizers.processors import RobertaProcessing, TemplateProcessing
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    RobertaConfig,
    RobertaForSequenceClassification,
)

CORPUS = [
    "The harbour freezes in cold winters and ships wait for the ice to break.",
    "Bread rises because yeast turns sugar into gas and the dough holds it.",
    "A lighthouse keeper writes down wind, clouds and passing ships every hour.",
    "Copper wires carry current better than iron wires of the same thickness.",
    "Bees dance to tell the others where the flowers are and how far away.",
    "The library lends books, maps and records to anyone who lives in town.",
    "Salt water freezes at a lower temperature than fresh water does.",
    "Old clocks lose time in summer because their pendulums grow longer.",
]
QUERIES = ["why does bread rise", "when does salt water freeze", "bees"]
PASSAGES = CORPUS + ["", "gas", " ".join(CORPUS), "Ünïcode – naïve café 漢字 \U0001f600 end."]
MAX_LENGTH = 96
SIZES = dict(
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=64,
    initializer_range=0.25,
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
)


def word_pieces():
    tokenizer = BertWordPieceTokenizer(lowercase=True)
    tokenizer.train_from_iterator(CORPUS * 4, vocab_size=300, min_frequency=1, show_progress=False)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer._tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", cls), ("[SEP]", sep)],
    )
    # Baked-in truncation and padding, as all-MiniLM-L6-v2 has them: readers must ignore both.
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    return tokenizer._tokenizer


def byte_pairs():
    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator(
        CORPUS * 4,
        vocab_size=360,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        show_progress=False,
    )
    tokenizer._tokenizer.post_processor = RobertaProcessing(
        ("</s>", 2), ("<s>", 0), True, False
    )
    return tokenizer._tokenizer


class Squeezed(torch.nn.Module):
    """Answers [n] instead of [n, 1]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        logits = self.model(input_ids, attention_mask, token_type_ids).logits
        return logits.squeeze(-1)


class Headless(torch.nn.Module):
    """Answers the hidden states, as bi-encoders are exported."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(model, folder, names, output, shapes):
    example = tuple(torch.ones(2, 7, dtype=torch.long) for _ in names)
    torch.onnx.export(
        model,
        example,
        str(folder / "model.onnx"),
        input_names=names,
        output_names=[output],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in names} | {output: shapes},
        opset_version=17,
        dynamo=False,
    )


def expected(tokenizer, score, folder):
    tokenizer.no_padding()
    tokenizer.no_truncation()
    cases = []
    for query in QUERIES:
        for passage in PASSAGES:
            tokenizer.enable_truncation(MAX_LENGTH, strategy="only_second")
            encoding = tokenizer.encode(query, passage)
            with torch.no_grad():
                value = score(
                    torch.tensor([encoding.ids]),
                    torch.tensor([encoding.attention_mask]),
                    torch.tensor([encoding.type_ids]),
                )
            cases.append(
                {"query": query, "passage": passage, "ids": encoding.ids, "score": float(value)}
            )
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (folder / "expected.json").write_text(f"[\n{lines}\n]\n")


def folder_for(root, name, config, tokenizer):
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    config.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def main(root):
    torch.manual_seed(7)
    three = ["input_ids", "attention_mask", "token_type_ids"]
    pieces = word_pieces()
    # Training a vocabulary is not deterministic, and expected() changes the one it is given.
    saved = pieces.to_str()
    size = dict(SIZES, vocab_size=pieces.get_vocab_size(), max_position_embeddings=MAX_LENGTH)

    config = BertConfig(num_labels=1, **size)
    one = BertForSequenceClassification(config).eval()
    folder = folder_for(root, "bert-one-output", config, Tokenizer.from_str(saved))
    export(one, folder, three, "logits", {0: "batch"})
    expected(pieces, lambda i, m, t: one(i, m, t).logits[0, 0], folder)

    quantised = folder_for(root, "bert-dynamic-int8", config, Tokenizer.from_str(saved))
    quantize_dynamic(
        folder / "model.onnx", quantised / "model.onnx", weight_type=QuantType.QInt8, per_channel=True
    )

    flat = folder_for(root, "bert-flat-output", config, Tokenizer.from_str(saved))
    export(Squeezed(one).eval(), flat, three, "logits", {0: "batch"})

    config = BertConfig(num_labels=2, **dict(size, num_hidden_layers=1, hidden_size=24))
    two = BertForSequenceClassification(config).eval()
    folder = folder_for(root, "bert-two-outputs", config, Tokenizer.from_str(saved))
    export(two, folder, three, "logits", {0: "batch"})
    expected(
        pieces, lambda i, m, t: (lambda l: l[0, 1] - l[0, 0])(two(i, m, t).logits), folder
    )

    outside = folder_for(root, "bert-outside-weights", config, Tokenizer.from_str(saved))
    onnx.save_model(
        onnx.load(folder / "model.onnx"),
        outside / "model.onnx",
        save_as_external_data=True,
        location="weights.data",
        size_threshold=0,
    )

    config = BertConfig(num_labels=3, **dict(size, num_hidden_layers=1, hidden_size=16))
    folder = folder_for(root, "bert-three-outputs", config, Tokenizer.from_str(saved))
    export(BertForSequenceClassification(config).eval(), folder, three, "logits", {0: "batch"})

    config = BertConfig(**dict(size, num_hidden_layers=1, hidden_size=16))
    folder = folder_for(root, "bert-without-head", config, Tokenizer.from_str(saved))
    encoder = BertModel(config, add_pooling_layer=False).eval()
    export(Headless(encoder).eval(), folder, three, "last_hidden_state", {0: "batch", 1: "length"})

    pairs = byte_pairs()
    config = RobertaConfig(
        num_labels=1,
        type_vocab_size=1,
        **dict(SIZES, vocab_size=pairs.get_vocab_size(), max_position_embeddings=MAX_LENGTH + 2),
    )
    roberta = RobertaForSequenceClassification(config).eval()
    folder = folder_for(root, "roberta-one-output", config, pairs)
    export(roberta, folder, three[:2], "logits", {0: "batch"})
    expected(pairs, lambda i, m, t: roberta(i, m).logits[0, 0], folder)

    for file in root.glob("*/model.onnx"):
        onnx.checker.check_model(onnx.load(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
