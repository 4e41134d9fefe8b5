package dev.convoy.spark.telemetry;

import java.io.PrintStream;
import java.util.Locale;

/** Prints which validation was the best, when an attempt is over. */
public final class BestValidation implements RunListener {
  private final PrintStream out;
  private ValidationMetrics best;

  /** Prints to {@code out}. */
  public BestValidation(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onValidation(ValidationMetrics metrics) {
    if (best == null || metrics.top1() > best.top1()) {
      best = metrics;
    }
  }

  @Override
  public void close() {
    if (best != null) {
      out.printf(Locale.ROOT, "best top-1 %.4f at step %d%n", best.top1(), best.step());
    }
  }
}
