/* SPDX-License-Identifier: Apache-2.0 */
/** Where training queries come from: judged topics, titles, and sentences of abstracts. */
package org.stillrank.trainer.source;
