/* SPDX-License-Identifier: Apache-2.0 */
/** Scores that were computed before. */
package org.stillrank.plugin.cache;
