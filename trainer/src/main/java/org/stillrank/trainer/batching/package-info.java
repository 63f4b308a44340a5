/* SPDX-License-Identifier: Apache-2.0 */
/** How many pairs of which length are computed together. */
package org.stillrank.trainer.batching;
