/* SPDX-License-Identifier: Apache-2.0 */
/** Who may rerank now. */
package org.stillrank.plugin.admission;
