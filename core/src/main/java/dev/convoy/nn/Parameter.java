package dev.convoy.nn;

import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import java.util.Locale;

/**
 * A tensor of a network, trained or a {@link #statistic}, and its place in the network's flat
 * vector. Weights, gradients and optimizer state are such vectors, all of the same layout.
 */
public final class Parameter {
  private final String name;
  private final ParameterSpec spec;
  private final int at;

  /** Where its gradient lies; null for the whole flat vector. */
  private final GradientLayout gradients;

  Parameter(String name, ParameterSpec spec, int at) {
    this(name, spec, at, null);
  }

  private Parameter(String name, ParameterSpec spec, int at, GradientLayout gradients) {
    this.name = name;
    this.spec = spec;
    this.at = at;
    this.gradients = gradients;
  }

  /** Returns the same parameter, in a replica with such gradients. */
  Parameter with(GradientLayout layout) {
    return new Parameter(name, spec, at, layout);
  }

  /** Returns its name, as in torchvision: {@code conv1.weight}. */
  public String name() {
    return name;
  }

  /** Returns its shape, as in torch: OIHW for a convolution. */
  public int[] shape() {
    return spec.shape().clone();
  }

  /** Returns where it begins in the flat vector; a multiple of 16. */
  public int at() {
    return at;
  }

  /**
   * Returns where the gradient of one of its floats lies in {@link Pass#gradients}, and behind it
   * those of all others of the same part of the backward pass.
   *
   * @param offset behind {@link #at}
   */
  public int gradientAt(int offset) {
    return gradients == null ? at + offset : gradients.place(at + offset);
  }

  /** Returns where an element's gradient lies, in a layer that goes backward in one part. */
  int gradientPlace(int element) {
    return gradientAt(0) + spec.layout().offset(element);
  }

  /** Returns where an element, counted in torch's order, lies in the flat vector. */
  public int place(int element) {
    return at + spec.layout().offset(element);
  }

  /** Returns its floats in the flat vector, padding included; a multiple of 16. */
  public int length() {
    return spec.layout().length();
  }

  /** Returns the values in torch's order. */
  public int count() {
    return spec.layout().count();
  }

  /**
   * Returns whether it is a running mean and not trained. The slot of its gradient then holds the
   * statistic of the virtual node's batch, added up over nodes as gradients are.
   */
  public boolean statistic() {
    return spec.role() == ParameterSpec.Role.STATISTIC;
  }

  /** Returns the number of values that are trained; 0 for a statistic. */
  public int trainable() {
    return spec.trainable();
  }

  /** Takes its values out of a flat vector, into torch's order. */
  public float[] unpack(float[] vector) {
    return spec.layout().unpack(vector, at);
  }

  /**
   * Puts values, in torch's order, into a flat vector.
   *
   * @throws IllegalArgumentException if their number is wrong
   */
  public void pack(float[] values, float[] vector) {
    if (values.length != count()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has %d values, not %d", name, count(), values.length));
    }
    spec.layout().pack(values, vector, at);
  }

  /** Writes its {@link #firstValues} to a flat vector. */
  void initialize(long seed, float[] vector) {
    pack(firstValues(seed), vector);
  }

  /**
   * Returns its values before the first step in torch's order, a pure function of the seed and its
   * name.
   */
  float[] firstValues(long seed) {
    long key =
        CounterRandom.derive(
            CounterRandom.key(seed, RandomStream.INITIALIZATION), CounterRandom.part(name));
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = spec.initializer().value(key, i);
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
