/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who scores candidates so that the student can imitate it: bi-encoders, BM25, run files, and sums.
 */
package org.stillrank.trainer.teacher;
