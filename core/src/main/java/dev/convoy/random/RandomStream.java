package dev.convoy.random;

/**
 * The independent streams of random numbers, by purpose. A stream's number is part of the
 * arithmetic of every existing run: new streams are added at the end with a number of their own,
 * and no number ever changes.
 */
public enum RandomStream {
  /** Initial weights, one stream for each parameter's name. */
  INITIALIZATION(1),
  /** The order of an epoch's samples. */
  SHUFFLE(2),
  /** Augmentation, one stream for each epoch and sample. */
  AUGMENTATION(3),
  /** Dropout's masks. */
  DROPOUT(4),
  /** The stochastic rounding of gradients' sums, one stream for each step and node of the tree. */
  GRADIENT_ROUNDING(5);

  private final int number;

  RandomStream(int number) {
    this.number = number;
  }

  /** Returns the number that is mixed into the key. */
  int number() {
    return number;
  }
}
