package dev.convoy.nn;

/**
 * The initialization of a layer's weights, from the number of inputs that one of its outputs sees
 * (the fan-in); biases are initialized alike unless it says otherwise.
 */
@FunctionalInterface
public interface Initialization {
  /** Returns the initial values of weights, given the number of inputs. */
  Initializer weights(int fanIn);

  /** Returns the initial values of biases, given the number of inputs. */
  default Initializer biases(int fanIn) {
    return weights(fanIn);
  }

  /** Returns the same weights with all biases of one value. */
  default Initialization withBiases(float value) {
    Initialization weights = this;
    return new Initialization() {
      @Override
      public Initializer weights(int fanIn) {
        return weights.weights(fanIn);
      }

      @Override
      public Initializer biases(int fanIn) {
        return Initializer.constant(value);
      }
    };
  }

  /**
   * Returns the normal distribution with a standard deviation, whatever the number of inputs;
   * biases are zero.
   */
  static Initialization normal(double deviation) {
    Initialization weights = fanIn -> Initializer.normal(deviation);
    return weights.withBiases(0f);
  }

  /**
   * Returns the normal distribution with a variance of two over the number of inputs, which keeps
   * the variance through ReLUs (He et al. 2015b, "Delving deep into rectifiers", equation 10);
   * biases are zero.
   */
  static Initialization he() {
    Initialization weights = fanIn -> Initializer.normal(StrictMath.sqrt(2.0 / fanIn));
    return weights.withBiases(0f);
  }

  /**
   * Returns the uniform distribution with a variance of one over the number of inputs, as Caffe has
   * it (Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural
   * networks", equation 10); biases are zero.
   */
  static Initialization xavier() {
    Initialization weights = fanIn -> Initializer.uniform(StrictMath.sqrt(3.0 / fanIn));
    return weights.withBiases(0f);
  }

  /** Returns torch's initialization: weights and biases uniform within 1 / sqrt(fanIn). */
  static Initialization torch() {
    return fanIn -> Initializer.uniform(1 / StrictMath.sqrt(fanIn));
  }
}
