package dev.convoy.spark.storage;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

class LocalLeaseTest extends LeaseContract {
  @TempDir Path folder;

  @Override
  protected Configuration hadoop() {
    return new Configuration();
  }

  @Override
  protected String folder() {
    return folder.toUri().toString();
  }
}
