package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What layers refuse, each in a sentence. */
class LayerRefusalTest {
  private static final Shape SHAPE = new Shape(4, 4, 16);

  private static void refused(String sentence, Runnable makes) {
    Exception e = assertThrows(IllegalArgumentException.class, makes::run);
    assertEquals(sentence, e.getMessage());
  }

  @Test
  void concatenationsOfPartsThatAreNoWholeVectors() {
    refused(
        "24 channels cannot be concatenated: their number must be a multiple of 16",
        () -> new Concatenation().output(List.of(SHAPE, new Shape(4, 4, 24))));
  }

  @Test
  void concatenationsOfDifferentSides() {
    refused(
        "4x5x16 cannot be concatenated with 4x4x16: the sides differ",
        () -> new Concatenation().output(List.of(SHAPE, new Shape(4, 5, 16))));
  }

  @Test
  void exponentsThatNoNetworkHas() {
    refused(
        "local response normalization with beta = 0.5 is not implemented; it must be 0.75",
        () -> new LocalResponseNormalization(5, 2f, 1e-4f, 0.5f, false));
  }

  @Test
  void windowsOfAnEvenNumberOfChannels() {
    refused(
        "local response normalization over 4 channels with k = 2.0 and alpha = 1.0E-4 is impossible: the size must be odd, k positive and alpha not negative",
        () -> new LocalResponseNormalization(4, 2f, 1e-4f, 0.75f, false).output(List.of(SHAPE)));
  }

  @Test
  void shortcutsThatWouldLoseMaps() {
    refused(
        "a shortcut from 16 channels to 8 would lose some",
        () -> new ChannelPaddingShortcut(2, 8).output(List.of(SHAPE)));
  }
}
