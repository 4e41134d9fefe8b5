package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3IT {
  @TempDir Path folder;

  @Test
  void shardsAndOutputOnS3GiveTheHashOfTheFilesTheyWereMadeOf() throws Exception {
    try (S3 s3 = S3.start(folder.resolve("s3"))) {
      String shards = "s3a://bucket/shards";
      s3.reach(Launcher.convoy(folder, "prepare", "mnist", "--shards", "3"))
          .with("--input", Launcher.SAMPLE.toString(), "--output", shards)
          .set("cluster.memory", "512m")
          .run()
          .requireStatus(0)
          .requireLine("^train +4,000 images \\(28x28x1\\) in 3 shards, fingerprint [0-9a-f]{64}$");
      String output = "s3a://bucket/runs/1";
      Launcher training =
          s3.reach(ReferenceRun.training(folder))
              .executors(1, 1)
              .set("data.format", "shards")
              .set("data.train", shards)
              .output(output);
      assertEquals(ReferenceRun.digest(), training.run().digest());
      assertEquals(
          ReferenceRun.digest(),
          s3.reach(Launcher.convoy(folder, "digest", output + "/checkpoints/step-000000040"))
              .run()
              .digest());
      // What is finished is recognized by what lies in the bucket.
      assertEquals(ReferenceRun.digest(), training.with("--resume").run().digest());
    }
  }
}
