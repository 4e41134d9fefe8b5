package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In JVMs of their own, for a JVM has the incubator module or it has not. */
class KernelChoiceTest {
  private static final List<String> WITH_MODULE = List.of("--add-modules", "jdk.incubator.vector");

  /** Run in a child JVM: prints the reason, or the sentence of the refusal. */
  public static void main(String[] args) {
    try {
      System.out.println(KernelChoice.of(args[0]).reason());
    } catch (IllegalStateException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }

  private static String choose(List<String> options, String implementation)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelChoiceTest.class.getName(), implementation));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return out.strip();
  }

  @Test
  void withoutTheModuleTheVectorKernelsAreRefusedAndTheMissingSettingIsNamed() throws Exception {
    String refusal = choose(List.of(), "vector");
    assertTrue(refusal.startsWith("refused: "), refusal);
    assertTrue(refusal.contains("--add-modules jdk.incubator.vector"), refusal);
    assertTrue(refusal.contains("spark.executor.extraJavaOptions"), refusal);
    assertTrue(refusal.contains("kernel.implementation = scalar"), refusal);
  }

  @Test
  void withTheModuleTheVectorKernelsAreTakenAndTheReasonIsSaid() throws Exception {
    String reason = choose(WITH_MODULE, "vector");
    assertTrue(reason.matches("kernels: vector .* because the module .* is there"), reason);
  }

  @Test
  void theScalarKernelsNeedNoModule() throws Exception {
    String reason = choose(List.of(), "scalar");
    assertTrue(reason.endsWith("because asked for by kernel.implementation"), reason);
  }

  @Test
  void anUnknownImplementationIsRefusedAndTheKnownOnesAreNamed() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.of("gpu"));
    assertTrue(refused.getMessage().contains("vector and scalar"), refused.getMessage());
  }
}
