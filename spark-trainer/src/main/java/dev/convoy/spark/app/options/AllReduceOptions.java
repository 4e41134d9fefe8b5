package dev.convoy.spark.app.options;

import dev.convoy.collective.transport.WireFormat;
import dev.convoy.spark.bench.AllReducePlan;
import dev.convoy.spark.bench.Span;
import dev.convoy.spark.config.UserError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** What ranks exchange while they are timed. */
public final class AllReduceOptions {
  private static final int MOST_RANKS = 128;

  @Option(
      names = "--all-reduce",
      description =
          "Times reduce-scatter and all-gather, as a training step does them, between processes of"
              + " their own on this machine.")
  private boolean allReduce;

  @Option(names = "--ranks", paramLabel = "R", description = "Processes, 2 to 128.")
  private Integer ranks;

  @Option(names = "--floats", paramLabel = "N", description = "Floats in the vector.")
  private Integer floats;

  @Option(
      names = "--bucket",
      paramLabel = "N",
      description = "Floats in a bucket, which is exchanged on its own. Default: all.")
  private Integer bucket;

  @Option(
      names = "--wire",
      paramLabel = "FORMAT",
      description = "Format in which floats travel: float32 (default) or bfloat16.")
  private String wire;

  @Option(names = "--encrypt", description = "Encrypts everything, by AES-256-GCM.")
  private boolean encrypt;

  /** Returns whether the exchange is to be timed; else refuses options that belong to it. */
  public boolean chosen() {
    if (!allReduce) {
      Map<String, Object> given = new LinkedHashMap<>();
      given.put("--ranks", ranks);
      given.put("--floats", floats);
      given.put("--bucket", bucket);
      given.put("--wire", wire);
      given.put("--encrypt", encrypt ? true : null);
      given.values().removeIf(Objects::isNull);
      given
          .keySet()
          .forEach(
              option -> {
                throw new UserError(option + " belongs to --all-reduce");
              });
    }
    return allReduce;
  }

  /** Returns what is timed. */
  public AllReducePlan plan(Span warmUp, Span timed) {
    if (ranks == null || floats == null) {
      throw new UserError("--all-reduce needs --ranks and --floats");
    }
    Require.atLeast(2, "--ranks", ranks);
    if (ranks > MOST_RANKS) {
      throw new UserError(
          "--ranks %s is invalid: expected at most %s processes on one machine"
              .formatted(ranks, MOST_RANKS));
    }
    Require.atLeast(1, "--floats", floats);
    int each = bucket == null ? floats : Require.atLeast(1, "--bucket", bucket);
    if (each > floats) {
      throw new UserError(
          "--bucket %s is invalid: the vector has %s floats".formatted(each, floats));
    }
    return new AllReducePlan(ranks, floats, each, wire(), encrypt, warmUp, timed);
  }

  private WireFormat wire() {
    if (wire == null) {
      return WireFormat.FLOAT32;
    }
    return Arrays.stream(WireFormat.values())
        .filter(format -> format.label().equals(wire))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "--wire %s is invalid: expected float32 or bfloat16".formatted(wire)));
  }
}
