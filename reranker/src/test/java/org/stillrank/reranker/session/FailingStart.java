/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

/** Asks twice for an environment that cannot start, and prints what each call and thread throws. */
final class FailingStart {
  private FailingStart() {}

  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> System.out.println("uncaught " + e));
    for (int call = 0; call < 2; call++) {
      try {
        RuntimeEnvironment.get();
      } catch (LinkageError e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
