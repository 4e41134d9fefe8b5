package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The run that others are held to: 40 steps of lenet5-modern on two executors of one core, which
 * nothing disturbs. It is made once for all tests of this process, for to start Spark takes longer
 * than to train.
 */
final class ReferenceRun {
  private static final Path FOLDER =
      Launcher.REPOSITORY.resolve("spark-trainer/target/reference-run");

  private static Ended ended;

  private ReferenceRun() {}

  /** Its configuration, which leaves open who carries it. */
  static Launcher training(Path folder) {
    return Launcher.shortTraining(folder, Launcher.MODERN)
        .set("evaluate.every", "\"1 epoch\"")
        .set("checkpoint.every", "\"20 steps\"");
  }

  /** What a user saw of it. */
  static synchronized Ended ended() throws IOException, InterruptedException {
    if (ended == null) {
      ended = training(FOLDER).with("--overwrite").executors(2, 1).run();
      ended.requireStatus(0);
    }
    return ended;
  }

  /** The last line it printed. */
  static String digest() throws IOException, InterruptedException {
    return ended().digest();
  }

  /** The folder of its weights, checkpoints and metrics, to be read only. */
  static Path folder() throws IOException, InterruptedException {
    ended();
    return FOLDER.resolve("run");
  }
}
