package dev.convoy.spark.checkpoint;

import dev.convoy.spark.it.Hdfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HdfsCheckpointStoreIT extends CheckpointStoreContract {
  private static final AtomicInteger RUNS = new AtomicInteger();
  @TempDir static Path disk;
  private static Hdfs hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    hdfs = Hdfs.start(disk);
  }

  @AfterAll
  static void stopHdfs() {
    hdfs.close();
  }

  @Override
  Configuration hadoop() {
    return hdfs.configuration();
  }

  @Override
  String output() {
    return hdfs.uri() + "/runs/" + RUNS.incrementAndGet();
  }
}
