package dev.convoy.collective;

/**
 * What happens to the sum of a node of the summation tree as soon as it is complete, wherever it is
 * computed: within a rank, or between ranks. So it is part of the tree, and the result does not
 * depend on the number of ranks.
 */
public interface Rounding {
  /** Leaves sums as they are. */
  Rounding NONE =
      new Rounding() {
        @Override
        public void step(long number) {}

        @Override
        public void round(float[] values, int at, int length, int element, int first, int size) {}

        @Override
        public Rounding copy() {
          return this;
        }
      };

  /** Says which step the sums belong to; no other thread may be rounding. */
  void step(long number);

  /**
   * Rounds a part of a sum in place.
   *
   * @param values have the part at {@code [at, at + length)}
   * @param element of the flat vector that {@code values[at]} is
   * @param first virtual node of the subtree that was summed
   * @param size number of its virtual nodes
   */
  void round(float[] values, int at, int length, int element, int first, int size);

  /** Returns another one that does the same, for threads that may be at another step. */
  Rounding copy();
}
