/* SPDX-License-Identifier: Apache-2.0 */
/** Where an interrupted training goes on: weights, moments and the position in the data. */
package org.stillrank.trainer.checkpoint;
