/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

/**
 * How the runtime holds a model; sessions are shared only between equal settings.
 *
 * @param threads runtime threads inside one run
 */
public record SessionSettings(int threads) {}
