package dev.convoy.kernel;

/**
 * What is done with a layer's output while it is still in the cache: the statistics of batch
 * normalization, a rectifier.
 */
@FunctionalInterface
public interface Epilogue {
  /** Nothing. */
  Epilogue NONE = (from, to) -> {};

  /**
   * Called once for each band, by the worker that has just written it.
   *
   * @param from the first of the {@link RowBands} that are complete
   * @param to their end, exclusive
   */
  void bands(int from, int to);
}
