package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels a configuration asks for, or a sentence that says why not. */
class KernelChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void givesWhatIsAskedForAndSaysSo(String name) {
    KernelChoice choice = KernelChoice.of(name);
    assertEquals(name, choice.kernels().name());
    assertTrue(choice.reason().startsWith("kernels: " + name + " ("), choice.reason());
    assertTrue(choice.reason().contains(choice.kernels().description()), choice.reason());
  }

  @Test
  void refusesAnUnknownNameAndSaysWhatIsAllowed() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> KernelChoice.of("gpu"));
    assertEquals(
        "kernel.implementation = gpu is unknown; allowed are vector and scalar",
        refusal.getMessage());
  }

  @Test
  void withoutTheIncubatorModuleVectorNamesTheSettingThatIsMissing() {
    String printed = ChildJvm.run(ChildJvm.thisHome(), List.of(), Main.class, "vector");
    assertEquals(
        "the vector kernels need the JVM setting '--add-modules jdk.incubator.vector' (in Spark:"
            + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions); set it, or set"
            + " kernel.implementation = scalar",
        printed);
  }

  @Test
  void withoutTheIncubatorModuleScalarRuns() {
    String printed = ChildJvm.run(ChildJvm.thisHome(), List.of(), Main.class, "scalar");
    assertEquals(
        "kernels: scalar (plain loops), because asked for by kernel.implementation", printed);
  }

  @Test
  void tellsWhichSettingsWouldMakeItFaster() {
    List<String> module = List.of("--add-modules", "jdk.incubator.vector");
    String without = ChildJvm.run(ChildJvm.thisHome(), module, Main.class, "vector");
    String check = RecommendedJvmOptions.SETTINGS.get(0);
    assertTrue(without.contains("they would be faster with the JVM settings " + check), without);
    List<String> all = new ArrayList<>(module);
    all.addAll(RecommendedJvmOptions.SETTINGS);
    String with = ChildJvm.run(ChildJvm.thisHome(), all, Main.class, "vector");
    assertTrue(with.endsWith("because the module jdk.incubator.vector is there"), with);
  }

  /** Prints the reason, or why there is none. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      try {
        System.out.println(KernelChoice.of(arguments[0]).reason());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
