/* SPDX-License-Identifier: Apache-2.0 */
/** Token ids of passages, made when documents are indexed. */
package org.stillrank.plugin.tokens;
