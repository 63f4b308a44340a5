/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;

/** One way to do a training step. */
@FunctionalInterface
interface TimedStep {
  /** Does the step of a round, counted from 0. */
  StepSeconds run(int round) throws IOException;
}
