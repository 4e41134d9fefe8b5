package dev.convoy.data;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between packages that the architecture allows. */
class ArchitectureTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.convoy.data");

  @Test
  void theDataPipelineKnowsNothingOfSparkOrTheConfigurationOrTheVectorUnit() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..",
            "scala..",
            "com.typesafe..",
            "jdk.incubator.vector..",
            "dev.convoy.spark..")
        .check(PRODUCTION);
  }

  @Test
  void augmentationTouchesNoFile() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.data.augment")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..", "java.io..", "java.nio..")
        .check(PRODUCTION);
  }

  @Test
  void theLoaderKnowsNoFormat() {
    classes()
        .that()
        .resideInAnyPackage("dev.convoy.data.idx", "dev.convoy.data.shard")
        .should()
        .onlyBeAccessed()
        .byAnyPackage(
            "dev.convoy.data",
            "dev.convoy.data.idx",
            "dev.convoy.data.shard",
            "dev.convoy.data.source.mnist",
            "dev.convoy.data.prepare")
        .check(PRODUCTION);
  }

  @Test
  void thePackagesOfSourcesAreFreeOfCycles() {
    slices().matching("dev.convoy.data.source.(*)..").should().beFreeOfCycles().check(PRODUCTION);
  }

  /** Formats use what a source is; only the list of formats, elsewhere, knows them. */
  @Test
  void whatASourceIsKnowsNoFormat() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.data.source")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.convoy.data.source.*..")
        .check(PRODUCTION);
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.data.source.files..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.convoy.data.source.*..")
                .and(not(resideInAPackage("dev.convoy.data.source.files.."))))
        .check(PRODUCTION);
  }
}
