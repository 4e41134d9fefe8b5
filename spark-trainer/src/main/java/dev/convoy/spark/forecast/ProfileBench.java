package dev.convoy.spark.forecast;

import dev.convoy.nn.MemoryTable;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Measures the profile of a network on this machine. */
public final class ProfileBench {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** Multiply-adds, forward, of the larger of the two steps: some seconds on a few cores. */
  private static final double LARGEST_STEP = 150e9;

  private static final double WARM_UP_SECONDS = 8;
  private static final double TIMED_SECONDS = 8;
  private static final int EXCHANGES = 20;

  private final NetworkPlan plan;
  private final StepBench steps;
  private final ExchangeBench exchange;

  /** Makes a bench that takes about a minute. */
  public ProfileBench(NetworkPlan plan) {
    this(plan, WARM_UP_SECONDS, TIMED_SECONDS, EXCHANGES);
  }

  ProfileBench(NetworkPlan plan, double warmUp, double timed, int exchanges) {
    this.plan = plan;
    steps = new StepBench(plan, warmUp, timed);
    exchange = new ExchangeBench(exchanges);
  }

  /**
   * Measures.
   *
   * @throws UserError if this machine has fewer cores than an executor
   */
  public Profile run() throws Exception {
    int threads = plan.config().cluster().coresPerExecutor();
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads > cores) {
      throw new UserError(
          ("cluster.cores-per-executor = %s, but this machine has %s; measure on a machine like"
                  + " the executors, or add --set cluster.cores-per-executor=%s")
              .formatted(threads, cores, cores));
    }
    StepTimes few = steps.run(1);
    int nodes = nodes();
    StepTimes more = nodes == 1 ? few : steps.run(nodes);
    return new Profile(
        Profile.FORMAT,
        machine(),
        LocalDate.now(ZoneOffset.UTC).toString(),
        plan.network().name(),
        plan.network().input().toString(),
        plan.network().vectorLength(),
        plan.config().train().microbatchSize(),
        threads,
        plan.kernels().kernels().description(),
        few,
        more,
        exchange.run());
  }

  /**
   * Returns the virtual nodes of the larger step: a power of two for which time and memory last.
   */
  private int nodes() {
    int microbatch = plan.config().train().microbatchSize();
    int threads = plan.config().cluster().coresPerExecutor();
    double each = (double) plan.network().multiplyAdds() * microbatch;
    int nodes = 1;
    while (2 * nodes <= plan.config().train().virtualNodes()
        && 2 * nodes * each <= LARGEST_STEP
        && MemoryTable.of(plan.network(), plan.kernels().kernels(), 2 * nodes * microbatch, threads)
                .total()
            <= Runtime.getRuntime().maxMemory() / 2) {
      nodes *= 2;
    }
    return nodes;
  }

  private static String machine() throws IOException {
    String model = System.getProperty("os.arch");
    if (Files.isReadable(CPU)) {
      try (Stream<String> lines = Files.lines(CPU)) {
        model =
            lines
                .filter(line -> line.startsWith(MODEL))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(model);
      }
    }
    return "%s, %s cores, Java %s"
        .formatted(
            model, Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
  }
}
