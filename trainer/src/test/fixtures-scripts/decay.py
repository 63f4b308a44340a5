# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/optimisation/decay.json: the parameters of each tiny backbone that transformers' Trainer lets
decay. Run: python decay.py"""
import json, pathlib, sys
here = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != here]  # tokenizers.py is named like a library
from transformers import AutoModelForSequenceClassification, Trainer

resources = here.parent / "resources"
decaying = {}
for folder in sorted((resources / "backbones").iterdir()):
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    decaying[folder.name] = sorted(Trainer.get_decay_parameter_names(None, model))
(resources / "optimisation/decay.json").write_text(json.dumps(decaying, indent=1) + "\n")
