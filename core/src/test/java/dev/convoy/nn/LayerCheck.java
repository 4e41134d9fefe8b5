package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares a network of one layer with that layer's formula in double precision: its output, and
 * each of its gradients with central differences of {@code sum of upstream * output}.
 */
public final class LayerCheck {
  private static final int IMAGES = 3;
  private static final int CAPACITY = 4;
  private static final double STEP = 1e-5;

  /**
   * The step for whole networks, in which a longer one would change the sign of some ReLU's input.
   */
  private static final double SHORT_STEP = 1e-7;

  private static final double BOUND = 1e-5;

  private final Network network;
  private final DoubleBatchLayer formula;
  private final float[] weights;
  private double step = STEP;

  /** What the differences are taken of, image by image. */
  private final List<double[]> inputs = new ArrayList<>();

  private final List<double[]> upstreams;
  private final List<double[]> parameters = new ArrayList<>();

  /** The formula's output. */
  private final List<double[]> output;

  public LayerCheck(Network network, DoubleBatchLayer formula) {
    this.network = network;
    this.formula = formula;
    weights = new float[network.vectorLength()];
    randomize();
    output = formula.forward(inputs, parameters);
    upstreams = split(Floats.random(6, IMAGES * output.get(0).length));
  }

  /** Missing connections keep the zero that they begin with. */
  private void randomize() {
    float[] initial = network.initialWeights(1);
    for (Parameter parameter : network.parameters()) {
      float[] values = Floats.random(parameter.at() + 7L, parameter.count());
      float[] first = parameter.unpack(initial);
      for (int i = 0; i < values.length && missesConnections(parameter); i++) {
        values[i] = first[i] == 0 ? 0 : values[i];
      }
      parameter.pack(values, weights);
      parameters.add(Floats.toDouble(values));
    }
    inputs.addAll(split(Floats.random(5, IMAGES * network.input().size())));
  }

  private static boolean missesConnections(Parameter parameter) {
    return !parameter.statistic() && parameter.trainable() < parameter.count();
  }

  private static List<double[]> split(float[] values) {
    int length = values.length / IMAGES;
    List<double[]> parts = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      parts.add(Floats.toDouble(Arrays.copyOfRange(values, n * length, (n + 1) * length)));
    }
    return parts;
  }

  /** Compares the output and every gradient of all implementations, each tensor by itself. */
  public void run() {
    List<Computed> all = compute();
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = network.parameters().get(p);
      if (!parameter.statistic()) {
        double[] exact = difference(parameters.get(p));
        String which = "gradient of " + parameter;
        all.forEach(one -> one.close(which, exact, parameter.unpack(one.gradients)));
      }
    }
    compareInputGradients(all);
  }

  /**
   * The same with all parameters' gradients as one vector. In a network some are zero but for
   * rounding, such as that of a bias before batch normalization, and have no relative error.
   */
  public void runAsWhole() {
    step = SHORT_STEP;
    List<Computed> all = compute();
    List<double[]> exact = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      if (!network.parameters().get(p).statistic()) {
        exact.add(difference(parameters.get(p)));
      }
    }
    double[] joined = join(exact);
    all.forEach(one -> one.close("gradient of all parameters", joined, one.unpackedGradients()));
    compareInputGradients(all);
  }

  /** The differences are taken once, for they take longest. */
  private List<Computed> compute() {
    return Implementations.all().stream().map(Computed::new).toList();
  }

  private void compareInputGradients(List<Computed> all) {
    double[] exact = join(inputs.stream().map(this::difference).toList());
    all.forEach(one -> one.close("gradient of the input", exact, one.inputGradient));
  }

  private static double[] join(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** The gradient of {@link #objective} by each of {@code values}, which are put back. */
  private double[] difference(double[] values) {
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + step;
      double above = objective();
      values[i] = value - step;
      double below = objective();
      values[i] = value;
      gradient[i] = (above - below) / (2 * step);
    }
    return gradient;
  }

  private double objective() {
    double sum = 0;
    List<double[]> outputs = formula.forward(inputs, parameters);
    for (int n = 0; n < IMAGES; n++) {
      double[] output = outputs.get(n);
      for (int i = 0; i < output.length; i++) {
        sum += upstreams.get(n)[i] * output[i];
      }
    }
    return sum;
  }

  /** What one implementation gives, its output compared already. */
  private final class Computed {
    private final String name;
    private final float[] gradients = new float[network.vectorLength()];
    private final float[] inputGradient;

    Computed(Kernels kernels) {
      name = kernels.name() + " " + network.name();
      Replica replica = Replica.trainingWithInputGradient(network, kernels, CAPACITY, 1);
      replica.input().fromNchw(Floats.ofDouble(join(inputs)));
      Pass pass = Pass.single(IMAGES, weights, gradients);
      replica.forward(pass);
      close("output", join(output), replica.logits().toNchw(IMAGES));
      replica.logitsGradient().fromNchw(Floats.ofDouble(join(upstreams)));
      replica.backward(pass);
      inputGradient = replica.inputGradient().toNchw(IMAGES);
    }

    float[] unpackedGradients() {
      List<double[]> own =
          network.parameters().stream()
              .filter(parameter -> !parameter.statistic())
              .map(parameter -> Floats.toDouble(parameter.unpack(gradients)))
              .toList();
      return Floats.ofDouble(join(own));
    }

    void close(String which, double[] exact, float[] actual) {
      Compare.close(name + ", " + which, exact, actual, BOUND);
    }
  }
}
