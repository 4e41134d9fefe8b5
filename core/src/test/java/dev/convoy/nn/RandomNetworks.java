package dev.convoy.nn;

import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Sum;
import java.util.ArrayList;
import java.util.List;

/** Networks of all kinds of layers, joined at random; a function of a seed. */
final class RandomNetworks {
  private static final Shape INPUT = new Shape(6, 5, 3);
  private static final int CHANNELS = 16;

  private final long seed;
  private final NetworkBuilder builder = Network.of("random", INPUT);

  /** Values of one shape, {@link #CHANNELS} channels, that any layer may read. */
  private final List<Value> open = new ArrayList<>();

  private int draws;
  private int named;

  private RandomNetworks(long seed) {
    this.seed = seed;
  }

  /** About so many blocks of layers. */
  static Network of(long seed, int blocks) {
    return new RandomNetworks(seed).build(blocks);
  }

  private Network build(int blocks) {
    Value value = add(convolution(3), builder.input());
    open.add(draw(2) == 0 ? value : add(ActivationLayer.RELU, value));
    for (int i = 0; i < blocks; i++) {
      open.add(block());
      if (draw(5) == 0) {
        Value pooled = add(new AveragePooling(2, 2), any());
        builder.auxiliary(add(new FullyConnected(3, RandomNetworks::any), pooled), 0.3f);
      }
    }
    Value last = add(new Sum(), open);
    Value pool = add(new MaxPooling(3, 2), last);
    Value squashed = add(ActivationLayer.SCALED_TANH, add(new Sum(), pool));
    add(new FullyConnected(5, RandomNetworks::any), add(new Dropout(0.25f), squashed));
    return builder.build();
  }

  private Value block() {
    return switch (draw(9)) {
      case 0 -> add(ActivationLayer.RELU, add(convolution(3), any()));
      case 1 -> add(new BatchNormalization(draw(2) == 0), add(convolution(1), any()));
      case 2 -> add(new BatchNormalization(true), add(convolution(3), any()), any());
      case 3 -> add(new Addition(draw(2) == 0), any(), any());
      case 4 -> add(new Addition(true, true), add(convolution(3), any()), any());
      case 5 -> inception();
      case 7 -> pooled();
      case 6 -> add(LocalResponseNormalization.ofAlexNet(), any());
      default -> add(new Dropout(0.5f), any());
    };
  }

  /** A pooling that takes an epilogue and whose reader must not be given it. */
  private Value pooled() {
    Value relu = add(ActivationLayer.RELU, add(convolution(1), any()));
    return add(convolution(3), add(new MaxPooling(3, 1, 1, false), relu));
  }

  private Value inception() {
    Value input = any();
    boolean reluParts = draw(2) == 0;
    Value first = add(convolution(1), input);
    Value second = add(convolution(3), add(ActivationLayer.RELU, add(convolution(1), input)));
    Value part = reluParts ? add(ActivationLayer.RELU, first) : first;
    Value both = add(new Concatenation(), part, second);
    return add(convolution(1), reluParts ? both : add(ActivationLayer.RELU, both));
  }

  private static Convolution convolution(int kernel) {
    return Convolution.of(CHANNELS, kernel, RandomNetworks::any).padding(kernel / 2);
  }

  private static Initializer any(int inputs) {
    return Initializer.uniform(1 / Math.sqrt(inputs));
  }

  private Value add(Layer layer, Value... inputs) {
    return add(layer, List.of(inputs));
  }

  private Value add(Layer layer, List<Value> inputs) {
    return builder.add("node" + named++, layer, inputs);
  }

  private Value any() {
    return open.get(draw(open.size()));
  }

  private int draw(int bound) {
    return CounterRandom.below(seed, draws++, bound);
  }
}
