/* SPDX-License-Identifier: Apache-2.0 */
/** What a training reports, for people and for plots. */
package org.stillrank.trainer.log;
