/* SPDX-License-Identifier: Apache-2.0 */
/** Stillrank inside Elasticsearch. */
package org.stillrank.plugin;
