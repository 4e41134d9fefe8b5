package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that appears whole or not at all: it is written under a temporary name beside its final
 * one and then renamed. Closing without {@link #publish} removes what was written; a process that
 * is killed leaves a hidden folder {@code .NAME.preparing-...} and nothing under the final name.
 */
final class Publication implements Closeable {
  private final FileSystem files;
  private final Path destination;
  private final DataFolder temporary;
  private final boolean overwrite;
  private final String unique = UUID.randomUUID().toString();

  Publication(Configuration hadoop, String uri, boolean overwrite) throws IOException {
    DataFolder folder = DataFolder.at(hadoop, uri);
    this.files = folder.files();
    this.destination = folder.path();
    this.overwrite = overwrite;
    if (destination.isRoot()) {
      throw new DataException("the output cannot be the root folder " + destination);
    }
    refuseExisting();
    Path hidden = sibling("preparing");
    try {
      if (!files.mkdirs(hidden)) {
        throw new IOException("the folder " + hidden + " could not be made");
      }
    } catch (IOException e) {
      throw new DataException(
          "the output " + destination + " cannot be written: " + e.getMessage(), e);
    }
    this.temporary = DataFolder.at(hadoop, hidden.toString());
  }

  /** Where to write. */
  DataFolder temporary() {
    return temporary;
  }

  /** Gives the folder its final name; an existing one is put aside first, and then deleted. */
  void publish() throws IOException {
    refuseExisting();
    Path old = sibling("replaced");
    boolean replaced = files.exists(destination);
    if (replaced) {
      rename(destination, old);
    }
    rename(temporary.path(), destination);
    if (replaced) {
      files.delete(old, true);
    }
  }

  @Override
  public void close() throws IOException {
    files.delete(temporary.path(), true);
  }

  private void refuseExisting() throws IOException {
    if (!files.exists(destination)) {
      return;
    }
    if (!overwrite) {
      throw new DataException("the output " + destination + " exists already");
    }
    // What is replaced is deleted: never anything but shards, whatever path was mistyped.
    if (!files.exists(new Path(destination, Manifest.FILE))) {
      throw new DataException(
          "the output " + destination + " exists and holds no shards, so it is not overwritten");
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(from + " could not be renamed to " + to);
    }
  }

  private Path sibling(String what) {
    return new Path(
        destination.getParent(), "." + destination.getName() + "." + what + "-" + unique);
  }
}
