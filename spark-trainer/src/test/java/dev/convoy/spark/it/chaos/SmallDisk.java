package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that can be filled up: a file system of its own in memory. Needs root. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on an empty folder. */
  static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Programs.run("mount -t tmpfs -o size=" + mebibytes + "m tmpfs " + folder);
    return new SmallDisk(folder);
  }

  /** Leaves no room. */
  void fill() throws IOException {
    byte[] zeros = new byte[4096];
    try (OutputStream out =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(zeros);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw e;
      }
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException {
    try {
      Programs.run("umount -l " + folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
