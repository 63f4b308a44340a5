/* SPDX-License-Identifier: Apache-2.0 */
/** What models take of the memory outside the heap, and how much they may. */
package org.stillrank.plugin.memory;
