package dev.convoy.spark.train;

import dev.convoy.data.DataException;
import dev.convoy.data.StoragePath;
import dev.convoy.data.store.StoreException;
import dev.convoy.data.store.Stores;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.Lease;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.spark.telemetry.RunRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The output folder of a run, claimed without losing what is in it. */
final class RunFolder implements Closeable {
  static final String RUN_RECORD = "run.json";
  static final String METRICS = "metrics.jsonl";
  static final String LEASE = ".lease";
  private static final String PROBE = ".writable";

  private final FileSystem fs;
  private final Path path;

  /** Null while the folder is only looked at. */
  private Lease lease;

  private RunFolder(FileSystem fs, Path path) {
    this.fs = fs;
    this.path = path;
  }

  /**
   * Claims the folder, until it is closed.
   *
   * @throws UserError if it holds a run and the user has not said what to do with it, if it holds
   *     something else, if another process has claimed it, or if it cannot be written
   */
  static RunFolder claim(
      String output, Training.Start start, Configuration hadoop, Consumer<String> notices)
      throws IOException {
    return open(
        output,
        hadoop,
        folder -> {
          folder.check(start);
          folder.prepare(start, notices);
        });
  }

  /**
   * Asks whether the folder could be claimed, and leaves it as it is.
   *
   * @throws UserError as {@link #claim} does, unless only writing would tell
   */
  static void check(String output, Training.Start start, Configuration hadoop) throws IOException {
    open(output, hadoop, folder -> folder.check(start));
  }

  private static RunFolder open(String output, Configuration hadoop, Opening opening)
      throws IOException {
    try {
      return Stores.ask(
          hadoop,
          output,
          (fs, path) -> {
            RunFolder folder = new RunFolder(fs, path);
            opening.accept(folder);
            return folder;
          });
    } catch (StoreException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | DataException e) {
      throw new UserError(
          "--output %s cannot be written: %s".formatted(output, RunFiles.firstLine(e)), e);
    }
  }

  /** What is done to a folder when it is opened. */
  private interface Opening {
    void accept(RunFolder folder) throws IOException;
  }

  private Lease.Terms terms() {
    return new Lease.Terms(
        "--output " + path, "convoy train", "wait for its end, stop it, or name another folder");
  }

  private void check(Training.Start start) throws IOException {
    if (!fs.exists(path)) {
      if (start == Training.Start.RESUME) {
        throw new UserError("--resume: there is no run in " + path);
      }
      return;
    }
    if (!fs.getFileStatus(path).isDirectory()) {
      throw new UserError("--output %s is a file; it must be a folder".formatted(path));
    }
    Lease.check(fs, file(LEASE), terms());
    boolean run = fs.exists(file(RUN_RECORD));
    boolean empty =
        Arrays.stream(fs.listStatus(path)).allMatch(status -> isOfClaim(status.getPath()));
    if (!run && !empty) {
      throw new UserError(
          "--output %s holds files but no run of Convoy's; name another folder".formatted(path));
    }
    if (run && start == Training.Start.NEW) {
      throw new UserError(
          "--output %s holds a run; add --resume to go on with it or --overwrite to delete it"
              .formatted(path));
    }
    if (empty && start == Training.Start.RESUME) {
      throw new UserError("--resume: there is no run in " + path);
    }
  }

  /** Returns whether a file is left by a process that died before its run began. */
  private static boolean isOfClaim(Path file) {
    return file.getName().startsWith(LEASE) || file.getName().equals(PROBE);
  }

  private void prepare(Training.Start start, Consumer<String> notices) throws IOException {
    if (!fs.mkdirs(path)) {
      throw new IOException("the folder cannot be made");
    }
    Path probe = file(PROBE);
    fs.create(probe, true).close();
    fs.delete(probe, false);
    lease = Lease.take(fs, file(LEASE), terms(), notices);
    if (start == Training.Start.OVERWRITE) {
      for (FileStatus status : fs.listStatus(path)) {
        if (!isOfClaim(status.getPath())) {
          fs.delete(status.getPath(), true);
        }
      }
    }
  }

  /** Returns the lease, which is the right to write into the folder. */
  Lease lease() {
    return lease;
  }

  @Override
  public void close() {
    lease.close();
  }

  /** Returns what is recorded of the run that is in it, if one is. */
  Optional<RunRecord.Earlier> earlier() throws IOException {
    return fs.exists(file(RUN_RECORD))
        ? Optional.of(RunRecord.read(fs, file(RUN_RECORD)))
        : Optional.empty();
  }

  FileSystem fileSystem() {
    return fs;
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return StoragePath.child(path, name);
  }
}
