# SPDX-License-Identifier: Apache-2.0
"""Writes fixtures.json beside itself: what SciPy and statsmodels say about paired values.

Made with Python 3, scipy 1.17.1, statsmodels 0.15.0, numpy 2.4.6:
    pip install scipy statsmodels numpy && python fixtures.py
"""
import json
import pathlib

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261121)
RESAMPLES = 99_999


def mean_difference(x, y, axis):
    return np.mean(x - y, axis=axis)


def case(name, baseline, system):
    differences = system - baseline
    t = stats.ttest_rel(system, baseline)
    permutation = stats.permutation_test(
        (system, baseline), mean_difference, permutation_type="samples", vectorized=True,
        n_resamples=RESAMPLES, alternative="two-sided", rng=rng)
    return {
        "name": name,
        "baseline": baseline.tolist(),
        "system": system.tolist(),
        "t_test_p": float(t.pvalue),
        "permutation_p": float(permutation.pvalue),
        "permutation_exact": bool(2 ** len(baseline) <= RESAMPLES),
        "permutation_resamples": RESAMPLES,
        "dz": float(differences.mean() / differences.std(ddof=1)),
    }


def graded(n, shift):
    """Multiples of 1/64: sums are exact, so that ties between permutations are, too."""
    baseline = rng.integers(0, 65, n) / 64
    return baseline, np.clip(baseline + rng.integers(-12, 13 + shift, n) / 64, 0, 1)


def smooth(n, shift, spread):
    baseline = rng.random(n)
    return baseline, baseline + shift + spread * rng.standard_normal(n)


def sparse(n, moved):
    """Most topics do not move at all, as when a reranker changes little."""
    baseline = rng.random(n)
    system = baseline.copy()
    system[rng.choice(n, moved, replace=False)] += rng.standard_normal(moved) * 0.3 + 0.1
    return baseline, system


cases = [case(f"graded {n} shift {shift}", *graded(n, shift))
         for n in (3, 5, 8, 12, 16) for shift in (0, 6)]
cases += [case(f"smooth {n} shift {shift}", *smooth(n, shift, 0.2))
          for n in (2, 7, 13) for shift in (0.0, 0.05, 0.2)]
cases += [case(f"smooth {n} shift {shift}", *smooth(n, shift, 0.2))
          for n in (40, 250) for shift in (0.0, 0.02, 0.04)]
cases += [case("sparse 60 of which 11 moved", *sparse(60, 11)),
          case("sparse 200 of which 60 moved", *sparse(200, 60)),
          case("far apart", *smooth(100, 0.5, 0.05))]

families = [rng.random(n) ** 3 for n in (1, 2, 3, 5, 10, 30)]
families += [np.array([0.01, 0.04, 0.03, 0.005]), np.array([0.02, 0.02, 0.02]),
             np.array([0.0, 1.0, 0.5, 0.5, 1e-300]), np.array([0.9, 0.8, 0.7])]
holm = [{"p": p.tolist(), "adjusted": multipletests(p, method="holm")[1].tolist()}
        for p in families]

target = pathlib.Path(__file__).with_name("fixtures.json")
target.write_text(json.dumps({"cases": cases, "holm": holm}) + "\n")
