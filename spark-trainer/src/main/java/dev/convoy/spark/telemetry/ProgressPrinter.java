package dev.convoy.spark.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Prints how a run goes, for a person: a progress line at most once an interval, which a terminal
 * shows in place, and a line for each validation and event. The time left is what the remaining
 * steps take at the pace since the first report, validations and checkpoints included.
 */
public final class ProgressPrinter implements RunListener {
  /** Further corrupt samples are counted only. */
  private static final int MOST_SKIPPED = 10;

  /** Where and how often to print, and how long the run is. */
  public record Options(boolean terminal, Duration every, long steps, double epochs) {}

  private final PrintStream out;
  private final Options options;
  private final LongSupplier nanoTime;

  private long firstStep = -1;
  private long firstTime;
  private long lastTime;

  /** What is said of corrupt samples, each once whoever met it and however often. */
  private final Set<String> skipped = new HashSet<>();

  /** The columns of a progress line that stands on the terminal without a line end. */
  private int unfinished;

  public ProgressPrinter(PrintStream out, Options options) {
    this(out, options, System::nanoTime);
  }

  ProgressPrinter(PrintStream out, Options options, LongSupplier nanoTime) {
    this.out = out;
    this.options = options;
    this.nanoTime = nanoTime;
  }

  @Override
  public void onTrain(TrainMetrics metrics) {
    long now = nanoTime.getAsLong();
    boolean first = firstStep < 0;
    if (first) {
      firstStep = metrics.step();
      firstTime = now;
    }
    boolean last = metrics.step() >= options.steps();
    if (!first && !last && now - lastTime < options.every().toNanos()) {
      return;
    }
    lastTime = now;
    String line = progress(metrics) + left(metrics.step(), now);
    if (options.terminal()) {
      // Blanks cover what a longer line before has left; not every terminal knows an escape.
      out.print("\r" + line + " ".repeat(Math.max(0, unfinished - line.length())));
      unfinished = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  @Override
  public void onValidation(ValidationMetrics metrics) {
    println(
        String.format(
            Locale.ROOT,
            "validation  epoch %s  loss %.4f  top-1 %.2f %%%s",
            passed(metrics.epoch()),
            metrics.loss(),
            100 * metrics.top1(),
            top5(metrics.top5())));
  }

  /**
   * Returns what follows top-1 on a line about validation images; nothing where it says nothing.
   */
  public static String top5(double fraction) {
    return Double.isNaN(fraction)
        ? ""
        : String.format(Locale.ROOT, "  top-5 %.2f %%", 100 * fraction);
  }

  @Override
  public void onEvent(RunEvent event) {
    println(event.text());
  }

  @Override
  public void onSkipped(SkippedSample sample) {
    if (skipped.add(sample.sentence()) && skipped.size() <= MOST_SKIPPED) {
      println(sample.sentence());
    }
  }

  @Override
  public void close() {
    endLine();
    if (!skipped.isEmpty()) {
      out.printf(Locale.ROOT, "skipped %,d corrupt samples%n", skipped.size());
    }
    out.flush();
  }

  private String progress(TrainMetrics metrics) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  step %d/%d  loss %.4f  top-1 %.1f %%  %,.0f images/s",
        running(metrics.epoch()),
        running(options.epochs()),
        metrics.step(),
        options.steps(),
        metrics.loss(),
        100 * metrics.top1(),
        metrics.imagesPerSecond());
  }

  private String left(long step, long now) {
    if (step <= firstStep) {
      return "";
    }
    double nanosPerStep = (double) (now - firstTime) / (step - firstStep);
    long seconds = Math.round(nanosPerStep * Math.max(0, options.steps() - step) / 1e9);
    String time =
        seconds < 3600
            ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
            : String.format(
                Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return "  " + time + " left";
  }

  /** Returns the epoch that is running, counted from 1: after 2.5 epochs it is the third. */
  private static long running(double epochs) {
    return Math.max(1, (long) Math.ceil(epochs));
  }

  /** Returns the epochs that have passed: "3", or "2.50" in the middle of one. */
  private static String passed(double epochs) {
    return epochs == Math.rint(epochs)
        ? Long.toString((long) epochs)
        : String.format(Locale.ROOT, "%.2f", epochs);
  }

  private void println(String line) {
    endLine();
    out.println(line);
    out.flush();
  }

  private void endLine() {
    if (unfinished > 0) {
      out.println();
      unfinished = 0;
    }
  }
}
