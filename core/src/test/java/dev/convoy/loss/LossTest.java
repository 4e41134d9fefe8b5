package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import java.util.Arrays;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Each loss against its formula, and its gradient against central differences. */
class LossTest {
  private static final double J = 1.5;
  private static final double SMOOTHING = 0.2;

  /** One image's loss by its logits and its label. */
  private interface Formula extends BiFunction<double[], Integer, Double> {}

  private static double softmaxCrossEntropy(double[] logits, int label) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - logits[label]);
    }
    return Math.log(sum);
  }

  /** Equation 9, of penalties y = -logits. */
  private static double radialBasis(double[] logits, int label) {
    double sum = Math.exp(-J);
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return -logits[label] + Math.log(sum);
  }

  @Property(tries = 100)
  void softmaxCrossEntropyFollowsItsFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int classes,
      @ForAll @IntRange(min = 1, max = 4) int images) {
    check(
        Losses.of("softmax-cross-entropy", Losses.Settings.ofConstant(J)),
        LossTest::softmaxCrossEntropy,
        seed,
        classes,
        images);
  }

  /** As torch defines it. */
  private static double smoothed(double[] logits, int label) {
    double all = 0;
    for (int c = 0; c < logits.length; c++) {
      all += softmaxCrossEntropy(logits, c);
    }
    return (1 - SMOOTHING) * softmaxCrossEntropy(logits, label) + SMOOTHING / logits.length * all;
  }

  @Property(tries = 100)
  void labelSmoothingFollowsItsFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int classes,
      @ForAll @IntRange(min = 1, max = 4) int images) {
    check(new SoftmaxCrossEntropy(SMOOTHING), LossTest::smoothed, seed, classes, images);
  }

  /**
   * {@code torch.nn.functional.cross_entropy(torch.tensor([[1., 2., 3.]]), …, label_smoothing=0.1)}
   */
  @Test
  void labelSmoothingGivesTorchsNumber() {
    Tensor logits = Tensor.activations(1, Shape.vector(3));
    logits.fromNchw(new float[] {1, 2, 3});
    float loss = new SoftmaxCrossEntropy(0.1).evaluate(1, logits, new int[] {2}, null);
    assertEquals(0.5076059, loss, 1e-6);
  }

  @Test
  void penaltiesHaveNoLabelsToSmooth() {
    assertThrows(
        IllegalArgumentException.class, () -> Losses.of("rbf", new Losses.Settings(J, 0.1)));
  }

  @Property(tries = 100)
  void radialBasisLossFollowsItsFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int classes,
      @ForAll @IntRange(min = 1, max = 4) int images) {
    check(
        Losses.of("rbf", Losses.Settings.ofConstant(J)),
        LossTest::radialBasis,
        seed,
        classes,
        images);
  }

  private static void check(Loss loss, Formula formula, long seed, int classes, int images) {
    float[] values = Floats.random(seed, images * classes);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 4;
    }
    int[] labels = new int[images];
    for (int n = 0; n < images; n++) {
      labels[n] = (int) Math.floorMod(seed + n, (long) classes);
    }
    Tensor logits = Tensor.activations(images + 1, Shape.vector(classes));
    logits.fromNchw(values);
    Tensor gradient = Tensor.activations(images + 1, Shape.vector(classes));
    double mean = mean(formula, Floats.toDouble(values), labels);
    float actual = loss.evaluate(images, logits, labels, gradient);
    assertEquals(mean, actual, 1e-6 * Math.max(1, Math.abs(mean)));
    assertEquals(actual, loss.evaluate(images, logits, labels, null));

    double[] wide = Floats.toDouble(values);
    double[] expected = new double[wide.length];
    double step = 1e-5;
    for (int i = 0; i < wide.length; i++) {
      double value = wide[i];
      wide[i] = value + step;
      double above = mean(formula, wide, labels);
      wide[i] = value - step;
      expected[i] = (above - mean(formula, wide, labels)) / (2 * step);
      wide[i] = value;
    }
    double error = Compare.relativeError(expected, gradient.toNchw(images));
    double size = Math.sqrt(Arrays.stream(expected).map(g -> g * g).sum());
    assertTrue(error * size < 1e-5 * size + 1e-9, () -> "gradient errs by " + error);
  }

  private static double mean(Formula formula, double[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      double[] own = new double[classes];
      System.arraycopy(logits, n * classes, own, 0, classes);
      sum += formula.apply(own, labels[n]);
    }
    return sum / labels.length;
  }

  @Test
  void softmaxCrossEntropyOfLargeLogitsDoesNotOverflow() {
    Tensor logits = Tensor.activations(1, Shape.vector(3));
    logits.fromNchw(new float[] {1e4f, 1e4f, -1e4f});
    Tensor gradient = Tensor.activations(1, Shape.vector(3));
    float loss = new SoftmaxCrossEntropy(0).evaluate(1, logits, new int[] {0}, gradient);
    assertEquals((float) Math.log(2), loss, 1e-3f);
    assertEquals(-0.5f, gradient.data()[0], 1e-6f);
    assertEquals(0.5f, gradient.data()[1], 1e-6f);
  }

  /** A probability near 1, of which single precision would leave few digits of the difference. */
  @Test
  void theGradientOfANearlyCertainClassIsPrecise() {
    Tensor logits = Tensor.activations(1, Shape.vector(2));
    logits.fromNchw(new float[] {14, 0});
    Tensor gradient = Tensor.activations(1, Shape.vector(2));
    new SoftmaxCrossEntropy(0).evaluate(1, logits, new int[] {0}, gradient);
    double expected = 1 / (1 + Math.exp(14));
    assertEquals(-expected, gradient.data()[0], 1e-6 * expected);
    assertEquals(expected, gradient.data()[1], 1e-6 * expected);
  }

  @Test
  void aLossThatIsNotFiniteShows() {
    Tensor logits = Tensor.activations(1, Shape.vector(2));
    logits.fromNchw(new float[] {Float.NaN, 1});
    for (String name : Losses.names()) {
      float loss =
          Losses.of(name, Losses.Settings.ofConstant(J)).evaluate(1, logits, new int[] {1}, null);
      assertTrue(Float.isNaN(loss), name);
    }
  }

  @Test
  void penaltiesOfWrongClassesBeyondJCostNearlyNothing() {
    Tensor logits = Tensor.activations(1, Shape.vector(3));
    logits.fromNchw(new float[] {-2, -900, -900});
    float loss = new RadialBasisLoss(1).evaluate(1, logits, new int[] {0}, null);
    assertEquals(2 + Math.log(Math.exp(-1) + Math.exp(-2)), loss, 1e-6);
  }

  @Test
  void everyNameGivesTheLossOfThatName() {
    Losses.names()
        .forEach(name -> assertEquals(name, Losses.of(name, Losses.Settings.ofConstant(J)).name()));
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Losses.of("hinge", Losses.Settings.ofConstant(J)));
    assertEquals(
        "the loss hinge is unknown; allowed are " + String.join(", ", Losses.names()),
        refusal.getMessage());
  }
}
