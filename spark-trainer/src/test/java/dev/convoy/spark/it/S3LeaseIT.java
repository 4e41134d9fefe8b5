package dev.convoy.spark.it;

import dev.convoy.spark.storage.LeaseContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3LeaseIT extends LeaseContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  @TempDir static Path folder;
  private static S3 s3;

  @BeforeAll
  static void startS3() throws IOException, InterruptedException {
    s3 = S3.start(folder);
  }

  @AfterAll
  static void stopS3() {
    s3.close();
  }

  @Override
  protected Configuration hadoop() {
    return s3.configuration();
  }

  @Override
  protected String folder() {
    return "s3a://bucket/leases/" + FOLDERS.incrementAndGet();
  }
}
