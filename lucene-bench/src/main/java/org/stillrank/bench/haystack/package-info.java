/* SPDX-License-Identifier: Apache-2.0 */
/** Long documents made of real ones: a text at a known depth inside unrelated texts. */
package org.stillrank.bench.haystack;
