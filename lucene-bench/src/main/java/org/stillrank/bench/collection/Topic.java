/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

/** An information need: its id in qrels and runs, and the query put to the search engine. */
public record Topic(String id, String text) {}
