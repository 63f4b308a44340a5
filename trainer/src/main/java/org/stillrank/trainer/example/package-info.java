/* SPDX-License-Identifier: Apache-2.0 */
/** What the student learns from: queries with their candidate passages, labels and scores. */
package org.stillrank.trainer.example;
