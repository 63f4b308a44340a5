/* SPDX-License-Identifier: Apache-2.0 */
/** The models of a node: opened when needed, counted by their users, freed by the last. */
package org.stillrank.plugin.model;
