/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.net.URI;

/**
 * A file of the hub in one version.
 *
 * @param uri where it is
 * @param checksum of its content
 * @param size bytes; -1 where the server does not say
 * @param commit of its repository; the revision that was asked for where the server does not say
 */
record HubFile(URI uri, Checksum checksum, long size, String commit) {
  /** Its name without a folder. */
  String name() {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
