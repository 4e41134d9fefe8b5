package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
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

  /** Of whole networks, where with a longer step some rectifier would change its mind. */
  private static final double SHORT_STEP = 1e-7;

  private static final double BOUND = 1e-5;

  private final Network network;
  private final DoubleBatchLayer formula;
  private final String what;
  private final Replica replica;
  private final float[] weights;
  private double step = STEP;

  /** What the differences are taken of, image by image. */
  private final List<double[]> inputs = new ArrayList<>();

  private final List<double[]> upstreams = new ArrayList<>();
  private final List<double[]> parameters = new ArrayList<>();

  public LayerCheck(Network network, DoubleBatchLayer formula, Kernels kernels) {
    this.network = network;
    this.formula = formula;
    what = kernels.name() + " " + network.name();
    replica = Replica.trainingWithInputGradient(network, kernels, CAPACITY, 1);
    weights = new float[network.vectorLength()];
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
    float[] input = Floats.random(5, IMAGES * network.input().size());
    replica.input().fromNchw(input);
    inputs.addAll(split(input));
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

  /** Compares the output and every gradient, each tensor by itself. */
  public void run() {
    float[] gradients = new float[network.vectorLength()];
    differentiate(gradients);
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = network.parameters().get(p);
      if (parameter.statistic()) {
        continue;
      }
      Compare.close(
          what + ", gradient of " + parameter,
          difference(parameters.get(p)),
          parameter.unpack(gradients),
          BOUND);
    }
    compareInputGradient();
  }

  /**
   * The same with all parameters' gradients as one vector. In a network some are zero but for
   * rounding, such as that of a bias before batch normalization, and have no relative error.
   */
  public void runAsWhole() {
    step = SHORT_STEP;
    float[] gradients = new float[network.vectorLength()];
    differentiate(gradients);
    List<double[]> exact = new ArrayList<>();
    float[] all = new float[0];
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = network.parameters().get(p);
      if (!parameter.statistic()) {
        exact.add(difference(parameters.get(p)));
        float[] own = parameter.unpack(gradients);
        int at = all.length;
        all = Arrays.copyOf(all, at + own.length);
        System.arraycopy(own, 0, all, at, own.length);
      }
    }
    Compare.close(what + ", gradient of all parameters", join(exact), all, BOUND);
    compareInputGradient();
  }

  private void differentiate(float[] gradients) {
    randomize();
    Pass pass = Pass.alone(IMAGES, weights, gradients);
    replica.forward(pass);
    float[] output = replica.logits().toNchw(IMAGES);
    List<double[]> exact = formula.forward(inputs, parameters);
    Compare.close(what + ", output", join(exact), output, BOUND);

    float[] upstream = Floats.random(6, output.length);
    upstreams.addAll(split(upstream));
    replica.logitsGradient().fromNchw(upstream);
    replica.backward(pass);
  }

  private void compareInputGradient() {
    List<double[]> ofInputs = inputs.stream().map(this::difference).toList();
    float[] inputGradient = replica.inputGradient().toNchw(IMAGES);
    Compare.close(what + ", gradient of the input", join(ofInputs), inputGradient, BOUND);
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
}
