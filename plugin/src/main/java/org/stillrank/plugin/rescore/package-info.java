/* SPDX-License-Identifier: Apache-2.0 */
/** The cross_encoder rescorer: its clause, its window, its answers. */
package org.stillrank.plugin.rescore;
