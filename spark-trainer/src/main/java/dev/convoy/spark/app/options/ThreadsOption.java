package dev.convoy.spark.app.options;

import picocli.CommandLine.Option;

/** How many threads compute a step. */
public final class ThreadsOption {
  @Option(names = "--threads", paramLabel = "T", description = "Worker threads. Default: 1.")
  private int threads = 1;

  /** Returns the number of threads, at least 1. */
  public int threads() {
    return Require.atLeast(1, "--threads", threads);
  }
}
