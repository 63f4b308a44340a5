/* SPDX-License-Identifier: Apache-2.0 */
/** Encoders on libtorch: from padded token ids to one relevance logit per pair. */
package org.stillrank.trainer.encoder;
