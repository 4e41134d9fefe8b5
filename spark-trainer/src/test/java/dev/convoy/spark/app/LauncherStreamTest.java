package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The launcher drops a JVM's lines about modules from standard error, and nothing else. */
class LauncherStreamTest {
  private static final String FUNCTION = "without_module_warnings";
  private static final String NOISE =
      """
      WARNING: Using incubator modules: jdk.incubator.vector
      WARNING: package sun.security.action not in java.base
      """;

  /** What the function of the launcher makes of these bytes. */
  private static byte[] filtered(byte[] input) throws IOException, InterruptedException {
    String launcher = Files.readString(Path.of("../scripts/convoy"));
    int start = launcher.indexOf("\n" + FUNCTION + "() {");
    String function = launcher.substring(start, launcher.indexOf("\n}\n", start) + 3);
    Process bash = new ProcessBuilder("bash", "-c", function + FUNCTION).start();
    try (var out = bash.getOutputStream()) {
      out.write(input);
    }
    byte[] output = bash.getInputStream().readAllBytes();
    bash.waitFor();
    return output;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertFiltered(String expected, String input) throws Exception {
    assertArrayEquals(bytes(expected), filtered(bytes(input)), input);
  }

  @Example
  void theLinesAboutModulesGo() throws Exception {
    assertFiltered("", NOISE);
    assertFiltered("convoy: no\n", NOISE + "convoy: no\n");
    assertFiltered(
        "NOTE: Picked up JDK_JAVA_OPTIONS: -Da=b\nconvoy: no\n",
        "NOTE: Picked up JDK_JAVA_OPTIONS: -Da=b\n" + NOISE + "convoy: no\n");
  }

  @Example
  void whatFollowsAMessageStaysAsItIs() throws Exception {
    assertFiltered("convoy: no\n" + NOISE, "convoy: no\n" + NOISE);
  }

  @Example
  void aMessageWithAByteNulOrWithoutAnEndOfLineArrives() throws Exception {
    assertFiltered("convoy: a\0b \\ %s\n\0", NOISE + "convoy: a\0b \\ %s\n\0");
    assertFiltered("\0", "\0");
    assertFiltered("WARNING: Using", "WARNING: Using");
    assertFiltered("\n\n  x", "\n\n  x");
  }

  @Property(tries = 40)
  void allBytesArrive(@ForAll byte[] message) throws Exception {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.write(bytes(NOISE));
    input.write(message);
    assertArrayEquals(message, filtered(input.toByteArray()), Arrays.toString(message));
  }
}
