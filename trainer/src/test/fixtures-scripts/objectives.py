# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/objectives-lists.json: what objectives.json lacks, in its layout. Several positives,
temperatures, margins, discounts, ties of the teacher, lists of different lengths, PLD and BiXSE.

Every formula is written out in loops over plain numbers, one term of the sum after the other, in float64; torch only
differentiates. Made with torch 2.13.0: python objectives.py"""
import json
import pathlib

import torch

torch.manual_seed(20261121)
torch.set_default_dtype(torch.float64)


def log1pexp(x):
    return torch.log1p(torch.exp(-x.abs())) + (x if x > 0 else 0 * x)


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def bce(queries):
    terms = []
    for q in queries:
        for s, grade in zip(q["s"], q["grades"]):
            terms.append(log1pexp(-s) if grade >= 1 else log1pexp(s))
    return sum(terms) / len(terms)


def bixse(queries, highest_grade=None, temperature=1.0):
    terms = []
    for q in queries:
        for i, s in enumerate(q["s"]):
            if highest_grade is not None:
                y = max(0, q["grades"][i]) / highest_grade
            else:
                y = sigmoid(torch.tensor(q["teacher"][i] / temperature))
            terms.append(-(y * torch.log(sigmoid(s)) + (1 - y) * torch.log(1 - sigmoid(s))))
    return sum(terms) / len(terms)


def hinge(queries, margin=1.0):
    terms = []
    for q in queries:
        for i, si in enumerate(q["s"]):
            for j, sj in enumerate(q["s"]):
                if q["grades"][i] >= 1 and q["grades"][j] < 1:
                    missing = margin - (si - sj)
                    terms.append(missing if missing > 0 else 0 * missing)
    return sum(terms) / len(terms)


def margin_mse(queries):
    terms = []
    for q in queries:
        for i, si in enumerate(q["s"]):
            for j, sj in enumerate(q["s"]):
                if q["grades"][i] >= 1 and q["grades"][j] < 1:
                    terms.append(((si - sj) - (q["teacher"][i] - q["teacher"][j])) ** 2)
    return sum(terms) / len(terms)


def infonce(queries, temperature=1.0):
    terms = []
    for q in queries:
        exponentials = [torch.exp(s / temperature) for s in q["s"]]
        positive = sum(e for e, grade in zip(exponentials, q["grades"]) if grade >= 1)
        terms.append(-torch.log(positive / sum(exponentials)))
    return sum(terms) / len(terms)


def ranknet(queries, temperature=1.0):
    terms = []
    for q in queries:
        for i, si in enumerate(q["s"]):
            for j, sj in enumerate(q["s"]):
                if q["teacher"][i] > q["teacher"][j]:
                    terms.append(log1pexp(-(si * temperature - sj * temperature)))
    return sum(terms) / len(terms)


def adr_mse(queries, temperature=1.0, discount="log2"):
    terms = []
    for q in queries:
        teacher = q["teacher"]
        for i, si in enumerate(q["s"]):
            soft = 1.0
            rank = 1
            for j, sj in enumerate(q["s"]):
                if j != i:
                    soft = soft + sigmoid((sj - si) / temperature)
                if teacher[j] > teacher[i] or (teacher[j] == teacher[i] and j < i):
                    rank += 1
            weight = {"log2": 1 / torch.log2(torch.tensor(rank + 1.0)), "reciprocal": 1 / rank, "none": 1.0}[discount]
            terms.append(weight * (soft - rank) ** 2)
    return sum(terms) / len(terms)


def teacher_softmax(teacher):
    exponentials = [torch.exp(torch.tensor(t - max(teacher))) for t in teacher]
    return [e / sum(exponentials) for e in exponentials]


def order(q):
    """Positives first, then by the teacher; Python's sort keeps the order of ties."""
    return sorted(range(len(q["s"])), key=lambda i: (q["grades"][i] < 1, -q["teacher"][i]))


def list_mle_terms(q):
    left = order(q)
    while left:
        yield left[0], -torch.log(torch.exp(q["s"][left[0]]) / sum(torch.exp(q["s"][l]) for l in left))
        left = left[1:]


def pld(queries):
    losses = []
    for q in queries:
        alpha = teacher_softmax(q["teacher"])
        losses.append(sum(alpha[i] * term for i, term in list_mle_terms(q)))
    return sum(losses) / len(losses)


def cross_entropy_as_pld(queries):
    return torch.nn.functional.cross_entropy(
        torch.stack([torch.stack(q["s"]) for q in queries]), torch.tensor([q["grades"].index(1) for q in queries]))


def list_mle_as_pld(queries):
    return sum(sum(term for _, term in list_mle_terms(q)) / len(q["s"]) for q in queries) / len(queries)


