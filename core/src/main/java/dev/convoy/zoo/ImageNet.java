package dev.convoy.zoo;

import dev.convoy.nn.LocalResponseNormalization;
import dev.convoy.tensor.Shape;

/** The constants that networks for the ILSVRC share. */
final class ImageNet {
  static final Shape INPUT = new Shape(224, 224, 3);
  static final int CLASSES = 1000;

  /** As in Krizhevsky et al. 2012, section 3.3: over the sum of five squares. */
  static final LocalResponseNormalization RESPONSE_NORMALIZATION =
      LocalResponseNormalization.ofAlexNet();

  private ImageNet() {}
}
