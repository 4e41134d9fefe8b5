package dev.convoy.collective;

/**
 * The rounding of sums that do not lie where they do in the flat vector.
 *
 * @param rounding of the flat vector
 * @param shift how much further an element lies than in the flat vector; may be negative
 */
record ShiftedRounding(Rounding rounding, int shift) implements Rounding {
  @Override
  public void step(long number) {
    rounding.step(number);
  }

  @Override
  public void round(float[] values, int at, int length, int element, int first, int size) {
    rounding.round(values, at, length, element - shift, first, size);
  }

  @Override
  public Rounding copy() {
    return new ShiftedRounding(rounding.copy(), shift);
  }
}
