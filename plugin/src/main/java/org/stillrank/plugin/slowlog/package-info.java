/* SPDX-License-Identifier: Apache-2.0 */
/** Rerankings that take longer than an index allows, told in the server's slow log. */
package org.stillrank.plugin.slowlog;
