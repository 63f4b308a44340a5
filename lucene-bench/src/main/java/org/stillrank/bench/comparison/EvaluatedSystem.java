/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import org.stillrank.bench.measure.Evaluation;

/** A system under the name that the report shows, and what was measured. */
public record EvaluatedSystem(String name, Evaluation evaluation) {}
