package dev.convoy.nn;

import dev.convoy.random.CounterRandom;

/** The initial value of each element of a parameter. */
@FunctionalInterface
public interface Initializer {
  /**
   * Returns the initial value of one element.
   *
   * @param key of the parameter's own stream of random numbers
   * @param index of the element in torch's order
   */
  float value(long key, int index);

  /** Returns one value for every element. */
  static Initializer constant(float value) {
    return (key, index) -> value;
  }

  /** Draws uniformly from [-bound, bound). */
  static Initializer uniform(double bound) {
    return (key, index) -> (float) (bound * (2.0 * CounterRandom.uniform(key, index) - 1.0));
  }

  /** Draws from the normal distribution with mean zero. */
  static Initializer normal(double deviation) {
    return (key, index) -> (float) (deviation * CounterRandom.normal(key, index));
  }
}
