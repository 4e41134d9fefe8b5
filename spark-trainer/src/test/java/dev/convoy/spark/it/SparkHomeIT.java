package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeIT {
  /** What a distribution's bin/spark-submit comes to, and a note that it was called. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd)
      echo "$@" > "$SPARK_HOME/called"
      "$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
          org.apache.spark.deploy.SparkSubmit "$@" > "$SPARK_HOME/command" &&
        mapfile -d '' -t words < <(tail -n +2 "$SPARK_HOME/command") && exec "${words[@]}"
      """;

  @TempDir Path folder;

  private Path installation() throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark"));
    Path jars = Launcher.REPOSITORY.resolve("spark-trainer/target/spark/jars");
    Files.createSymbolicLink(home.resolve("jars"), jars);
    Files.createFile(home.resolve("RELEASE"));
    Path submit = Files.createDirectory(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SPARK_SUBMIT);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  @Test
  void aRunGoesThroughTheSparkSubmitOfSparkHomeAndHasTheSameHash() throws Exception {
    Path home = installation();
    Ended ended =
        ReferenceRun.training(folder).executors(1, 1).env("SPARK_HOME", home.toString()).run();
    assertEquals(ReferenceRun.digest(), ended.digest());
    assertTrue(Files.readString(home.resolve("called")).contains("--class dev.convoy.spark.app"));
  }

  @Test
  void aRunOnThisMachineGoesOnWithoutASparkHomeThatCannotServe() throws Exception {
    Ended ended =
        ReferenceRun.training(folder).executors(1, 1).env("SPARK_HOME", folder.toString()).run();
    assertEquals(ReferenceRun.digest(), ended.digest());
    assertEquals(
        "convoy: SPARK_HOME="
            + folder
            + " is not used for this run on this machine (it has no bin/spark-submit); Convoy's own"
            + " Spark is",
        ended.sentence());
  }

  @Test
  void aClusterIsNotSubmittedToWithoutAndTheWayOutIsSaid() throws Exception {
    Ended ended =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .env("SPARK_HOME", folder.toString())
            .with("--master", "spark://127.0.0.1:9")
            .run()
            .requireStatus(2);
    assertEquals(
        "convoy: SPARK_HOME="
            + folder
            + " is refused; it has no bin/spark-submit; set it to an installation of Spark 4 (Scala"
            + " 2.13), or unset it to use Convoy's own",
        ended.sentence());
  }
}
