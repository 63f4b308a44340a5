/* SPDX-License-Identifier: Apache-2.0 */
/** Passages out of documents. */
package org.stillrank.plugin.passage;
