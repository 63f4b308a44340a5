/* SPDX-License-Identifier: Apache-2.0 */
/** A training for people to look at: a page with its curves. */
package org.stillrank.trainer.report;
