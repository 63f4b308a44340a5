/* SPDX-License-Identifier: Apache-2.0 */
/** The HTTP side. */
package org.stillrank.plugin.rest;