OBJECTIVES = {"BCE": bce, "BiXSE": bixse, "Hinge": hinge, "MarginMSE": margin_mse, "InfoNCE": infonce,
              "DistillRankNET": ranknet, "ADR-MSE": adr_mse, "PLD": pld}
cases = []


def case(objective, note, lengths, grades=None, teacher=None, formula=None, **options):
    """grades: rows, or None for a positive in column 0; teacher: rows, None, or "draw"."""
    scores = [(2 * torch.randn(n)).tolist() for n in lengths]
    rows = grades or [[1] + [0] * (n - 1) for n in lengths]
    if teacher == "draw":
        teacher = [(3 * torch.randn(n)).tolist() for n in lengths]
    leaves = [[torch.tensor(s, requires_grad=True) for s in row] for row in scores]
    queries = [{"s": leaf, "grades": rows[i], "teacher": teacher[i] if teacher else None}
               for i, leaf in enumerate(leaves)]
    loss = (formula or OBJECTIVES[objective])(queries, **options)
    loss.backward()
    written = {"objective": objective, "note": note, **options, "scores": scores}
    if grades:
        written["grades"] = grades
    if teacher:
        written["teacher_scores"] = teacher
    written["loss"] = loss.item()
    written["gradient"] = [[0.0 if s.grad is None else s.grad.item() for s in row] for row in leaves]
    cases.append(written)


RAGGED = (5, 2, 4)
SEVERAL = [[1, 0, 2, 0, 0], [0, 1], [3, 1, 0, -1]]
TIES = [[2.0, 2.0, 1.0, 3.0, 1.0], [0.5, -0.5], [1.5, 1.5, 1.5, 0.0]]
WITH_SINGLE = (3, 1, 2)

for name in ("BCE", "Hinge", "InfoNCE"):
    case(name, "lists of different lengths", RAGGED)
    case(name, "several positives", RAGGED, grades=SEVERAL)
case("BCE", "a list of one document, and one without positives", WITH_SINGLE, grades=[[1, 0, 0], [1], [0, 0]])
case("Hinge", "margin 0.25", RAGGED, grades=SEVERAL, margin=0.25)
case("InfoNCE", "temperature 0.5, several positives", RAGGED, grades=SEVERAL, temperature=0.5)
case("InfoNCE", "temperature 4", (3, 3), temperature=4.0)
for name in ("MarginMSE", "PLD"):
    case(name, "lists of different lengths", RAGGED, teacher="draw")
    case(name, "several positives", RAGGED, grades=SEVERAL, teacher="draw")
for name in ("DistillRankNET", "ADR-MSE"):
    case(name, "lists of different lengths", RAGGED, teacher="draw")
    case(name, "ties of the teacher", RAGGED, teacher=TIES)
    case(name, "temperature 0.5", RAGGED, teacher=TIES, temperature=0.5)
    case(name, "temperature 3", RAGGED, teacher="draw", temperature=3.0)
case("DistillRankNET", "a list of ties only gives nothing", (3, 4), teacher=[[1.0, 1.0, 1.0], [4.0, 3.0, 3.0, 1.0]])
case("ADR-MSE", "reciprocal discount", RAGGED, teacher=TIES, discount="reciprocal")
case("ADR-MSE", "no discount", RAGGED, teacher=TIES, discount="none", temperature=2.0)
case("PLD", "ties of the teacher", RAGGED, grades=SEVERAL, teacher=TIES)
case("PLD", "no positive: the teacher's order", RAGGED, grades=[[0] * n for n in RAGGED], teacher="draw")
case("PLD", "all weight on the positive: torch's cross_entropy", (4, 4), grades=[[0, 0, 1, 0], [1, 0, 0, 0]],
     teacher=[[0.0, 1.0, 900.0, 2.0], [900.0, 0.0, 0.0, 0.0]], formula=cross_entropy_as_pld)
case("PLD", "equal weights: ListMLE by the number of documents", RAGGED, teacher=[[0.7] * n for n in RAGGED],
     formula=list_mle_as_pld)
case("BiXSE", "grades up to 3", RAGGED, grades=SEVERAL, highest_grade=3)
case("BiXSE", "the teacher's scores as logits", WITH_SINGLE, teacher="draw")
case("BiXSE", "the teacher's scores divided by 5", RAGGED, teacher="draw", temperature=5.0)

path = pathlib.Path(__file__).parent.parent / "resources/objectives-lists.json"
lines = ",\n  ".join(json.dumps(each) for each in cases)
path.write_text('{"layout": "rows are queries, columns their documents; grade 1 or above is a positive, and without'
                ' grades column 0 is", "torch": "%s", "cases": [\n  %s\n]}\n' % (torch.__version__.split("+")[0], lines))
