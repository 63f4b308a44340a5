/* SPDX-License-Identifier: Apache-2.0 */
/** Elasticsearch as a process of its own: fetched, configured, started, stopped. */
package org.stillrank.distribution.server;
