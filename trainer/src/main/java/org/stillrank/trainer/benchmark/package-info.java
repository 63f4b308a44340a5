/* SPDX-License-Identifier: Apache-2.0 */
/** How fast a training step is: beside the device's matrix rate, its Python peer, and padding. */
package org.stillrank.trainer.benchmark;
