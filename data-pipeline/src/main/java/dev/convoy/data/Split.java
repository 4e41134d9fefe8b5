package dev.convoy.data;

/** The two parts of a dataset. */
public enum Split {
  /** What the weights are fitted to. */
  TRAIN,
  /** What the result is measured on. */
  VALIDATION
}
