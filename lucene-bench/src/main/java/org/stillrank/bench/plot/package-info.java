/* SPDX-License-Identifier: Apache-2.0 */
/** Plots as SVG, and the page they stand on: one file, no scripts, readable in dark and light. */
package org.stillrank.bench.plot;
