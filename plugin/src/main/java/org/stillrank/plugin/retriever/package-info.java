/* SPDX-License-Identifier: Apache-2.0 */
/** Reranking of a whole search's hits once, on the node that coordinates it. */
package org.stillrank.plugin.retriever;
