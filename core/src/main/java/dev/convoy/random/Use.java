package dev.convoy.random;

/**
 * What random numbers are for. A use's number is part of the arithmetic of every run that exists:
 * new uses are added at the end with a number of their own, and no number is ever changed.
 */
public enum Use {
  /** Initial weights, one stream for each parameter's name. */
  INITIALIZATION(1),
  /** The order of an epoch's samples. */
  SHUFFLE(2),
  /** Augmentation, one stream for each epoch and sample. */
  AUGMENTATION(3),
  /** Dropout's masks. */
  DROPOUT(4);

  private final int number;

  Use(int number) {
    this.number = number;
  }

  /** The number that is mixed into the key. */
  int number() {
    return number;
  }
}
