/* SPDX-License-Identifier: Apache-2.0 */
/** What this build computes beside what independent implementations computed. */
package org.stillrank.trainer.selftest;
