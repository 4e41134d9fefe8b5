package dev.convoy.collective.transport;

/**
 * Takes the floats of a frame in one or more pieces, which are used while they are in the cache.
 * The frame has been found to be intact.
 */
@FunctionalInterface
public interface PieceSink {

  /**
   * Takes the next floats.
   *
   * @param piece has them at {@code [0, length)}; reused for the next piece
   * @param at index in the frame of the first of them
   */
  void take(float[] piece, int at, int length);
}
