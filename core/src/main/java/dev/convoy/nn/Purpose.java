package dev.convoy.nn;

/** What a replica is for. */
enum Purpose {
  /** Forward only; auxiliary heads are left out. */
  EVALUATION,
  /** Forward and backward. */
  TRAINING,
  /** Forward and backward, with the gradient of the images too, which only checks need. */
  TRAINING_WITH_INPUT_GRADIENT;

  boolean trains() {
    return this != EVALUATION;
  }
}
