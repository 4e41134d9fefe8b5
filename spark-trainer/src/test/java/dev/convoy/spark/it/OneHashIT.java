package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same configuration, data and seed give the same bits, whoever carries the work. Variations
 * that are independent of each other share a run: if the hash is right, each of them was harmless.
 */
class OneHashIT {
  private static final String OPTIONS = "CONVOY_EXECUTOR_JAVA_OPTIONS";

  @TempDir Path folder;

  private Launcher training(int executors, int cores) {
    return Undisturbed.training(folder).executors(executors, cores);
  }

  private void assertTheOneHash(Launcher launcher) throws IOException, InterruptedException {
    assertEquals(Undisturbed.digest(), launcher.run().digest());
  }

  @Test
  void oneExecutorOfTwoCoresThatComputesItsNodesInFourRounds() throws Exception {
    assertTheOneHash(training(1, 2).set("train.accumulate", 4));
  }

  @Test
  void threeExecutorsWhichDoNotDivideTheVirtualNodesOfOneCoreWithTheVectorsOfAvx2InTwoRounds()
      throws Exception {
    assertTheOneHash(training(3, 1).set("train.accumulate", 2).env(OPTIONS, "-XX:UseAVX=2"));
  }

  @Test
  void fourExecutorsOfTwoCoresWithVectorsOf128Bits() throws Exception {
    assertTheOneHash(training(4, 2).env(OPTIONS, "-XX:MaxVectorSize=16"));
  }

  @Test
  void scalarKernels() throws Exception {
    assertTheOneHash(training(2, 1).set("kernel.implementation", "scalar"));
  }

  @Test
  void driverAndExecutorsOnJdk25() throws Exception {
    Optional<Path> jdk = findJdk25();
    assumeTrue(jdk.isPresent(), "no JDK 25: set JAVA_HOME_25 to try it");
    assertTheOneHash(training(1, 1).env("JAVA_HOME", jdk.get().toString()));
  }

  /** Without this one, a hash of nothing would pass all the others. */
  @Test
  void anotherSeedGivesAnotherHash() throws Exception {
    assertNotEquals(Undisturbed.digest(), training(2, 1).set("train.seed", 2).run().digest());
  }

  @Test
  void averagingWithOneAndThreeExecutors() throws Exception {
    assertSameForBoth(folder, Launcher.MODERN, 1, 3, "averaging");
  }

  @Test
  void theNetworkOf1998WithOneAndTwoExecutors() throws Exception {
    assertSameForBoth(folder, Launcher.OF_1998, 1, 2, "all-reduce");
  }

  private static void assertSameForBoth(Path folder, Path config, int few, int many, String mode)
      throws Exception {
    String first = shortHash(folder.resolve("few"), config, few, mode);
    assertEquals(first, shortHash(folder.resolve("many"), config, many, mode));
  }

  private static String shortHash(Path folder, Path config, int executors, String mode)
      throws Exception {
    return Launcher.shortTraining(folder, config)
        .set("sync.mode", mode)
        .executors(executors, 1)
        .run()
        .digest();
  }

  private static Optional<Path> findJdk25() throws IOException {
    String named = System.getenv("JAVA_HOME_25");
    if (named != null && Files.isExecutable(Path.of(named, "bin/java"))) {
      return Optional.of(Path.of(named));
    }
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(installed, "*25*")) {
      for (Path home : homes) {
        if (Files.isExecutable(home.resolve("bin/java"))) {
          return Optional.of(home);
        }
      }
    }
    return Optional.empty();
  }
}
