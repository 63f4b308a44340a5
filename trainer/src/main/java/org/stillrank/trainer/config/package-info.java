/* SPDX-License-Identifier: Apache-2.0 */
/** What one training is to do, as a person wrote it in a YAML file. */
package org.stillrank.trainer.config;
