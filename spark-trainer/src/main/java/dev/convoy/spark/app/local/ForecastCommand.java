package dev.convoy.spark.app.local;

import dev.convoy.spark.app.options.ConfigOptions;
import dev.convoy.spark.app.options.Require;
import dev.convoy.spark.app.text.AlignedText;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.Span;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.forecast.ExecutorCounts;
import dev.convoy.spark.forecast.Forecast;
import dev.convoy.spark.forecast.ForecastPlot;
import dev.convoy.spark.forecast.ForecastReport;
import dev.convoy.spark.forecast.Link;
import dev.convoy.spark.forecast.Profile;
import dev.convoy.spark.forecast.ProfileBench;
import dev.convoy.spark.forecast.ProfileFile;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.spark.train.NetworkPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convoy forecast}: how fast a configuration would train on other clusters. */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = {
      "Forecasts how fast a configuration trains on many executors, and what limits it.",
      "Simulates the step, each executor on a machine of its own, from a measurement of the"
          + " network on this machine, which --measure makes (about a minute) and keeps in the"
          + " user's cache. Needs no data and no Spark; reading data is not part of it."
    },
    footer = {
      "",
      "Examples:",
      "  convoy forecast conf/lenet5-fashion-mnist.conf --measure",
      "  convoy forecast conf/lenet5-fashion-mnist.conf --executors 1..8 --bandwidth 1gbit",
      "  convoy forecast conf/lenet5-fashion-mnist.conf --executors 1,2,4 --json"
    })
public final class ForecastCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--executors",
      paramLabel = "LIST",
      description =
          "Numbers of executors and ranges, such as 1,3,4..64; a range has its ends and the powers"
              + " of two between them. At most train.virtual-nodes, up to which it goes by default.")
  private String executors;

  @Option(
      names = "--bandwidth",
      paramLabel = "B",
      defaultValue = "10gbit",
      description = "Of an executor's link, in each direction. Default: 10gbit.")
  private String bandwidth;

  @Option(
      names = "--latency",
      paramLabel = "L",
      defaultValue = "50us",
      description = "From one executor to another. Default: 50us.")
  private String latency;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "Training images, to know how long an epoch is. Without it, and where train.steps is not"
              + " set, core-hours and days are left out.")
  private Integer images;

  @Option(
      names = "--measure",
      description = "Measures this machine first, and keeps what it measured.")
  private boolean measure;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Where the measurement is kept, such as one of another machine. Default: a file in the"
              + " user's cache, by network, image, microbatch and cores.")
  private String profile;

  @Option(names = "--svg", paramLabel = "FILE", description = "Writes a plot of the efficiency.")
  private String svg;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ConvoyConfig resolved = config.loadWithoutData();
    if (resolved.sync().mode() != SyncConfig.Mode.ALL_REDUCE) {
      throw new UserError("sync.mode = averaging is not forecast: expected all-reduce");
    }
    NetworkPlan plan = NetworkPlan.of(resolved);
    int most = resolved.mostExecutors();
    List<Integer> counts = ExecutorCounts.parse(executors == null ? "1.." + most : executors, most);
    Link link = Link.parse(bandwidth, latency);
    OptionalLong steps = steps(resolved);
    ProfileFile file = new ProfileFile(plan, profile, commandThatMeasures(), cache());
    if (measure) {
      file.write(new ProfileBench(plan).run());
    }
    Profile measured = file.read();
    Forecast forecast = new Forecast(resolved, measured, plan.buckets(), link, steps);
    ForecastReport report =
        new ForecastReport(
            measured,
            link,
            resolved.train().batchSize(),
            counts.stream().map(forecast::on).toList());
    if (svg != null) {
      write(new ForecastPlot(report).svg());
    }
    print(report);
    return ExitStatus.DONE.code();
  }

  private void print(ForecastReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.head().forEach(out::println);
      out.println();
      AlignedText.of(report.table(), 1).forEach(out::println);
    }
    out.flush();
  }

  private void write(String plot) {
    try {
      Files.writeString(Path.of(svg), plot);
    } catch (IOException | InvalidPathException e) {
      throw new UserError("--svg %s cannot be written: %s".formatted(svg, e.getMessage()), e);
    }
  }

  private OptionalLong steps(ConvoyConfig resolved) {
    Span length = resolved.train().length();
    if (images == null) {
      return length instanceof Span.Steps all ? OptionalLong.of(all.count()) : OptionalLong.empty();
    }
    long epoch = Require.atLeast(1, "--images", images) / resolved.train().batchSize();
    return OptionalLong.of(length.inSteps(Math.max(1, epoch)));
  }

  /** Returns the command as it was given, with the option that measures. */
  private String commandThatMeasures() {
    List<String> words = new ArrayList<>(List.of("convoy"));
    spec.root().commandLine().getParseResult().originalArgs().stream()
        .filter(word -> !word.equals("--measure"))
        .forEach(words::add);
    words.add("--measure");
    return String.join(" ", words);
  }

  private static Path cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache == null || cache.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(cache);
  }
}
