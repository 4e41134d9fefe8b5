package dev.convoy.kernel;

/**
 * Work that is done on a layer's output while it is still in the cache: the statistics of batch
 * normalization, or ReLU.
 */
@FunctionalInterface
public interface Epilogue {
  /** Does nothing. */
  Epilogue NONE = (from, to) -> {};

  /**
   * Processes bands. Called once for each band, by the worker that has just written it.
   *
   * @param from the first of the {@link RowBands} that are complete
   * @param to their end, exclusive
   */
  void bands(int from, int to);
}
