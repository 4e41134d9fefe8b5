package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BatchNormalizationKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationParameters;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link BatchNormalizationKernel} by its definition; worker 0 does all the work. */
final class ReferenceBatchNormalization implements BatchNormalizationKernel {
  private final Shape shape;
  private final RowBands bands;
  private final int channels;
  private final float epsilon;
  private final boolean relu;

  // By virtual node and channel.
  private final float[][] means;
  private final float[][] unbiasedVariances;
  private final float[][] scales;
  private final float[][] factors;
  private final float[][] weightGradients;
  private final float[][] biasGradients;

  ReferenceBatchNormalization(Shape shape, float epsilon, boolean relu, Workspace workspace) {
    this.shape = shape;
    bands = new RowBands(shape);
    channels = Layout.padded(shape.channels());
    this.epsilon = epsilon;
    this.relu = relu;
    means = new float[workspace.images()][channels];
    unbiasedVariances = new float[workspace.images()][channels];
    scales = new float[workspace.images()][channels];
    factors = new float[workspace.images()][channels];
    weightGradients = new float[workspace.images()][channels];
    biasGradients = new float[workspace.images()][channels];
  }

  /** Returns no epilogue: {@link #forward} takes the statistics itself. */
  @Override
  public Epilogue statistics(Tensor input) {
    return Epilogue.NONE;
  }

  /** Returns no epilogue: {@link #backward} takes the sums itself. */
  @Override
  public Epilogue gradientSums(NormalizationTensors tensors, NormalizationGradients gradients) {
    return Epilogue.NONE;
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at) {
    if (!worker.first()) {
      return;
    }
    int nodeImages = images / nodes;
    int count = nodeImages * shape.pixels();
    for (int node = 0; node < nodes; node++) {
      int first = node * nodeImages;
      for (int c = 0; c < channels; c++) {
        float mean = mean(tensors.input(), first, first + nodeImages, c);
        float squares = squares(tensors.input(), first, first + nodeImages, c, mean);
        float scale = scale(squares * (1f / count));
        means[node][c] = mean;
        unbiasedVariances[node][c] = squares * (1f / (count - 1));
        scales[node][c] = scale;
        factors[node][c] = weights[at.weight() + c] * scale;
        float offset = Math.fma(-mean, factors[node][c], weights[at.bias() + c]);
        apply(tensors, first, first + nodeImages, c, factors[node][c], offset);
      }
    }
  }

  @Override
  public void evaluate(
      Worker worker,
      int images,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at) {
    if (!worker.first()) {
      return;
    }
    for (int c = 0; c < channels; c++) {
      float factor = weights[at.weight() + c] * scale(weights[at.variance() + c]);
      float offset = Math.fma(-weights[at.mean() + c], factor, weights[at.bias() + c]);
      apply(tensors, 0, images, c, factor, offset);
    }
  }

  private float scale(float variance) {
    return 1f / (float) Math.sqrt(variance + epsilon);
  }

  private float bandSum(Tensor input, int band, int c) {
    float sum = 0f;
    for (int p = bands.firstPixel(band); p < bands.firstPixel(band + 1); p++) {
      sum += input.data()[input.pixel(p) + c];
    }
    return sum;
  }

  private int pixels(int band) {
    return bands.firstPixel(band + 1) - bands.firstPixel(band);
  }

  private float mean(Tensor input, int firstImage, int endImage, int c) {
    float sum = 0f;
    for (int band = bands.count(firstImage); band < bands.count(endImage); band++) {
      sum += bandSum(input, band, c);
    }
    return sum * (1f / ((endImage - firstImage) * shape.pixels()));
  }

  /** Returns the sum of squared deviations from the mean. */
  private float squares(Tensor input, int firstImage, int endImage, int c, float mean) {
    float sum = 0f;
    for (int band = bands.count(firstImage); band < bands.count(endImage); band++) {
      float bandMean = bandSum(input, band, c) * (1f / pixels(band));
      float ofBand = 0f;
      for (int p = bands.firstPixel(band); p < bands.firstPixel(band + 1); p++) {
        float deviation = input.data()[input.pixel(p) + c] - bandMean;
        ofBand = Math.fma(deviation, deviation, ofBand);
      }
      float distance = bandMean - mean;
      sum = Math.fma(distance * pixels(band), distance, sum + ofBand);
    }
    return sum;
  }

