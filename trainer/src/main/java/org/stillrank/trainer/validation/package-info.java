/* SPDX-License-Identifier: Apache-2.0 */
/** How good an encoder is on held-out training queries. */
package org.stillrank.trainer.validation;
