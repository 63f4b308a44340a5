/* SPDX-License-Identifier: Apache-2.0 */
/** Tables for a terminal. */
package org.stillrank.bench.table;
