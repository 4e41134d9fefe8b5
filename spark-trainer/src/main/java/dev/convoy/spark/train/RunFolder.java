package dev.convoy.spark.train;

import dev.convoy.data.DataException;
import dev.convoy.data.StoragePath;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.telemetry.RunRecord;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The output folder of a run, claimed without losing what is in it. */
final class RunFolder {
  static final String RUN_RECORD = "run.json";
  static final String METRICS = "metrics.jsonl";
  private static final String PROBE = ".writable";

  private final FileSystem fs;
  private final Path path;

  private RunFolder(FileSystem fs, Path path) {
    this.fs = fs;
    this.path = path;
  }

  /**
   * Claims the folder.
   *
   * @throws UserError if it holds a run and the user has not said what to do with it, if it holds
   *     something else, or if it cannot be written
   */
  static RunFolder claim(String output, Training.Start start, Configuration hadoop) {
    return open(output, start, hadoop, true);
  }

  /**
   * Asks whether the folder could be claimed, and leaves it as it is.
   *
   * @throws UserError as {@link #claim} does, unless only writing would tell
   */
  static void check(String output, Training.Start start, Configuration hadoop) {
    open(output, start, hadoop, false);
  }

  private static RunFolder open(
      String output, Training.Start start, Configuration hadoop, boolean claims) {
    try {
      Path given = StoragePath.of(output);
      FileSystem fs = StoragePath.fileSystem(given, hadoop);
      RunFolder folder = new RunFolder(fs, fs.makeQualified(given));
      folder.check(start);
      if (claims) {
        folder.prepare(start);
      }
      return folder;
    } catch (IOException | IllegalArgumentException | DataException e) {
      throw new UserError("--output %s cannot be written: %s".formatted(output, firstLine(e)), e);
    }
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
    boolean run = fs.exists(file(RUN_RECORD));
    boolean empty = fs.listStatus(path).length == 0;
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

  private void prepare(Training.Start start) throws IOException {
    if (start == Training.Start.OVERWRITE && fs.exists(path)) {
      fs.delete(path, true);
    }
    if (!fs.mkdirs(path)) {
      throw new IOException("the folder cannot be made");
    }
    Path probe = file(PROBE);
    fs.create(probe, true).close();
    fs.delete(probe, false);
  }

  /** What is recorded of the run that is in it, if one is. */
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

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
