/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.run.Run;

/** A system by name, what it returned and what that is worth. */
public record SystemResult(String name, Run run, Evaluation evaluation) {}
