package dev.convoy.nn;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BatchNormalizationKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationParameters;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Batch normalization (Ioffe and Szegedy 2015) of its first input; a second one, of the same shape,
 * is a shortcut that is added to the result (He et al. 2016, figure 5). Each virtual node's images
 * are normalized by their own statistics; in evaluation the running ones are used.
 *
 * @param relu whether ReLU follows
 * @param epsilon added to the variance
 * @param gammaInit what the scales begin with
 */
public record BatchNormalization(boolean relu, float epsilon, float gammaInit) implements Layer {
  private static final float EPSILON = 1e-5f;

  /** Makes a batch normalization with torch's epsilon of 1e-5. */
  public BatchNormalization(boolean relu) {
    this(relu, EPSILON, 1f);
  }

  /** Returns the same with another epsilon. */
  public BatchNormalization epsilon(float other) {
    return new BatchNormalization(relu, other, gammaInit);
  }

  /** Returns the same, whose scales begin with another value. */
  BatchNormalization gammaInit(float other) {
    return new BatchNormalization(relu, epsilon, other);
  }

  @Override
  public String kind() {
    return relu ? "batch normalization, ReLU" : "batch normalization";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return Addition.sameShape(inputs, inputs.size() == 1 ? 1 : 2);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).channels();
    int[] shape = {channels};
    ParameterLayout layout = ParameterLayout.vector(channels);
    return List.of(
        ParameterSpec.of("weight", shape, layout, Initializer.constant(gammaInit)),
        ParameterSpec.of("bias", shape, layout, Initializer.constant(0f)),
        ParameterSpec.statistic("running_mean", channels, 0f),
        ParameterSpec.statistic("running_var", channels, 1f));
  }

  /** Returns two where a channel has a single value for each image, which has no variance. */
  @Override
  public int fewestImages(List<Shape> inputs) {
    return inputs.get(0).pixels() == 1 ? 2 : 1;
  }

  /** Returns the last input: the masked gradient is the shortcut's, and needs no copy. */
  @Override
  public int gradientInPlace(List<Shape> inputs) {
    return inputs.size() - 1;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return input == 0;
  }

  @Override
  public boolean backwardReadsOutput() {
    return relu;
  }

  @Override
  public Optional<FusedWork> forwardWork(boolean training) {
    return training ? Optional.of(new FusedWork("statistics")) : Optional.empty();
  }

  @Override
  public Optional<FusedWork> backwardWork() {
    return Optional.of(new FusedWork("gradient sums"));
  }

  @Override
  public BoundLayer bind(Binding binding) {
    Shape shape = binding.paddedInput(this).shape();
    return new Bound(
        binding, binding.kernels().batchNormalization(shape, epsilon, relu, binding.workspace()));
  }

  private static final class Bound implements BoundLayer {
    private final BatchNormalizationKernel normalization;
    private final NormalizationTensors tensors;
    private final NormalizationGradients gradients;
    private final NormalizationParameters at;
    private final NormalizationParameters gradientsAt;
    private final RowBands bands;

    /**
     * Takes the statistics before this layer normalizes; does nothing in a replica that only
     * evaluates.
     */
    private final Epilogue statistics;

    private final boolean statisticsFused;

    /** Null in a replica that only evaluates. */
    private final Epilogue gradientSums;

    private final boolean gradientSumsFused;

    Bound(Binding to, BatchNormalizationKernel normalization) {
      this.normalization = normalization;
      tensors = Addition.tensors(to);
      gradients = Addition.gradients(to);
      at = new NormalizationParameters(to.at(0), to.at(1), to.at(2), to.at(3));
      gradientsAt =
          new NormalizationParameters(
              to.gradientAt(0), to.gradientAt(1), to.gradientAt(2), to.gradientAt(3));
      bands = new RowBands(to.output().shape());
      statistics = to.trains() ? normalization.statistics(to.input()) : Epilogue.NONE;
      statisticsFused = to.forwardFused();
      gradientSums = to.trains() ? normalization.gradientSums(tensors, gradients) : null;
      gradientSumsFused = to.backwardFused();
    }

    @Override
    public void forward(Pass pass) {
      Worker worker = pass.worker();
      if (!pass.training()) {
        normalization.evaluate(worker, pass.images(), tensors, pass.weights(), at);
        return;
      }
      if (pass.imagesPerVirtualNode() * bands.shape().pixels() == 1) {
        throw new IllegalArgumentException(
            "batch normalization needs more than one value for each channel of a virtual node;"
                + " one image of one pixel has no variance");
      }
      if (!statisticsFused) {
        int all = bands.count(pass.images());
        statistics.bands(worker.from(all), worker.to(all));
        worker.barrier();
      }
      normalization.forward(
          worker, pass.images(), pass.virtualNodes(), tensors, pass.weights(), at);
    }

    @Override
    public Epilogue epilogue() {
      return statistics;
    }

    @Override
    public Epilogue gradientEpilogue() {
      return gradientSums;
    }

    @Override
    public void backward(Pass pass) {
      Worker worker = pass.worker();
      if (!gradientSumsFused) {
        int all = bands.count(pass.images());
        gradientSums.bands(worker.from(all), worker.to(all));
        worker.barrier();
      }
      normalization.backward(worker, pass.images(), pass.virtualNodes(), tensors, gradients);
      for (int i = 0; i < pass.trees().size(); i++) {
        normalization.parameterGradients(
            worker, pass.trees().get(i), pass.gradients().get(i), gradientsAt);
      }
    }
  }
}
