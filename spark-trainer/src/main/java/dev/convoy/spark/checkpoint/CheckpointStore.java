package dev.convoy.spark.checkpoint;

import dev.convoy.data.StoragePath;
import dev.convoy.spark.storage.RunFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of a run, in {@code checkpoints/} of its folder. A checkpoint is written into a
 * folder with a name that no reader looks at, and published by renaming that folder; so a crash at
 * any instant leaves every earlier one whole.
 */
public final class CheckpointStore {
  /** Its name in the run's folder. */
  public static final String FOLDER = "checkpoints";

  private static final String STEP = "step-";
  private static final Pattern PUBLISHED = Pattern.compile(STEP + "\\d{9}");
  private static final String UNFINISHED = ".unfinished-";

  private final FileSystem fs;
  private final Path folder;

  /** Returns the checkpoints of the run in {@code output}, a path or URI. */
  public static CheckpointStore of(String output, Configuration hadoop) throws IOException {
    Path folder = StoragePath.child(StoragePath.of(output), FOLDER);
    FileSystem fs = StoragePath.fileSystem(folder, hadoop);
    return new CheckpointStore(RunFiles.plain(fs), fs.makeQualified(folder));
  }

  private CheckpointStore(FileSystem fs, Path folder) {
    this.fs = fs;
    this.folder = folder;
  }

  /** Returns a checkpoint to be written; all ranks of an attempt write into the same. */
  public Checkpoint unfinished(long step, int attempt) {
    return new Checkpoint(fs, new Path(folder, UNFINISHED + name(step) + "-attempt-" + attempt));
  }

  /**
   * Makes a finished checkpoint the newest, and deletes the oldest beyond {@code keep}. One rank
   * does this, after all have written. If it fails on its way, it may be tried again.
   */
  public void publish(Checkpoint finished, long step, int keep) throws IOException {
    Path published = pathOf(step);
    if (fs.exists(finished.folder())) {
      // If there is one, the run has reached this step before and was resumed from an earlier one:
      // the old folder is damaged.
      fs.delete(published, true);
      if (!fs.rename(finished.folder(), published)) {
        throw new IOException("cannot rename " + finished.folder() + " to " + published);
      }
    } else if (!fs.exists(published)) {
      throw new IOException(finished.folder() + " is not there any more");
    }
    List<Path> newestFirst = published();
    for (Path old : newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
      fs.delete(old, true);
    }
  }

  /**
   * Returns the newest checkpoint that is whole.
   *
   * @param warnings gets a sentence for each damaged one that was passed over
   */
  public Optional<Checkpoint> newest(Consumer<String> warnings) throws IOException {
    for (Path path : published()) {
      Checkpoint checkpoint = new Checkpoint(fs, path);
      try {
        checkpoint.verify();
        return Optional.of(checkpoint);
      } catch (IOException e) {
        warnings.accept("passing over a damaged checkpoint: " + RunFiles.firstLine(e));
      }
    }
    return Optional.empty();
  }

  /** Returns the folder in which each checkpoint has its own. */
  public Path folder() {
    return folder;
  }

  /** Returns the step of the newest checkpoint that was published, be it whole or damaged. */
  public OptionalLong newestStep() throws IOException {
    return published().stream()
        .mapToLong(path -> Long.parseLong(path.getName().substring(STEP.length())))
        .findFirst();
  }

  /** Returns the folder of the checkpoint at a step. */
  public Path pathOf(long step) {
    return new Path(folder, name(step));
  }

  /** Returns the checkpoint in a folder of that name, as the driver has found it. */
  public Checkpoint named(String name) {
    return new Checkpoint(fs, new Path(folder, name));
  }

  /** Deletes what crashes have left unfinished; call it while nobody writes. */
  public void deleteUnfinished() throws IOException {
    for (FileStatus status : list()) {
      if (status.getPath().getName().startsWith(UNFINISHED)) {
        fs.delete(status.getPath(), true);
      }
    }
  }

  private List<Path> published() throws IOException {
    return Arrays.stream(list())
        .map(FileStatus::getPath)
        .filter(path -> PUBLISHED.matcher(path.getName()).matches())
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  private FileStatus[] list() throws IOException {
    return fs.exists(folder) ? fs.listStatus(folder) : new FileStatus[0];
  }

  private static String name(long step) {
    return String.format(Locale.ROOT, STEP + "%09d", step);
  }
}
