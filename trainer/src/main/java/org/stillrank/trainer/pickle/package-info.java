/* SPDX-License-Identifier: Apache-2.0 */
/** Python's pickles as data: read without running anything that they name. */
package org.stillrank.trainer.pickle;
