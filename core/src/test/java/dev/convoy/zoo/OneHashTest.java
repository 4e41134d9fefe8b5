package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.ChildJvm;
import dev.convoy.testing.Implementations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same training gives the same bits: any kernels, any vector's width, compiled or not. */
class OneHashTest {
  /** Digests change only where the arithmetic of training is meant to change. */
  private static final String LENET5 =
      "4df2cda2a09ec5f852c03b1740549a71bf3290020665802f14e2676f9b181b75";

  private static final String TINY =
      "a836dd14dab7d2933132f3e0613b8e91451cba56ee4b535c0e52e276e12af3d7";

  @Test
  void everyImplementationEndsWithTheSameWeights() {
    for (String name : Implementations.names()) {
      assertEquals(LENET5, FixedTraining.sha256(name, "lenet5"), name);
      assertEquals(TINY, FixedTraining.sha256(name, "tiny"), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseAVX=2", "UseAVX=1", "MaxVectorSize=16", "TieredStopAtLevel=1"})
  void jvmsThatUseOtherInstructionsEndWithTheSameWeights(String option) {
    assertEquals(LENET5, inJvm(ChildJvm.thisHome(), "-XX:" + option, "vector", "lenet5"));
  }

  /** A tiny network, because fused multiply-adds are slow there. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void anInterpreterEndsWithTheSameWeights(String kernels) {
    assertEquals(TINY, inJvm(ChildJvm.thisHome(), "-Xint", kernels, "tiny"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 25})
  void otherJdksEndWithTheSameWeights(int version) {
    Optional<Path> home = ChildJvm.home(version);
    Assumptions.assumeTrue(home.isPresent(), () -> "there is no JDK " + version + " here");
    assertEquals(LENET5, inJvm(home.get(), "-XX:+UseSerialGC", "vector", "lenet5"));
  }

  @Test
  void theWidthOfVectorsReallyChanges() {
    List<String> settings = settings("-XX:MaxVectorSize=16");
    String printed =
        ChildJvm.run(ChildJvm.thisHome(), settings, FixedTraining.class, "vector", "tiny");
    assertEquals("128-bit vectors\n" + TINY, printed);
  }

  /** The digest, the last line. */
  private static String inJvm(Path home, String setting, String kernels, String what) {
    return ChildJvm.run(home, settings(setting), FixedTraining.class, kernels, what)
        .lines()
        .reduce("", (first, last) -> last);
  }

  private static List<String> settings(String setting) {
    return List.of(
        "--add-modules",
        "jdk.incubator.vector",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-Xmx256m",
        setting);
  }
}
