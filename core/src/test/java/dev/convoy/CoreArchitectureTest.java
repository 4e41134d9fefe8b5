package dev.convoy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the packages of this module may touch, and what determinism forbids them. */
final class CoreArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.convoy");

  /** Functions of Math that are only close: an interpreter and a JIT may differ in the bits. */
  private static final Set<String> ONLY_CLOSE =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  @Test
  void onlyTheVectorKernelsNameTheIncubatorModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.convoy.kernel.vector..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .check(CORE);
  }

  @Test
  void theCoreKnowsNoClusterAndNoConfigurationFile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "com.typesafe..", "scala..")
        .check(CORE);
  }

  @Test
  void onlyWeightsReadAndWriteFiles() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.convoy.weights..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..")
                .and(DescribedPredicate.not(nameMatching("java\\.nio\\.file\\.Path")))
                .or(nameMatching("java\\.nio\\.channels\\..*File.*"))
                .or(nameMatching("java\\.io\\.(File.*|RandomAccessFile)")))
        .check(CORE);
  }

  @Test
  void onlyTheTransportOpensSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.convoy.weights..", "dev.convoy.collective.transport..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "java.net..", "javax.net.."))
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.weights..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..").or(nameMatching("java\\.nio\\.channels\\..*Socket.*")))
        .check(CORE);
  }

  @Test
  void theTransportKnowsNoCollective() {
    classes()
        .that()
        .resideInAPackage("dev.convoy.collective.transport..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.convoy.collective.transport..", "java..", "javax.crypto..")
        .check(CORE);
    classes()
        .that()
        .resideInAPackage("dev.convoy.collective..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.convoy.collective..",
            "dev.convoy.random..",
            "dev.convoy.tensor..",
            "java..",
            "javax.crypto..")
        .check(CORE);
  }

  @Test
  void thePackagesAreFreeOfCycles() {
    slices().matching("dev.convoy.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theRoomsOfTheVectorKernelsAreFreeOfCycles() {
    slices().matching("dev.convoy.kernel.vector.(*)..").should().beFreeOfCycles().check(CORE);
  }

  /** The entrance knows the rooms; each room can be read without it. */
  @Test
  void noRoomOfTheVectorKernelsKnowsTheEntrance() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.kernel.vector.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.convoy.kernel.vector")
        .check(CORE);
  }

  /** The other way is allowed: where vectors gain nothing, the scalar code is the kernel. */
  @Test
  void theScalarTwinKnowsNoVectorKernel() {
    noClasses()
        .that()
        .resideInAPackage("dev.convoy.kernel.reference..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.convoy.kernel.vector..")
        .check(CORE);
  }

  @Test
  void nothingDrawsRandomNumbersWithAState() {
    noClasses()
        .should()
        .dependOnClassesThat(nameMatching("java\\.util\\..*Random|java\\.util\\.random\\..*"))
        .check(CORE);
  }

  @Test
  void nothingComputesWithFunctionsWhoseBitsDependOnTheMachine() {
    noClasses()
        .should()
        .callMethodWhere(
            call(
                "a function of Math that is only close",
                call ->
                    call.getTargetOwner().isEquivalentTo(Math.class)
                        && ONLY_CLOSE.contains(call.getName())))
        .check(CORE);
  }

  @Test
  void nothingAddsInAnOrderThatTheSchedulerChooses() {
    noClasses()
        .should()
        .callMethodWhere(
            call(
                "a parallel stream",
                call -> call.getName().matches("parallel|parallelStream|parallelPrefix")))
        .check(CORE);
  }

  private static DescribedPredicate<JavaMethodCall> call(
      String description, Predicate<JavaMethodCall> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
