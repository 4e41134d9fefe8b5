package dev.convoy.collective.transport;

/** An operation between a rank and its peers; frames name it by its {@link #code()}. */
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

  /** Returns the operation's name in messages. */
  public String label() {
    return label;
  }

  byte code() {
    return code;
  }
}
