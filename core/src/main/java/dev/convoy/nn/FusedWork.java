package dev.convoy.nn;

/**
 * A part of a layer's work that a neighbouring layer can do, for each band of a tensor while the
 * band is in the cache.
 *
 * @param name for people: {@code statistics}
 * @param readsOtherInputs whether it reads inputs of the layer beside the first one, which must
 *     then be complete before the neighbour runs
 */
public record FusedWork(String name, boolean readsOtherInputs) {
  /** Makes work that reads nothing but the tensor it is done to. */
  public FusedWork(String name) {
    this(name, false);
  }
}
