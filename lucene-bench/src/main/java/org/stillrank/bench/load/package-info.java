/* SPDX-License-Identifier: Apache-2.0 */
/** How a server stands many clients at a time: what they ask, what is answered, and how late. */
package org.stillrank.bench.load;
