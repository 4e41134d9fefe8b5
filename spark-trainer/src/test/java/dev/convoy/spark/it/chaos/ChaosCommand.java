package dev.convoy.spark.it.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = "Trains under random faults, and tells what each kind costs.")
final class ChaosCommand implements Callable<Integer> {
  private static final int CLEANING_SECONDS = 20;

  @Option(names = "--faults", defaultValue = "20", description = "How many (${DEFAULT-VALUE}).")
  private int faults;

  @Option(names = "--seed", description = "Of kinds, victims and times; drawn, if not given.")
  private Long seed;

  @Option(
      names = "--minutes",
      defaultValue = "60",
      description =
          "After which no further fault is provoked and the run fails (${DEFAULT-VALUE}).")
  private int minutes;

  @Option(names = "--executors", defaultValue = "2", description = "At least 2 (${DEFAULT-VALUE}).")
  private int executors;

  @Option(
      names = "--fault-every",
      defaultValue = "10",
      description = "Seconds of training between two faults, about (${DEFAULT-VALUE}).")
  private int faultEvery;

  @Option(
      names = "--steps-between",
      defaultValue = "0",
      description = "The same in steps, which no machine's speed changes.")
  private long stepsBetween;

  @Option(names = "--without", description = "A kind of fault to leave out; may be repeated.")
  private Set<String> without = new HashSet<>();

  @Option(names = "--folder", description = "For logs and outputs; default a new one.")
  private Path folder;

  public static void main(String[] args) {
    System.exit(new CommandLine(new ChaosCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path work = folder == null ? Files.createTempDirectory("convoy-chaos") : folder;
    long drawn = seed == null ? new Random().nextInt(1 << 20) : seed;
    System.out.println("logs and outputs: " + work);
    Chaos.Options options =
        new Chaos.Options(
            faults,
            drawn,
            executors,
            Duration.ofSeconds(faultEvery),
            stepsBetween,
            without,
            Duration.ofMinutes(minutes));
    CountDownLatch ended = new CountDownLatch(1);
    Thread self = Thread.currentThread();
    // Whoever interrupts the program must not be left with its processes and namespaces.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(self, ended), "interrupt"));
    try {
      return new Chaos(options, Files.createDirectories(work), System.out).run() ? 0 : 1;
    } finally {
      ended.countDown();
    }
  }

  private static void interrupt(Thread running, CountDownLatch ended) {
    running.interrupt();
    try {
      if (!ended.await(CLEANING_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("chaos: not all processes could be ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
