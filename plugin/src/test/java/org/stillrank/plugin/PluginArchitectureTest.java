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

  @ArchTest
  static final ArchRule knowsTheRerankerOnly =
      classes()
          .that()
          .resideInAPackage("org.stillrank.plugin..")
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
  static final ArchRule hasNoCycles =
      slices().matching("org.stillrank.plugin.(*)..").should().beFreeOfCycles();
}
