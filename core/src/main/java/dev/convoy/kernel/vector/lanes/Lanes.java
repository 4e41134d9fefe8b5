package dev.convoy.kernel.vector.lanes;

import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The machine's vector, which divides the canonical 16 lanes. */
public final class Lanes {
  public static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > Layout.LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** The species of integers of the same width. */
  public static final VectorSpecies<Integer> INTEGERS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  public static final int COUNT = SPECIES.length();

  private Lanes() {}

  public static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  public static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
