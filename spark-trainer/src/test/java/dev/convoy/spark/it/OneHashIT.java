package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same configuration, data and seed give the same bits, whoever carries the work. Variations
 * that are independent of each other share a run: if the hash is right, each of them was harmless.
 */
class OneHashIT {
  private static final String OPTIONS = "CONVOY_EXECUTOR_JAVA_OPTIONS";

  /** The hash of the reference run with {@code sync.wire = bfloat16} for four executors. */
  private static final String ROUNDED =
      "weights sha256=752ab88d56e1d55f2b3971b2998baeb5253066e029d8a9013b2cb7c1188a30a1";

  @TempDir Path folder;

  private Launcher training(int executors, int cores) {
    return ReferenceRun.training(folder).executors(executors, cores);
  }

  private void assertTheOneHash(Launcher launcher) throws IOException, InterruptedException {
    assertEquals(ReferenceRun.digest(), launcher.run().digest());
  }

  @Test
  void oneExecutorOfTwoCoresThatComputesItsNodesInFourRounds() throws Exception {
    assertTheOneHash(training(1, 2).set("train.accumulate", 4));
  }

  @Test
  void threeExecutorsWhichDoNotDivideTheVirtualNodesOfOneCoreWithTheVectorsOfAvx2InTwoRounds()
      throws Exception {
    assertTheOneHash(
        training(3, 1)
            .set("train.accumulate", 2)
            .set("sync.bucket", "64k")
            .env(OPTIONS, "-XX:UseAVX=2"));
  }

  @Test
  void fourExecutorsOfTwoCoresWithVectorsOf128BitsAndPersianDigits() throws Exception {
    assertTheOneHash(
        training(4, 2)
            .set("sync.bucket", "16k")
            .env(OPTIONS, "-XX:MaxVectorSize=16 -Duser.language=fa")
            .env("JDK_JAVA_OPTIONS", "-Duser.language=fa"));
  }

  @Test
  void twoExecutorsThatExchangeTheirBucketsAfterBackward() throws Exception {
    assertTheOneHash(training(2, 1).set("sync.bucket", "100k").set("sync.overlap", "off"));
  }

  @Test
  void eightExecutorsWithOneVirtualNodeEach() throws Exception {
    assertTheOneHash(training(8, 1).set("sync.bucket", "32k"));
  }

  @Test
  @Tag("long")
  void scalarKernels() throws Exception {
    assertTheOneHash(training(1, 1).set("kernel.implementation", "scalar"));
  }

  @Test
  void driverAndExecutorsOnJdk25() throws Exception {
    Optional<Path> jdk = findJdk25();
    assumeTrue(jdk.isPresent(), "no JDK 25: set JAVA_HOME_25 to try it");
    assertTheOneHash(training(1, 1).env("JAVA_HOME", jdk.get().toString()));
  }

  /** Without this one, a hash of nothing would pass all the others. */
  @Test
  @Tag("long")
  void anotherSeedGivesAnotherHash() throws Exception {
    assertNotEquals(ReferenceRun.digest(), training(1, 1).set("train.seed", 2).run().digest());
  }

  @Test
  void averagingTheNetworkOf1998WithOneAndThreeExecutors() throws Exception {
    assertEquals(averaging("one", 1), averaging("three", 3));
  }

  @Test
  void postLocalSgdWithOneAndTwoExecutors() throws Exception {
    assertEquals(postLocal("one", 1), postLocal("two", 2));
  }

  /** Recorded on AMD EPYC (Zen 3) with JDK 17. */
  @Test
  void sumsRoundedToBfloat16WithOneToFourExecutors() throws Exception {
    assertEquals(ROUNDED, rounded("one", 1).set("train.accumulate", 2).run().digest());
    assertEquals(ROUNDED, rounded("two", 2).set("sync.bucket", "64k").run().digest());
    assertEquals(ROUNDED, rounded("three", 3).set("sync.overlap", "off").run().digest());
    assertEquals(ROUNDED, rounded("four", 4).set("sync.bucket", "16k").run().digest());
  }

  private Launcher rounded(String name, int executors) {
    return ReferenceRun.training(folder.resolve(name))
        .set("sync.wire", "bfloat16")
        .set("sync.max-executors", 4)
        .executors(executors, 1);
  }

  @Test
  @Tag("long")
  void averagesRoundedToBfloat16WithOneAndThreeExecutors() throws Exception {
    assertEquals(roundedAverages("one", 1), roundedAverages("three", 3));
  }

  private String roundedAverages(String name, int executors) throws Exception {
    return rounded(name, executors)
        .set("sync.mode", "averaging")
        .set("sync.from", "10 steps")
        .run()
        .digest();
  }

  private String postLocal(String name, int executors) throws Exception {
    return Launcher.shortTraining(folder.resolve(name), Launcher.OF_1998)
        .set("sync.mode", "averaging")
        .set("sync.from", "15 steps")
        .executors(executors, 1)
        .run()
        .digest();
  }

  private String averaging(String name, int executors) throws Exception {
    return Launcher.shortTraining(folder.resolve(name), Launcher.OF_1998)
        .set("sync.mode", "averaging")
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
