package dev.convoy.collective.transport;

/** Hands on the floats of a payload in pieces that stay in a core's first-level cache. */
final class Pieces {
  /** Floats of a piece: 16 KiB. */
  static final int FLOATS = 1 << 12;

  private final float[] piece = new float[FLOATS];

  /** Hands on the first {@code length} floats. */
  void handOn(WireFormat format, Payload payload, int length, PieceSink sink) {
    for (int at = 0; at < length; at += FLOATS) {
      int count = Math.min(FLOATS, length - at);
      format.decode(payload, at, piece, 0, count);
      sink.take(piece, at, count);
    }
  }
}
