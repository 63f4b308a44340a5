/* SPDX-License-Identifier: Apache-2.0 */
/** Training objectives over the scores of a query's documents, exact as in the paper. */
package org.stillrank.trainer.objective;
