package dev.convoy.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
            "dev.convoy.data.source",
            "dev.convoy.data.prepare")
        .check(PRODUCTION);
  }
}
