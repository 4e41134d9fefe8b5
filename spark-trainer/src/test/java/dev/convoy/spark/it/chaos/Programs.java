package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs of the system to their end. */
final class Programs {
  private Programs() {}

  /** Runs a command line, cut at its spaces. */
  static void run(String line) throws IOException, InterruptedException {
    run(List.of(line.split(" ", -1)));
  }

  /**
   * Runs a command.
   *
   * @throws IOException with what it has said, if it fails
   */
  static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  /** Returns whether a command line can be run, and succeeds. */
  static boolean succeeds(String line) throws InterruptedException {
    try {
      run(line);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