  private void apply(
      NormalizationTensors tensors,
      int firstImage,
      int endImage,
      int c,
      float factor,
      float offset) {
    Tensor input = tensors.input();
    Tensor shortcut = tensors.shortcut();
    Tensor output = tensors.output();
    for (int p = firstImage * shape.pixels(); p < endImage * shape.pixels(); p++) {
      float value = Math.fma(input.data()[input.pixel(p) + c], factor, offset);
      if (shortcut != null) {
        value += shortcut.data()[shortcut.pixel(p) + c];
      }
      output.data()[output.pixel(p) + c] = relu ? Math.max(value, 0f) : value;
    }
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      NormalizationGradients gradients) {
    if (!worker.first()) {
      return;
    }
    int nodeImages = images / nodes;
    for (int node = 0; node < nodes; node++) {
      int first = node * nodeImages;
      for (int c = 0; c < channels; c++) {
        rectify(tensors.output(), gradients.output(), first, first + nodeImages, c);
        sums(tensors.input(), gradients.output(), first, first + nodeImages, node, c);
        give(tensors.input(), gradients, first, first + nodeImages, node, c);
      }
    }
  }

  private void rectify(Tensor output, Tensor gradient, int firstImage, int endImage, int c) {
    if (!relu) {
      return;
    }
    for (int p = firstImage * shape.pixels(); p < endImage * shape.pixels(); p++) {
      if (!(output.data()[output.pixel(p) + c] > 0f)) {
        gradient.data()[gradient.pixel(p) + c] = 0f;
      }
    }
  }

  private void sums(Tensor input, Tensor gradient, int firstImage, int endImage, int node, int c) {
    float mean = means[node][c];
    float sum = 0f;
    float product = 0f;
    for (int band = bands.count(firstImage); band < bands.count(endImage); band++) {
      float bandSum = 0f;
      float bandProduct = 0f;
      for (int p = bands.firstPixel(band); p < bands.firstPixel(band + 1); p++) {
        float g = gradient.data()[gradient.pixel(p) + c];
        bandSum += g;
        bandProduct = Math.fma(g, input.data()[input.pixel(p) + c] - mean, bandProduct);
      }
      sum += bandSum;
      product += bandProduct;
    }
    biasGradients[node][c] = sum;
    weightGradients[node][c] = product * scales[node][c];
  }

  private void give(
      Tensor input,
      NormalizationGradients gradients,
      int firstImage,
      int endImage,
      int node,
      int c) {
    float factor = factors[node][c];
    float reciprocal = 1f / ((endImage - firstImage) * shape.pixels());
    float shift = -factor * (biasGradients[node][c] * reciprocal);
    float slope = -factor * (weightGradients[node][c] * scales[node][c] * reciprocal);
    Tensor outputGradient = gradients.output();
    for (int p = firstImage * shape.pixels(); p < endImage * shape.pixels(); p++) {
      float g = outputGradient.data()[outputGradient.pixel(p) + c];
      float deviation = input.data()[input.pixel(p) + c] - means[node][c];
      float result = Math.fma(g, factor, Math.fma(deviation, slope, shift));
      put(result, gradients.input(), gradients.addToInput(), p, c);
      put(g, gradients.shortcut(), gradients.addToShortcut(), p, c);
    }
  }

  private static void put(float value, Tensor to, boolean add, int p, int c) {
    if (to != null) {
      int at = to.pixel(p) + c;
      to.data()[at] = add ? to.data()[at] + value : value;
    }
  }

  @Override
  public void parameterGradients(
      Worker worker, VirtualNodeTree tree, float[] gradients, NormalizationParameters at) {
    if (!worker.first()) {
      return;
    }
    for (int c = 0; c < channels; c++) {
      gradients[at.weight() + c] = overNodes(tree, weightGradients, c);
      gradients[at.bias() + c] = overNodes(tree, biasGradients, c);
      gradients[at.mean() + c] = overNodes(tree, means, c);
      gradients[at.variance() + c] = overNodes(tree, unbiasedVariances, c);
    }
  }

  private static float overNodes(VirtualNodeTree tree, float[][] values, int c) {
    return VirtualNodeSum.over(tree, (first, end) -> values[first / tree.images()][c]);
  }
}
