package dev.convoy.spark.train;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system under the scheme {@code distant}, as a store that may be away. */
public final class DistantFileSystem extends RawLocalFileSystem {
  private static final String SCHEME = "distant";

  /** Open while the store answers. */
  private static volatile CountDownLatch answers = new CountDownLatch(0);

  private static volatile boolean refuses;

  /** Returns settings that know the scheme. */
  static Configuration settings() {
    Configuration settings = new Configuration(false);
    settings.setClass("fs." + SCHEME + ".impl", DistantFileSystem.class, RawLocalFileSystem.class);
    settings.setBoolean("fs." + SCHEME + ".impl.disable.cache", true);
    return settings;
  }

  static String uri(java.nio.file.Path path) {
    return SCHEME + "://" + path;
  }

  /** From now on it does not answer. */
  static void fallSilent() {
    answers = new CountDownLatch(1);
  }

  /** From now on it refuses connections. */
  static void refuse() {
    refuses = true;
  }

  /** It is there again. */
  static void comeBack() {
    refuses = false;
    answers.countDown();
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    ask();
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    ask();
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  private static void ask() throws IOException {
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (refuses) {
      throw new ConnectException("Connection refused");
    }
  }
}
