/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

/** A hit: which document, and how well it fits; more is better. */
public record ScoredDocument(String docId, double score) {}
