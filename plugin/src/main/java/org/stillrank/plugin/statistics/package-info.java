/* SPDX-License-Identifier: Apache-2.0 */
/** What models have done, and why they failed. */
package org.stillrank.plugin.statistics;
