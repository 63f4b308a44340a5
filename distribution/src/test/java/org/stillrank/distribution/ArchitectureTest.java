/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house: which module and which package may know which. */
@AnalyzeClasses(
    packages = "org.stillrank",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

  /** Tests of another module come as its test jar once that is packaged. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String RERANKER = "org.stillrank.reranker..";
  private static final String BENCH = "org.stillrank.bench..";
  private static final String TRAINER = "org.stillrank.trainer..";
  private static final String DISTRIBUTION = "org.stillrank.distribution..";
  private static final String LUCENE = "org.apache.lucene..";
  private static final String LIBTORCH = "org.bytedeco..";
  private static final String COMMAND_LINE = "picocli..";
  private static final String ELASTICSEARCH = "org.elasticsearch..";

  /** Rules over no classes hold; this one tells when the classes are not seen. */
  @ArchTest
  static void everyModuleIsSeen(JavaClasses seen) {
    assertThat(seen)
        .extracting(JavaClass::getPackageName)
        .anyMatch(name -> name.startsWith("org.stillrank.reranker."))
        .anyMatch(name -> name.startsWith("org.stillrank.bench."))
        .anyMatch(name -> name.startsWith("org.stillrank.trainer."))
        .anyMatch(name -> name.startsWith("org.stillrank.distribution."));
  }

  @ArchTest
  static final ArchRule everyClassIsInAModule =
      classes()
          .should()
          .resideInAnyPackage(RERANKER, BENCH, TRAINER, DISTRIBUTION)
          .because("modules and package roots are the same");

  @ArchTest
  static final ArchRule rerankerKnowsNeitherSearchNorTraining =
      noClasses()
          .that()
          .resideInAPackage(RERANKER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              BENCH, TRAINER, DISTRIBUTION, LUCENE, LIBTORCH, COMMAND_LINE, ELASTICSEARCH);

  @ArchTest
  static final ArchRule benchKnowsTheRerankerOnly =
      noClasses()
          .that()
          .resideInAPackage(BENCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRAINER, DISTRIBUTION, LIBTORCH, COMMAND_LINE, ELASTICSEARCH);

  @ArchTest
  static final ArchRule trainerKnowsRerankerAndBench =
      noClasses()
          .that()
          .resideInAPackage(TRAINER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DISTRIBUTION, COMMAND_LINE, ELASTICSEARCH);

  @ArchTest
  static final ArchRule rerankerHasNoCycles =
      slices().matching("org.stillrank.reranker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule benchHasNoCycles =
      slices().matching("org.stillrank.bench.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule trainerHasNoCycles =
      slices().matching("org.stillrank.trainer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule distributionHasNoCycles =
      slices().matching("org.stillrank.distribution.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesAreNounsOfTheDomain =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..impl..",
              "..common..",
              "..helper..",
              "..helpers..",
              "..misc..");
}
