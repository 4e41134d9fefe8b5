package dev.convoy.spark.storage;

import dev.convoy.spark.it.Hdfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HdfsLeaseIT extends LeaseContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
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
  protected Configuration hadoop() {
    return hdfs.configuration();
  }

  @Override
  protected String folder() {
    return hdfs.uri() + "/leases/" + FOLDERS.incrementAndGet();
  }
}
