package dev.convoy.spark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM that was started as this one was, to run another main class. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildJvm(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildJvm start(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ChildJvm(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** Writes a line to its standard input. */
  void tell(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Returns the next line of its standard output. */
  String line() throws IOException, InterruptedException {
    String line = out.readLine();
    if (line == null) {
      process.waitFor();
      throw new IOException("a JVM ended with status " + process.exitValue());
    }
    return line;
  }

  /** Returns what else it prints, once it has ended. */
  String awaitEnd() throws IOException, InterruptedException {
    String printed = out.lines().collect(Collectors.joining("\n"));
    if (process.waitFor() != 0) {
      throw new IOException("a JVM ended with status " + process.exitValue() + ": " + printed);
    }
    return printed;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
