/* SPDX-License-Identifier: Apache-2.0 */
/** Where pretrained weights come from and how they are read and written. */
package org.stillrank.trainer.weights;
