package dev.convoy.spark.collective;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class CollectiveArchitectureTest {

  @Test
  void thePackageNamesTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("dev.convoy.spark.collective..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.convoy.spark.collective..", "java..", "javax.crypto..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.convoy.spark.collective"));
  }
}
