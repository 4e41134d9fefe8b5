package dev.convoy.kernel.vector.normalization;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BatchNormalizationKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationParameters;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.elementwise.PixelSum;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link BatchNormalizationKernel} with one pass over memory forward and two backward; workers
 * share the bands. Passes alternate between descending and ascending order: the layer that wrote
 * their input went the other way, and what it wrote last is still in the cache.
 *
 * <p>Without a shortcut, the backward pass computes again from the input where the output is
 * greater than zero; that is cheaper than to read the output and to write masked gradients.
 */
public final class VectorBatchNormalization implements BatchNormalizationKernel {
  private final RowBands bands;
  private final int channels;
  private final float epsilon;
  private final boolean relu;
  private final Workspace workspace;

  /** From running statistics. */
  private final NormalizationFactors constant;

  /** The number of bands of a virtual node in the last {@link #forward}. */
  private int nodeBands;

  /** Null where only {@link #evaluate} is called. */
  private VirtualNodeMoments moments;

  public VectorBatchNormalization(Shape shape, float epsilon, boolean relu, Workspace workspace) {
    bands = new RowBands(shape);
    channels = Layout.padded(shape.channels());
    this.epsilon = epsilon;
    this.relu = relu;
    this.workspace = workspace;
    constant =
        new NormalizationFactors(workspace.keep(channels), workspace.keep(channels), channels);
  }

  @Override
  public Epilogue statistics(Tensor input) {
    moments = new VirtualNodeMoments(bands, epsilon, workspace);
    return (from, to) -> {
      for (int band = from; band < to; band++) {
        int first = bands.firstPixel(band);
        int count = bands.firstPixel(band + 1) - first;
        int at = band * channels;
        BandMoments.sums(input, first, count, channels, moments.bandSums, at);
        BandMoments.squares(
            input, first, count, channels, moments.bandSums, moments.bandProducts, at);
      }
    };
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at) {
    moments.ofValues(worker, nodes, images / nodes, weights, at);
    worker.barrier();
    // All workers write the same number, and a barrier follows before it is read for the gradients.
    nodeBands = bands.count(images / nodes);
    int from = worker.from(bands.count(images));
    for (int band = worker.to(bands.count(images)) - 1; band >= from; band--) {
      int row = band / nodeBands * channels;
      apply(tensors, band, moments.normalization, row);
    }
  }

  @Override
  public void evaluate(
      Worker worker,
      int images,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at) {
    if (worker.first()) {
      for (int c = 0; c < channels; c++) {
        float variance = weights[at.variance() + c] + epsilon;
        float factor = weights[at.weight() + c] * (1f / (float) Math.sqrt(variance));
        constant.factors()[c] = factor;
        constant.offsets()[c] = Math.fma(-weights[at.mean() + c], factor, weights[at.bias() + c]);
      }
    }
    worker.barrier();
    int from = worker.from(bands.count(images));
    for (int band = worker.to(bands.count(images)) - 1; band >= from; band--) {
      apply(tensors, band, constant, 0);
    }
  }

  private void apply(NormalizationTensors tensors, int band, NormalizationFactors of, int row) {
    int end = bands.firstPixel(band + 1);
    for (int p = bands.firstPixel(band); p < end; p++) {
      if (tensors.shortcut() == null) {
        normalize(tensors.input(), tensors.output(), p, of, row);
      } else {
        normalizeAndAdd(tensors, p, of, row);
      }
    }
  }

  private void normalize(Tensor x, Tensor y, int p, NormalizationFactors of, int row) {
    if (relu) {
      NormalizationMicroKernel.relu(of, row, x.data(), x.pixel(p), y.data(), y.pixel(p));
    } else {
      NormalizationMicroKernel.plain(of, row, x.data(), x.pixel(p), y.data(), y.pixel(p));
    }
  }

