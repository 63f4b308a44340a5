/* SPDX-License-Identifier: Apache-2.0 */
/** Native libraries inside a server that guards them. */
package org.stillrank.plugin.runtime;
