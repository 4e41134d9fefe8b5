package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;
import static dev.convoy.spark.config.DefinesResult.WHERE_USED;
import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.collective.transport.WireFormat;
import java.util.Optional;

/**
 * Section {@code sync}: how replicas are kept together.
 *
 * @param period only for {@link Mode#AVERAGING}: local steps between two averages, at least 1
 * @param from only for {@link Mode#AVERAGING}: how long the run is synchronous before its local
 *     steps begin; empty if they begin at once
 * @param bucket bytes of a bucket, the part of the gradient that is exchanged at once; empty where
 *     Convoy chooses
 * @param overlap whether buckets are exchanged while the computation goes on
 * @param wire the floats that executors exchange
 * @param maxExecutors only for {@link WireFormat#BFLOAT16}: the most executors that may ever share
 *     the run, a power of two
 */
public record SyncConfig(
    Mode mode,
    int period,
    Optional<Span> from,
    Optional<Integer> bucket,
    boolean overlap,
    WireFormat wire,
    int maxExecutors) {

  /** Slices begin at multiples of 1,024 floats. */
  private static final int LEAST_BUCKET = 4096;

  /** Gradients averaged in every step, or weights averaged every {@code period} steps. */
  public enum Mode {
    ALL_REDUCE,
    AVERAGING
  }

  static final Section SECTION = new Section("sync");

  private static final Key<Mode> MODE =
      SECTION.key(
          "mode",
          Types.choice(Mode.class),
          "all-reduce",
          YES,
          "How the executors stay together: all-reduce averages gradients in every step, averaging"
              + " averages weights every `period` steps.");

  private static final Key<Integer> PERIOD =
      SECTION.key(
          "period",
          Types.wholeNumber(1),
          "10",
          WHERE_USED,
          new Key.Usage("sync.mode = averaging", config -> config.sync().mode() == Mode.AVERAGING),
          "Only averaging: local steps between two averages.");

  private static final Key<Optional<Span>> FROM =
      SECTION.key(
          "from",
          Types.parsed("start or a span such as \"30 epochs\" or \"1000 steps\"", Span::parse)
              .or("start"),
          "start",
          WHERE_USED,
          new Key.Usage("sync.mode = averaging", config -> config.sync().mode() == Mode.AVERAGING),
          "Only averaging: where the local steps begin; before, gradients are averaged in every"
              + " step (post-local SGD).");

  private static final Key<Optional<Integer>> BUCKET =
      SECTION.key(
          "bucket",
          Types.bytes("auto or a size from 4k to 2047m, such as 512k or 4m", LEAST_BUCKET)
              .or("auto"),
          "auto",
          NO,
          "Size of a bucket, the part of the gradient that executors exchange at once, while the"
              + " rest is computed; auto is 4m.");

  private static final Key<Boolean> OVERLAP =
      SECTION.key(
          "overlap",
          Types.onOff(),
          "on",
          NO,
          "Exchange buckets while backward and the next forward compute.");

  private static final Key.Usage ROUNDED =
      new Key.Usage("sync.wire = bfloat16", config -> config.sync().wire() == WireFormat.BFLOAT16);

  private static final Key<WireFormat> WIRE =
      SECTION.key(
          "wire",
          Types.choice(WireFormat.class),
          "float32",
          DefinesResult.where("Defines the result", ROUNDED.used()),
          "The floats that gradients and weights travel as. bfloat16 halves the bytes: sums of gradients"
              + " are rounded at random, without bias, and executors compute with rounded weights, but"
              + " keep the weights themselves as float32. Its weights are the same for every number of"
              + " executors, but not those of float32.");

  static final Key<Integer> MAX_EXECUTORS =
      SECTION.key(
          "max-executors",
          Types.wholeNumber(1),
          "8",
          WHERE_USED,
          ROUNDED,
          "Only bfloat16: the most executors that may ever share the run, a power of two. Sums are"
              + " rounded as if there were as many, so that the result is the same for fewer; a small"
              + " number rounds less and takes less memory.");

  static SyncConfig read(Values values) {
    if (Integer.bitCount(values.get(MAX_EXECUTORS)) != 1) {
      throw values.refuse(MAX_EXECUTORS, "a power of two: 1, 2, 4, 8, 16, …");
    }
    return new SyncConfig(
        values.get(MODE),
        values.get(PERIOD),
        values.get(FROM),
        values.get(BUCKET),
        values.get(OVERLAP),
        values.get(WIRE),
        values.get(MAX_EXECUTORS));
  }

  /**
   * Returns how many consecutive virtual nodes are never split between executors: one, or as many
   * as each of {@link #maxExecutors} has.
   */
  int unit(int virtualNodes) {
    return wire == WireFormat.FLOAT32 ? 1 : Math.max(1, virtualNodes / maxExecutors);
  }
}
