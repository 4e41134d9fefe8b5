package dev.convoy.collective.transport;

/** What a rank can be doing with its peers; the wire knows it by {@link #code()}. */
public enum Operation {
  CONNECT("connect", 0),
  REDUCE_SCATTER("reduce-scatter", 1),
  ALL_GATHER("all-gather", 2);

  private final String label;
  private final byte code;

  Operation(String label, int code) {
    this.label = label;
    this.code = (byte) code;
  }

  /** The operation's name in messages. */
  public String label() {
    return label;
  }

  byte code() {
    return code;
  }
}
