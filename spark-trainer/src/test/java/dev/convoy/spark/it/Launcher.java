package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code scripts/convoy} as a user starts it: a process of its own, on the JDK of this test, with
 * the application jar that the build has just made and the sample of the repository.
 */
public final class Launcher {
  /** The repository, from the folder of a module or its own. */
  public static final Path REPOSITORY = repository();

  /** 4,000 and 1,000 images, so that no test depends on what is installed. */
  static final Path SAMPLE = REPOSITORY.resolve("conf/sample/fashion-mnist");

  public static final Path MODERN = REPOSITORY.resolve("conf/lenet5-fashion-mnist.conf");
  static final Path OF_1998 = REPOSITORY.resolve("conf/lenet5-1998-fashion-mnist.conf");

  /** What of the test's own surroundings must not decide how it ends. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "SPARK_HOME",
          "SPARK_CONF_DIR",
          "CONVOY_SCRATCH",
          "CONVOY_EXECUTOR_JAVA_HOME",
          "CONVOY_EXECUTOR_JAVA_OPTIONS",
          "CONVOY_TERMINAL",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS");

  private final Path folder;
  private final List<String> words = new ArrayList<>();
  private Path installation = REPOSITORY;
  private String output;
  private boolean heedsSignals;
  private final Map<String, String> environment = new TreeMap<>();

  private Launcher(Path folder, List<String> words) {
    this.folder = folder;
    this.words.addAll(words);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("CONVOY_NO_BUILD", "1");
    environment.put("CONVOY_LOG_DIR", folder.resolve("logs").toString());
    environment.put("CONVOY_FASHION_MNIST", SAMPLE.toString());
  }

  /** {@code convoy} with these arguments; its working folder and its logs are in {@code folder}. */
  static Launcher convoy(Path folder, String... args) {
    return new Launcher(folder, List.of(args));
  }

  /** {@code convoy train CONFIG --output folder/run}. */
  static Launcher train(Path folder, Path config) {
    return convoy(folder, "train", config.toString()).output(folder.resolve("run").toString());
  }

  /** A few steps: enough to see what changes bits, on a batch that eight virtual nodes share. */
  public static Launcher shortTraining(Path folder, Path config) {
    return train(folder, config)
        .set("train.steps", 40)
        .set("train.batch-size", 64)
        .set("train.virtual-nodes", 8)
        .set("evaluate.every", "never");
  }

  public Launcher set(String key, Object value) {
    return with("--set", key + "=" + value);
  }

  public Launcher executors(int executors, int cores) {
    return set("cluster.executors", executors).set("cluster.cores-per-executor", cores);
  }

  public Launcher with(String... args) {
    words.addAll(List.of(args));
    return this;
  }

  /** Another folder that has {@code scripts/convoy}. */
  Launcher from(Path other) {
    installation = other;
    return this;
  }

  /** Another folder for the run, a path or URI. */
  public Launcher output(String folderOrUri) {
    output = folderOrUri;
    return this;
  }

  Launcher env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Ends by HUP and INT, which whoever runs the tests may have told its processes to ignore, as
   * {@code nohup} and the background of a shell do; needs GNU's {@code env}.
   */
  Launcher heedingSignals() {
    heedsSignals = true;
    return this;
  }

  /** Runs it to its end. */
  Ended run() throws IOException, InterruptedException {
    return start().await();
  }

  Running start() throws IOException {
    Files.createDirectories(folder);
    Path errors = Files.createTempFile(folder, "stderr", ".txt");
    return new Running(process().redirectError(errors.toFile()).start(), errors);
  }

  /** Returns what starts it, with standard output and standard error as pipes. */
  public ProcessBuilder process() {
    List<String> command = new ArrayList<>();
    if (heedsSignals) {
      command.addAll(List.of("env", "--default-signal=HUP,INT"));
    }
    command.add(installation.resolve("scripts/convoy").toString());
    command.addAll(words);
    if (output != null) {
      command.addAll(List.of("--output", output));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    NOT_INHERITED.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder;
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("scripts/convoy"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
