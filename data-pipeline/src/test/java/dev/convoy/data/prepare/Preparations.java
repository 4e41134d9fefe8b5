package dev.convoy.data.prepare;

import dev.convoy.data.OnCorrupt;
import dev.convoy.data.Split;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Preparations in this process, for tests. */
public final class Preparations {
  /** One task after the other. */
  static final TaskRunner IN_PROCESS = new InProcess();

  static class InProcess implements TaskRunner {
    @Override
    public <R> List<R> run(List<? extends PrepareTask<R>> tasks) throws IOException {
      List<R> results = new ArrayList<>();
      for (PrepareTask<R> task : tasks) {
        results.add(runOne(task));
      }
      return results;
    }

    <R> R runOne(PrepareTask<R> task) throws IOException {
      try {
        return task.run(new Configuration(), images -> {});
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  static final Preparation.Listener SILENT =
      new Preparation.Listener() {
        @Override
        public void begins(boolean continued, int parts) {}

        @Override
        public void writes(Split split, int images, int shards) {}
      };

  private Preparations() {}

  /** Everything else as it is by default. */
  public static PrepareOptions options(String format, String input, String output, int shards) {
    return new PrepareOptions(
        format,
        input,
        output,
        shards,
        0,
        95,
        0,
        OnCorrupt.FAIL,
        DecodeOptions.DEFAULT,
        SourceOptions.DEFAULT);
  }

  public static Manifest run(PrepareOptions options) throws IOException {
    return run(options, IN_PROCESS, false, false);
  }

  static Manifest run(PrepareOptions options, TaskRunner tasks, boolean overwrite, boolean restart)
      throws IOException {
    return new Preparation(options, new Configuration(), overwrite).run(tasks, restart, SILENT);
  }

  /** Shards of a folder of IDX files. */
  public static Manifest mnist(Path idx, Path output, int shards) throws IOException {
    return run(options("mnist", idx.toString(), output.toString(), shards));
  }
}
