/* SPDX-License-Identifier: Apache-2.0 */
/** Turns a config's sources into the lists the student learns from, and the queries held out. */
package org.stillrank.trainer.preparation;
