/* SPDX-License-Identifier: Apache-2.0 */
/** How fast a training step is, alone and beside its Python peer. */
package org.stillrank.trainer.benchmark;
