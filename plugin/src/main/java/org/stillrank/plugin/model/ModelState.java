/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.util.List;
import org.elasticsearch.action.ActionListener;

/** Where a model of this node stands. */
sealed interface ModelState {
  /** Being opened; those who wait are told. */
  record Loading(List<ActionListener<Void>> waiting) implements ModelState {}

  /** In memory. */
  record Ready(LoadedModel model) implements ModelState {}

  /** Could not be opened; the next use tries again. */
  record Failed(Exception reason) implements ModelState {}
}
