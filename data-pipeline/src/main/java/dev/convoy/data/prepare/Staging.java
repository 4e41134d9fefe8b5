package dev.convoy.data.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.StoragePath;
import dev.convoy.data.shard.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The hidden folder {@code .NAME.preparing} beside the output, in which everything is written until
 * it is complete; then it is renamed, so that the output appears whole or not at all. An
 * interrupted preparation leaves it, and the same command goes on in it.
 *
 * <pre>
 *   .NAME.preparing/plan.json                       whose it is
 *   .NAME.preparing/.work/lists/train-00000.tsv     where the images of a part lie
 *   .NAME.preparing/.work/train/shard-00000.json    the summary of a finished shard
 *   .NAME.preparing/train/shard-00000.{seq,index}   a shard
 * </pre>
 */
final class Staging {
  private static final String PLAN = "plan.json";
  private static final String WORK = ".work";
  private static final String REFUSED = work("refused");

  private final DataFolder folder;
  private final Path destination;
  private final boolean overwrite;

  private Staging(DataFolder folder, Path destination, boolean overwrite) {
    this.folder = folder;
    this.destination = destination;
    this.overwrite = overwrite;
  }

  /** Returns the folder of the preparation of that output, which need not exist yet. */
  static Staging of(Configuration hadoop, String output, boolean overwrite) throws IOException {
    DataFolder destination = DataFolder.at(hadoop, output);
    Path path = destination.path();
    if (path.isRoot()) {
      throw new DataException("the output cannot be the root folder " + path);
    }
    Path hidden = StoragePath.child(path.getParent(), "." + path.getName() + ".preparing");
    return new Staging(DataFolder.at(hadoop, hidden.toString()), path, overwrite);
  }

  /** Refuses an output that exists and must not be replaced, before any work is done. */
  void refuseExisting() throws IOException {
    if (!folder.files().exists(destination)) {
      return;
    }
    if (!overwrite) {
      throw new DataException("the output " + destination + " exists already");
    }
    // What is replaced is deleted: never anything but shards, whatever path was mistyped.
    if (!folder.files().exists(StoragePath.child(destination, Manifest.FILE))) {
      throw new DataException(
          "the output " + destination + " exists and holds no shards, so it is not overwritten");
    }
  }

  /**
   * Begins, or goes on with what an interrupted preparation of the same plan has left.
   *
   * @param restart whether whatever was left is removed first
   * @return whether something was left
   * @throws DataException if the rest of another plan is in the way
   */
  boolean begin(Map<String, String> plan, boolean restart) throws IOException {
    refuseExisting();
    if (restart) {
      folder.files().delete(folder.path(), true);
    }
    String wanted = new ObjectMapper().writeValueAsString(plan);
    String found = readText(PLAN);
    if (found != null && !found.equals(wanted)) {
      throw new DataException(
          String.format(
              "%s holds the rest of an interrupted preparation with other options or of an input that"
                  + " has changed since (%s); repeat it with those, or discard it with --restart",
              folder, found));
    }
    if (found == null) {
      try {
        if (!folder.files().mkdirs(folder.path())) {
          throw new IOException("it could not be made");
        }
        writeText(PLAN, wanted);
      } catch (IOException e) {
        throw new DataException(
            "the output " + destination + " cannot be written: " + e.getMessage(), e);
      }
    }
    return found != null;
  }

  /** Remembers that the input has images which cannot be used, and which are to be mended. */
  void refused() throws IOException {
    writeText(REFUSED, "");
  }

  /**
   * Returns whether an earlier attempt was refused: its lists may be of an input that has changed
   * since.
   */
  boolean wasRefused() throws IOException {
    return readText(REFUSED) != null;
  }

  /** Returns where to write. */
  DataFolder folder() {
    return folder;
  }

  /** Returns the name of a file that is removed when all is done. */
  static String work(String name) {
    return WORK + "/" + name;
  }

  /** Returns the text of a file in it, or null if there is none. */
  String readText(String name) throws IOException {
    try (InputStream in = folder.files().open(folder.resolve(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** Writes a file of which others see all or nothing. */
  void writeText(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Path part = StoragePath.child(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = folder.files().create(part, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      folder.files().delete(path, false);
      rename(part, path);
    } catch (IOException e) {
      folder.files().delete(part, false);
      throw e;
    }
  }

  /** Ends the work: gives the folder its final name; an existing one is put aside, then deleted. */
  void publish(Manifest manifest) throws IOException {
    refuseExisting();
    FileSystem files = folder.files();
    try (OutputStream out = files.create(folder.resolve(Manifest.FILE), true)) {
      out.write(manifest.toJson());
    }
    files.delete(folder.resolve(WORK), true);
    files.delete(folder.resolve(PLAN), false);
    Path old =
        StoragePath.child(destination.getParent(), "." + destination.getName() + ".replaced");
    boolean replaced = files.exists(destination);
    if (replaced) {
      files.delete(old, true);
      rename(destination, old);
    }
    rename(folder.path(), destination);
    if (replaced) {
      files.delete(old, true);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!folder.files().rename(from, to)) {
      throw new IOException(from + " could not be renamed to " + to);
    }
  }
}
