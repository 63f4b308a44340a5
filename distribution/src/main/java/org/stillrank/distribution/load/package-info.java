/* SPDX-License-Identifier: Apache-2.0 */
/** Many clients of a server, and what they measure. */
package org.stillrank.distribution.load;
