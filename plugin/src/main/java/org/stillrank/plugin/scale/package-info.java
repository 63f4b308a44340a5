/* SPDX-License-Identifier: Apache-2.0 */
/** The one scale of scores, and how two stages are combined. */
package org.stillrank.plugin.scale;
