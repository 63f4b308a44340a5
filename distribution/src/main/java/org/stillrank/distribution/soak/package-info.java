/* SPDX-License-Identifier: Apache-2.0 */
/** A server under full load for long, and what it keeps of that. */
package org.stillrank.distribution.soak;
