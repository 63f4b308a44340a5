/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows inside the module; towards the others there is only the one to the reranker. */
@AnalyzeClasses(
    packages = "org.stillrank.plugin",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PluginArchitectureTest {

  private static final String SLOW_LOG = "org.stillrank.plugin.slowlog.ServerSlowLog";

  @ArchTest
  static final ArchRule knowsTheRerankerOnly =
      classes()
          .that()
          .resideInAPackage("org.stillrank.plugin..")
          .and()
          .doNotHaveFullyQualifiedName(SLOW_LOG)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.stillrank.plugin..",
              "org.stillrank.reranker..",
              "org.elasticsearch..",
              "org.apache.lucene..",
              "org.jspecify..",
              "java..");

  @ArchTest
  static final ArchRule oneClassKnowsTheServersLog4j =
      classes()
          .that()
          .haveFullyQualifiedName(SLOW_LOG)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.stillrank.plugin.slowlog..",
              "org.elasticsearch..",
              "org.apache.logging.log4j..",
              "java..")
          .because("the server's logging interface takes texts, and a slow log is made of fields");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("org.stillrank.plugin.(*)..").should().beFreeOfCycles();
}
