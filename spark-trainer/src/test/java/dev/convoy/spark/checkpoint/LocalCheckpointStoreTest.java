package dev.convoy.spark.checkpoint;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointStoreTest extends CheckpointStoreContract {
  @TempDir Path run;

  @Override
  Configuration hadoop() {
    return new Configuration();
  }

  @Override
  String output() {
    return run.toString();
  }
}
