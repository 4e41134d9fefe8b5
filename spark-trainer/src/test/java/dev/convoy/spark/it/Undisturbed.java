package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The run that all others are held to: 300 steps of lenet5-modern on two executors of one core,
 * which nothing disturbs. It is made once for all tests of this process.
 */
final class Undisturbed {
  private static String digest;

  private Undisturbed() {}

  /** The run's configuration, which leaves open who carries it. */
  static Launcher training(Path folder) {
    return Launcher.train(folder, Launcher.MODERN)
        .set("train.steps", 300)
        .set("train.batch-size", 64)
        .set("train.virtual-nodes", 8)
        .set("checkpoint.every", "\"20 steps\"")
        .set("evaluate.every", "never");
  }

  /** The last line it printed. */
  static synchronized String digest() throws IOException, InterruptedException {
    if (digest == null) {
      Path folder = Files.createTempDirectory("undisturbed");
      digest = training(folder).executors(2, 1).run().digest();
    }
    return digest;
  }
}
