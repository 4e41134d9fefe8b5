package dev.convoy.spark.forecast;

import java.util.Locale;

/** What keeps a step from being faster. */
public enum Limit {
  /** The executors' cores, which compute, and copy what is sent and received. */
  COMPUTE,
  BANDWIDTH,
  LATENCY,
  /** Some executors have one virtual node more than others, which wait for them. */
  VIRTUAL_NODES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
