/* SPDX-License-Identifier: Apache-2.0 */
/** Questions to every node about its models. */
package org.stillrank.plugin.administration;