  private void normalizeAndAdd(
      NormalizationTensors tensors, int p, NormalizationFactors of, int row) {
    Tensor x = tensors.input();
    Tensor s = tensors.shortcut();
    Tensor y = tensors.output();
    if (relu) {
      NormalizationMicroKernel.addedRelu(
          of, row, x.data(), x.pixel(p), s.data(), s.pixel(p), y.data(), y.pixel(p));
    } else {
      NormalizationMicroKernel.added(
          of, row, x.data(), x.pixel(p), s.data(), s.pixel(p), y.data(), y.pixel(p));
    }
  }

  @Override
  public Epilogue gradientSums(NormalizationTensors tensors, NormalizationGradients gradients) {
    return (from, to) -> {
      for (int band = to - 1; band >= from; band--) {
        if (tensors.shortcut() != null) {
          splitGradient(tensors.output(), gradients, band);
        }
        sumGradients(tensors, gradients.output(), band, band / nodeBands * channels);
      }
    };
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      NormalizationGradients gradients) {
    moments.ofGradients(worker, nodes, images / nodes);
    worker.barrier();
    if (gradients.input() != null) {
      int to = worker.to(bands.count(images));
      for (int band = worker.from(bands.count(images)); band < to; band++) {
        giveGradient(tensors, gradients, band, band / nodeBands * channels);
      }
    }
  }

  /** Masks the gradient in place, and gives it to the shortcut. */
  private void splitGradient(Tensor y, NormalizationGradients gradients, int band) {
    Tensor g = gradients.output();
    Tensor s = gradients.shortcut();
    boolean copies = gradients.copiesToShortcut();
    int end = bands.firstPixel(band + 1);
    for (int p = bands.firstPixel(band); p < end; p++) {
      if (relu) {
        PixelSum.mask(y.data(), y.pixel(p), g.data(), g.pixel(p), channels);
      }
      if (copies) {
        PixelSum.give(
            g.data(), g.pixel(p), gradients.addToShortcut(), s.data(), s.pixel(p), channels);
      }
    }
  }

  private boolean masks(NormalizationTensors tensors) {
    return relu && tensors.shortcut() == null;
  }

  private void sumGradients(NormalizationTensors tensors, Tensor g, int band, int row) {
    Tensor x = tensors.input();
    int at = band * channels;
    Arrays.fill(moments.bandSums, at, at + channels, 0f);
    Arrays.fill(moments.bandProducts, at, at + channels, 0f);
    int p = bands.firstPixel(band);
    int end = bands.firstPixel(band + 1);
    if (masks(tensors)) {
      for (; p + GradientSumsMicroKernel.GROUP <= end; p += GradientSumsMicroKernel.GROUP) {
        GradientSumsMicroKernel.reluGroup(moments, row, x, g, p, at);
      }
      for (; p < end; p++) {
        GradientSumsMicroKernel.reluPixel(moments, row, x, g, p, at);
      }
    } else {
      for (; p + GradientSumsMicroKernel.GROUP <= end; p += GradientSumsMicroKernel.GROUP) {
        GradientSumsMicroKernel.group(moments, row, x, g, p, at);
      }
      for (; p < end; p++) {
        GradientSumsMicroKernel.pixel(moments, row, x, g, p, at);
      }
    }
  }

  private void giveGradient(
      NormalizationTensors tensors, NormalizationGradients gradients, int band, int row) {
    Tensor x = tensors.input();
    Tensor g = gradients.output();
    Tensor result = gradients.input();
    boolean masks = masks(tensors);
    int end = bands.firstPixel(band + 1);
    for (int p = bands.firstPixel(band); p < end; p++) {
      if (masks && gradients.addToInput()) {
        NormalizationGradientMicroKernel.addRelu(moments, row, x, g, result, p);
      } else if (masks) {
        NormalizationGradientMicroKernel.writeRelu(moments, row, x, g, result, p);
      } else if (gradients.addToInput()) {
        NormalizationGradientMicroKernel.add(moments, row, x, g, result, p);
      } else {
        NormalizationGradientMicroKernel.write(moments, row, x, g, result, p);
      }
    }
  }

  @Override
  public void parameterGradients(
      Worker worker, VirtualNodeTree tree, float[] gradients, NormalizationParameters at) {
    moments.parameterGradients(worker, tree, gradients, at);
  }
}
