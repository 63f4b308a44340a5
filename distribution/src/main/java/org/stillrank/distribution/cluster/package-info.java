/* SPDX-License-Identifier: Apache-2.0 */
/** A running Elasticsearch with the plugin, as a client sees it. */
package org.stillrank.distribution.cluster;
