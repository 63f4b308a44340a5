/* SPDX-License-Identifier: Apache-2.0 */
/** How the scores of two stages are combined. */
package org.stillrank.plugin.scale;
