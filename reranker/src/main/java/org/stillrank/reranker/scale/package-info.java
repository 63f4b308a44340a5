/* SPDX-License-Identifier: Apache-2.0 */
/** The one scale of scores, which searches of servers and the bench share. */
package org.stillrank.reranker.scale;
