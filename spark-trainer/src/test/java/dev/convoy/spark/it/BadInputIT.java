package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals that only the launcher can show; all others are in {@code BadInputTest}. */
class BadInputIT {
  @TempDir Path folder;

  private void assertRefused(Launcher launcher, String sentencePart) throws Exception {
    Ended ended = launcher.run().requireStatus(2);
    String sentence = ended.sentence();
    assertTrue(sentence.startsWith("convoy: "), sentence);
    assertTrue(sentence.contains(sentencePart), sentence);
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private Launcher training() {
    return Launcher.shortTraining(folder, Launcher.MODERN);
  }

  @Test
  void moreMemoryThanTheMachineHasFree() throws Exception {
    assertRefused(training().set("cluster.memory", "900g"), "memory: 2 executors of 1013760 MiB");
  }

  @Test
  void aJdkThatIsTooOld() throws Exception {
    String home = oldJdk().toString();
    assertRefused(
        training().env("JAVA_HOME", home),
        "needs a JDK 17 or later, and " + home + "/bin/java is version 11");
  }

  @Test
  void aJdkThatIsNotThere() throws Exception {
    assertRefused(
        training().env("JAVA_HOME", folder.resolve("nothing").toString()),
        "needs a JDK 17 or later");
  }

  @Test
  void anExecutorJdkThatIsNotThere() throws Exception {
    assertRefused(
        training().env("CONVOY_EXECUTOR_JAVA_HOME", folder.toString()),
        "CONVOY_EXECUTOR_JAVA_HOME=" + folder + " is refused; it has no bin/java");
  }

  @Test
  void anUnknownKeyIsFoundBeforeSparkStarts() throws Exception {
    assertRefused(
        training().set("train.sede", 1), "unknown key train.sede; did you mean train.seed?");
  }

  @Test
  void dataThatIsNotThere() throws Exception {
    assertRefused(
        training().set("data.train", "\"" + folder.resolve("none") + "\""),
        "there is no data folder");
  }

  /** Says what a JDK 11 says of itself. */
  private Path oldJdk() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk-11/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.22\" 2024-01-16' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }
}
