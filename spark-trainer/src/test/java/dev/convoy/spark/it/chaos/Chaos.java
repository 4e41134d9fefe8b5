package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Trains once undisturbed and once under faults, on the same cluster, and compares. The kinds of
 * the faults, their victims and how long they last follow from the seed.
 */
final class Chaos {
  /**
   * How much.
   *
   * @param stepsBetween two faults, about; 0: as many as take {@code faultEvery}
   * @param without names of kinds that are left out
   * @param longest all of it may take
   */
  record Options(
      int faults,
      long seed,
      int executors,
      Duration faultEvery,
      long stepsBetween,
      Set<String> without,
      Duration longest) {}

  private static final long CALIBRATION_STEPS = 400;
  private static final int DISK_MEBIBYTES = 768;

  private final Options options;
  private final Path folder;
  private final PrintStream out;

  Chaos(Options options, Path folder, PrintStream out) {
    this.options = options;
    this.folder = folder;
    this.out = out;
  }

  /** Returns whether everything went as it must. */
  boolean run() throws IOException, InterruptedException {
    boolean root = NamespaceNetwork.isPossible();
    out.printf(
        Locale.ROOT,
        "seed %d: %d faults, %d executors%s%n",
        options.seed(),
        options.faults(),
        options.executors(),
        root
            ? ", each on a host of its own (network namespaces)"
            : "; no links are cut and no disk is filled, which needs root, ip and tc");
    Path run = folder.resolve("run");
    try (HostNetwork network =
            root ? NamespaceNetwork.of(options.executors()) : new LoopbackNetwork();
        // Before the cluster, for a namespace sees only what is mounted when it is entered.
        SmallDisk disk = root ? SmallDisk.mount(run, DISK_MEBIBYTES) : null;
        ChaosCluster cluster = new ChaosCluster(folder, network, options.executors())) {
      return run(cluster, run.resolve("output"), Optional.ofNullable(disk));
    }
  }

  private boolean run(ChaosCluster cluster, Path output, Optional<SmallDisk> disk)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + options.longest().toNanos();
    long between = options.stepsBetween() > 0 ? options.stepsBetween() : calibrate(cluster);
    long steps = between * (options.faults() + 1L);
    Undisturbed undisturbed = undisturbed(cluster, "undisturbed", steps);
    out.printf(
        Locale.ROOT,
        "undisturbed: %d steps in %d s, %s; a fault every %d steps%n",
        steps,
        undisturbed.took().toSeconds(),
        undisturbed.hash(),
        between);

    Random random = new Random(options.seed());
    List<Fault> kinds =
        Faults.possible(cluster.network().hasLinks(), disk.isPresent()).stream()
            .filter(kind -> !options.without().contains(kind.name()))
            .toList();
    List<Fault> faults = Faults.draw(kinds, options.faults(), random);
    try (TrainingRun training =
        new TrainingRun(cluster, folder.resolve("disturbed"), output, steps)) {
      ChaosRun run = new ChaosRun(new Scene(cluster, training, disk), out);
      boolean ended = run.run(faults, between, random, deadline);
      Duration took = training.elapsed();
      List<String> problems = run.problems();
      if (ended) {
        String hash = training.hash().orElse("none");
        if (!hash.equals(undisturbed.hash())) {
          problems.add("the hash is another one: " + hash);
        }
        long missing = EachStep.missing(output.resolve("metrics.jsonl"), steps);
        // Executors may publish a checkpoint whose last steps a killed driver has not told of.
        if (missing < 0 || (missing > 0 && training.drivers() == 1)) {
          problems.add("metrics.jsonl does not tell of each step once, in order");
        } else if (missing > 0) {
          out.println(missing + " lines of metrics.jsonl died with a driver");
        }
      }
      out.println();
      out.println(RecoveryTable.of(run.recoveries()));
      out.printf(
          Locale.ROOT,
          "%d of %d faults in %d s, useful time %.0f %%; %s%n",
          run.recoveries().size(),
          options.faults(),
          took.toSeconds(),
          100.0 * undisturbed.took().toNanos() / took.toNanos(),
          problems.isEmpty() ? "the hash of the undisturbed run" : "FAILED:");
      problems.forEach(out::println);
      return problems.isEmpty();
    }
  }

  private record Undisturbed(String hash, Duration took, double stepsPerSecond) {}

  /** Returns the number of steps that take the time between two faults. */
  private long calibrate(ChaosCluster cluster) throws IOException, InterruptedException {
    double rate = undisturbed(cluster, "calibration", CALIBRATION_STEPS).stepsPerSecond();
    return Math.max(20, Math.round(rate * options.faultEvery().toMillis() / 1000));
  }

  private Undisturbed undisturbed(ChaosCluster cluster, String name, long steps)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve(name));
    try (TrainingRun training = new TrainingRun(cluster, work, work.resolve("output"), steps)) {
      ChaosRun run = new ChaosRun(new Scene(cluster, training, Optional.empty()), out);
      boolean ended = run.run(List.of(), 1, new Random(0), Long.MAX_VALUE);
      if (!ended) {
        throw new IOException("even without faults: " + String.join("; ", run.problems()));
      }
      double seconds = (System.nanoTime() - training.progress().firstStepNanos()) / 1e9;
      return new Undisturbed(
          training.hash().orElseThrow(), training.elapsed(), (steps - 1) / seconds);
    }
  }
}
