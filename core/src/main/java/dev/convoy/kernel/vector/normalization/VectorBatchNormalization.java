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

  /** Factors and offsets from running statistics. */
  private final float[] constantFactors;

  private final float[] constantOffsets;

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
    constantFactors = workspace.keep(channels);
    constantOffsets = workspace.keep(channels);
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
      apply(tensors, band, moments.factors, moments.offsets, row);
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
        constantFactors[c] = factor;
        constantOffsets[c] = Math.fma(-weights[at.mean() + c], factor, weights[at.bias() + c]);
      }
    }
    worker.barrier();
    int from = worker.from(bands.count(images));
    for (int band = worker.to(bands.count(images)) - 1; band >= from; band--) {
      apply(tensors, band, constantFactors, constantOffsets, 0);
    }
  }

  private void apply(
      NormalizationTensors tensors, int band, float[] factors, float[] offsets, int row) {
    int end = bands.firstPixel(band + 1);
    for (int p = bands.firstPixel(band); p < end; p++) {
      if (tensors.shortcut() == null) {
        normalize(tensors.input(), tensors.output(), p, factors, offsets, row);
      } else {
        normalizeAndAdd(tensors, p, factors, offsets, row);
      }
    }
  }

  private void normalize(Tensor x, Tensor y, int p, float[] factors, float[] offsets, int row) {
    if (relu) {
      NormalizedPixel.relu(
          x.data(), x.pixel(p), factors, offsets, row, y.data(), y.pixel(p), channels);
    } else {
      NormalizedPixel.plain(
          x.data(), x.pixel(p), factors, offsets, row, y.data(), y.pixel(p), channels);
    }
  }

  private void normalizeAndAdd(
      NormalizationTensors tensors, int p, float[] factors, float[] offsets, int row) {
    Tensor x = tensors.input();
    Tensor s = tensors.shortcut();
    Tensor y = tensors.output();
    if (relu) {
      NormalizedPixel.addedRelu(
          x.data(),
          x.pixel(p),
          factors,
          offsets,
          row,
          s.data(),
          s.pixel(p),
          y.data(),
          y.pixel(p),
          channels);
    } else {
      NormalizedPixel.added(
          x.data(),
          x.pixel(p),
          factors,
          offsets,
          row,
          s.data(),
          s.pixel(p),
          y.data(),
          y.pixel(p),
          channels);
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
      for (; p + GradientSums.GROUP <= end; p += GradientSums.GROUP) {
        GradientSums.reluGroup(
            moments,
            row,
            x.data(),
            x.pixel(p),
            x.stride(),
            g.data(),
            g.pixel(p),
            g.stride(),
            at,
            channels);
      }
      for (; p < end; p++) {
        GradientSums.reluPixel(
            moments, row, x.data(), x.pixel(p), g.data(), g.pixel(p), at, channels);
      }
    } else {
      for (; p + GradientSums.GROUP <= end; p += GradientSums.GROUP) {
        GradientSums.group(
            moments,
            row,
            x.data(),
            x.pixel(p),
            x.stride(),
            g.data(),
            g.pixel(p),
            g.stride(),
            at,
            channels);
      }
      for (; p < end; p++) {
        GradientSums.pixel(moments, row, x.data(), x.pixel(p), g.data(), g.pixel(p), at, channels);
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
      int i = x.pixel(p);
      int j = g.pixel(p);
      int r = result.pixel(p);
      if (masks && gradients.addToInput()) {
        NormalizationGradient.addRelu(
            moments, row, x.data(), i, g.data(), j, result.data(), r, channels);
      } else if (masks) {
        NormalizationGradient.writeRelu(
            moments, row, x.data(), i, g.data(), j, result.data(), r, channels);
      } else if (gradients.addToInput()) {
        NormalizationGradient.add(
            moments, row, x.data(), i, g.data(), j, result.data(), r, channels);
      } else {
        NormalizationGradient.write(
            moments, row, x.data(), i, g.data(), j, result.data(), r, channels);
      }
    }
  }

  @Override
  public void parameterGradients(
      Worker worker, VirtualNodeTree tree, float[] gradients, NormalizationParameters at) {
    moments.parameterGradients(worker, tree, gradients, at);
  }
}
