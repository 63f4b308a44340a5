/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

/**
 * Queries that training must not see, nor anything near them.
 *
 * @param collection a BEIR folder below the data home, or a path
 * @param split the qrels file whose queries are kept out
 */
public record NeverNear(String collection, String split) {}
