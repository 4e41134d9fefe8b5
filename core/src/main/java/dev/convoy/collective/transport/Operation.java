package dev.convoy.collective.transport;

/** An operation between a rank and its peers; frames name it by its {@link #code()}. */
public enum Operation {
  CONNECT("connect", 0, WireFormat.FLOAT32),
  REDUCE_SCATTER("reduce-scatter", 1, WireFormat.FLOAT32),
  ALL_GATHER("all-gather", 2, WireFormat.FLOAT32),
  REDUCE_SCATTER_BFLOAT16("reduce-scatter of bfloat16", 3, WireFormat.BFLOAT16),
  ALL_GATHER_BFLOAT16("all-gather of bfloat16", 4, WireFormat.BFLOAT16),
  REPLICATE("replicate", 5, WireFormat.FLOAT32);

  private final String label;
  private final byte code;
  private final WireFormat format;

  Operation(String label, int code, WireFormat format) {
    this.label = label;
    this.code = (byte) code;
    this.format = format;
  }

  /** Returns the reduce-scatter whose floats travel in a format. */
  public static Operation reduceScatter(WireFormat format) {
    return format == WireFormat.FLOAT32 ? REDUCE_SCATTER : REDUCE_SCATTER_BFLOAT16;
  }

  /** Returns the all-gather whose floats travel in a format. */
  public static Operation allGather(WireFormat format) {
    return format == WireFormat.FLOAT32 ? ALL_GATHER : ALL_GATHER_BFLOAT16;
  }

  /** Returns the operation's name in messages. */
  public String label() {
    return label;
  }

  /** Returns the format in which its floats travel. */
  public WireFormat format() {
    return format;
  }

  byte code() {
    return code;
  }
}
