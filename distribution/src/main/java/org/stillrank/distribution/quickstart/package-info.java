/* SPDX-License-Identifier: Apache-2.0 */
/** A server, a collection and a model, shown together. */
package org.stillrank.distribution.quickstart;
