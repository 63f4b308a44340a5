/* SPDX-License-Identifier: Apache-2.0 */
/** The training loop: which lists a step sees, what a step does, when it validates and stops. */
package org.stillrank.trainer.training;
