# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/tokenizers: three small vocabularies learned from the demo collection, the tokenizer.json that
transformers' fast classes give for each under several configurations, and the ids of texts and pairs.
transformers 4.57.6 (5.x leaves the character map of DeBERTa's SentencePiece model out), tokenizers 0.22.2,
sentencepiece 0.2.2. Run: python tokenizers.py"""
import gzip, json, pathlib, shutil, sys, tempfile
here = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != here]  # this file is named like the library
import sentencepiece, tokenizers, transformers
from transformers import BertTokenizerFast, DebertaV2TokenizerFast, ElectraTokenizerFast, RobertaTokenizerFast

out = here.parent / "resources/tokenizers"
demo = here.parents[3] / "distribution/demo"
lines = lambda name: [json.loads(line) for line in (demo / name).read_text().splitlines()]
passages = [f"{d['title']} {d['text']}".strip() for d in lines("corpus.jsonl")]
queries = [q["text"] for q in lines("queries.jsonl")]

nasty = [
    "", " ", "   ", "\t", "\n", "a", " leading", "trailing ", "  two  spaces  inside  ", "tabs\tand\nnew\r\nlines\n",
    "café crème brûlée", "cafe\u0301 combining", "Ångström ÅNGSTRÖM", "İstanbul ı", "ß ẞ straße STRASSE", "Zażółć gęślą jaźń",
    "Ελληνικά ς Σ", "Привет, мир", "שלום עולם", "مرحبا بالعالم", "नमस्ते दुनिया", "สวัสดีชาวโลก",
    "漢字と仮名", "中文测试 mixed 中文words", "한국어 텍스트", "𠀀 rare CJK", "ｆｕｌｌ　ｗｉｄｔｈ", "ﬁ ligature ﬂow",
    "emoji 😀 👩‍👩‍👧 🏳️‍🌈 ❤️", "\u200bzero\u200bwidth\u200b", "nbsp\u00a0here\u00a0", "soft\u00adhyphen", "bom\ufeffinside",
    "nul\u0000 bell\u0007 esc\u001b del\u007f", "\ufffd replacement", "line\u2028separator\u2029", "\u3000ideographic\u3000",
    "a" * 101, "a" * 100 + " b", "supercalifragilisticexpialidocious" * 8, "x " * 300,
    "[CLS] text [SEP] more [SEP]", "[cls] lower [sep]", "[MASK] of [UNK] and [PAD]", "  [MASK]  [UNK]  ", "word[SEP]word",
    "<s> text </s> more </s>", "<mask> of <unk> and <pad>", "word <mask> word", "</s></s>", "<S> </S>", "▁ metaspace ▁▁ mark",
    "don't can't it's we'll I'd", "e-mail: a.b@c.org, https://x.y/z?q=1&r=2#f", "3.14 1,000,000 $5 50% #7 @8", "...!!!???---___",
    "¡¿«quoted»„low“”", "‘single’ “double” – — …", "x² + y³ ½ ∑ √ ∞", "CamelCaseWord snake_case ALLCAPS", "\u0301 starts combining",
    "tail\u200d", "[NEW] token [new]", "a[NEW]b", "  [NEW]  ",
]
pairs = [[q, p] for q, p in zip(queries, passages[::5])] + [[nasty[i], nasty[-1 - i]] for i in range(len(nasty))]
texts = nasty + passages[:60]


def vocabularies():
    shutil.rmtree(out, ignore_errors=True)
    for name in ("wordpiece", "bytelevel", "unigram"):
        (out / name).mkdir(parents=True)
    wordpiece = tokenizers.BertWordPieceTokenizer(lowercase=False)
    wordpiece.train_from_iterator(passages, vocab_size=1500, show_progress=False,
                                  special_tokens=["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    wordpiece.save_model(str(out / "wordpiece"))
    bytelevel = tokenizers.ByteLevelBPETokenizer()
    bytelevel.train_from_iterator(passages, vocab_size=1000, show_progress=False,
                                  special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    bytelevel.save_model(str(out / "bytelevel"))
    rules = {"ｆ": "f", "ｕ": "u", "ｌ": "l", "ﬁ": "fi", "ﬂ": "fl", "e\u0301": "é", "\u00a0": " ", "\u3000": " ", "\t": " ", "\n": " ",
             "\r": " ", "\u200b": " ", "\u0007": "", "…": "...", "½": "1/2"}
    with tempfile.TemporaryDirectory() as folder:
        tsv = pathlib.Path(folder) / "rules.tsv"
        tsv.write_text("".join(" ".join(f"{ord(c):X}" for c in k) + "\t" + " ".join(f"{ord(c):X}" for c in v) + "\n"
                               for k, v in rules.items()))
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(passages), model_prefix=folder + "/spm", model_type="unigram", vocab_size=1000,
            pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]",
            unk_piece="[UNK]", user_defined_symbols=["word-pair"], normalization_rule_tsv=str(tsv), minloglevel=2)
        shutil.copy(folder + "/spm.model", out / "unigram")


new = {"content": "[NEW]", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False, "special": True}
token = lambda content, **more: {"__type": "AddedToken", "content": content, "lstrip": False, "normalized": True,
                                 "rstrip": False, "single_word": False, **more}
size = lambda name: len(json.loads((out / "bytelevel/vocab.json").read_text())) if name == "bytelevel" else \
    len((out / "wordpiece/vocab.txt").read_text().split("\n")) - 1
CASES = lambda: [
    ("bert", "wordpiece", BertTokenizerFast, "bert", {}, {}),
    ("bert-cased", "wordpiece", BertTokenizerFast, "bert", {"do_lower_case": False}, {}),
    ("bert-accents-kept", "wordpiece", BertTokenizerFast, "bert", {"do_lower_case": True, "strip_accents": False}, {}),
    ("bert-cased-accents-gone", "wordpiece", BertTokenizerFast, "bert",
     {"do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False}, {}),
    ("electra", "wordpiece", ElectraTokenizerFast, "electra", {"do_lower_case": True, "model_max_length": 512}, {}),
    ("bert-other-sep", "wordpiece", BertTokenizerFast, "bert", {"sep_token": "[unused0]", "strip_accents": None}, {}),
    ("bert-token-added", "wordpiece", BertTokenizerFast, "bert",
     {"do_lower_case": True, "added_tokens_decoder": {str(size("wordpiece")): new}}, {}),
    ("roberta", "bytelevel", RobertaTokenizerFast, "roberta", {}, {}),
    ("roberta-prefix-space", "bytelevel", RobertaTokenizerFast, "roberta",
     {"add_prefix_space": True, "trim_offsets": False}, {}),
    ("roberta-token-objects", "bytelevel", RobertaTokenizerFast, "roberta",
     {"cls_token": token("<s>"), "mask_token": token("<mask>", lstrip=True)}, {}),
    ("roberta-token-later", "bytelevel", RobertaTokenizerFast, "roberta", {},
     {"added_tokens.json": {"[NEW]": size("bytelevel")}}),
    ("deberta", "unigram", DebertaV2TokenizerFast, "deberta-v2", {"do_lower_case": False, "vocab_type": "spm"}, {}),
    ("deberta-lower-split", "unigram", DebertaV2TokenizerFast, "deberta-v2",
     {"do_lower_case": True, "split_by_punct": True}, {}),
]


def case(name, vocabulary, kind, model_type, config, files):
    with tempfile.TemporaryDirectory() as folder:
        for file in (out / vocabulary).iterdir():
            shutil.copy(file, folder)
        files = {**files, "config.json": {"model_type": model_type}}
        if config:
            files["tokenizer_config.json"] = config
        for file, content in files.items():
            (pathlib.Path(folder) / file).write_text(json.dumps(content))
        tokenizer = kind.from_pretrained(folder)
    built = json.loads(tokenizer.backend_tokenizer.to_str())
    for part in ("vocab", "merges"):
        built["model"].pop(part, None)
    for step in (built["normalizer"] or {}).get("normalizers", []):
        step.pop("precompiled_charsmap", None)
    encode = lambda *text: tokenizer.backend_tokenizer.encode(*text)
    return {"name": name, "vocabulary": vocabulary, "files": files, "tokenizer": built,
            "texts": [encode(text).ids for text in texts],
            "pairs": [[encode(*pair).ids, encode(*pair).type_ids] for pair in pairs]}


vocabularies()
expected = {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__,
            "sentencepiece": sentencepiece.__version__, "texts": texts, "pairs": pairs}

expected["cases"] = [case(*each) for each in CASES()]
with gzip.GzipFile(out / "expected.json.gz", "wb", mtime=0) as file:
    file.write(json.dumps(expected).encode())
