package dev.convoy.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the modules and inside this one, which sees them all. */
final class ArchitectureTest {
  private static final String SPARK_TRAINER = "dev.convoy.spark..";
  private static final String DATA_PIPELINE = "dev.convoy.data..";

  private static final JavaClasses CONVOY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.convoy");

  @Test
  void arrowsBetweenModulesPointDown() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SPARK_TRAINER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SPARK_TRAINER)
        .check(CONVOY);
    noClasses()
        .that()
        .resideOutsideOfPackages(SPARK_TRAINER, DATA_PIPELINE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DATA_PIPELINE)
        .check(CONVOY);
  }

  @Test
  void onlyTheSparkTrainerNamesSparkAndItsConfiguration() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SPARK_TRAINER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "com.typesafe..", "picocli..")
        .check(CONVOY);
  }

  @Test
  void onlyTheUpperModulesNameHadoop() {
    noClasses()
        .that()
        .resideOutsideOfPackages(SPARK_TRAINER, DATA_PIPELINE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hadoop..")
        .check(CONVOY);
  }

  @Test
  void telemetryKnowsNothingOfWhatItTells() {
    classes()
        .that()
        .resideInAPackage("dev.convoy.spark.telemetry..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.fasterxml.jackson..",
            "org.apache.hadoop..",
            "org.apache.spark.api.plugin..",
            "dev.convoy.train..",
            "org.slf4j..",
            "org.apache.spark", // SparkEnv, for its serializer
            "org.apache.spark.serializer..",
            "scala.reflect..",
            "dev.convoy.spark.storage..",
            "dev.convoy.spark.telemetry..")
        .check(CONVOY);
  }

  @Test
  void thePackagesAreFreeOfCycles() {
    slices().matching("dev.convoy.spark.(*)..").should().beFreeOfCycles().check(CONVOY);
    slices().matching("dev.convoy.data.(*)..").should().beFreeOfCycles().check(CONVOY);
    slices().matching("dev.convoy.spark.app.(*)..").should().beFreeOfCycles().check(CONVOY);
  }

  /** The program knows its commands; each can be read without it. */
  @Test
  void noPartOfTheCommandLineKnowsTheProgram() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.spark.app.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.convoy.spark.app")
        .check(CONVOY);
  }

  @Test
  void whatPreparesTheStartOfSparkKnowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.spark.app.launch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.convoy.spark.app.job..", "dev.convoy.spark.app.local..", "picocli..")
        .check(CONVOY);
  }
}
