package dev.convoy.nn;

/**
 * How the weights of a layer begin, from the number of inputs that one of its outputs sees; biases
 * begin alike unless it says otherwise.
 */
@FunctionalInterface
public interface Initialization {
  /** Returns how weights begin, given the number of inputs. */
  Initializer weights(int inputs);

  /** Returns how biases begin, given the number of inputs. */
  default Initializer biases(int inputs) {
    return weights(inputs);
  }

  /** Returns the same weights with all biases of one value. */
  default Initialization withBiases(float value) {
    Initialization weights = this;
    return new Initialization() {
      @Override
      public Initializer weights(int inputs) {
        return weights.weights(inputs);
      }

      @Override
      public Initializer biases(int inputs) {
        return Initializer.constant(value);
      }
    };
  }

  /**
   * Returns the normal distribution with a standard deviation, whatever the number of inputs;
   * biases are zero.
   */
  static Initialization normal(double deviation) {
    Initialization weights = inputs -> Initializer.normal(deviation);
    return weights.withBiases(0f);
  }

  /**
   * Returns the normal distribution with a variance of two over the number of inputs, which keeps
   * the variance through rectifiers (He et al. 2015b, "Delving deep into rectifiers", equation 10);
   * biases are zero.
   */
  static Initialization he() {
    Initialization weights = inputs -> Initializer.normal(StrictMath.sqrt(2.0 / inputs));
    return weights.withBiases(0f);
  }

  /**
   * Returns the uniform distribution with a variance of one over the number of inputs, as Caffe has
   * it (Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural
   * networks", equation 10); biases are zero.
   */
  static Initialization xavier() {
    Initialization weights = inputs -> Initializer.uniform(StrictMath.sqrt(3.0 / inputs));
    return weights.withBiases(0f);
  }

  /** Returns what torch begins with: weights and biases uniform within 1 / sqrt(inputs). */
  static Initialization torch() {
    return inputs -> Initializer.uniform(1 / StrictMath.sqrt(inputs));
  }
}
