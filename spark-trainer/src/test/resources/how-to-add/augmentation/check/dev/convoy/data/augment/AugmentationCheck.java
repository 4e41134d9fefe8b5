package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import dev.convoy.data.input.InputDescription;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationCheck {
  @Test
  void aPipelineWithItsLineInvertsPixels() {
    Shape shape = new Shape(1, 2, 1);
    InputDescription input = InputDescription.ofPixels(ImageShape.of(shape), shape);
    assertEquals(1, input.steps(List.of("invert 1")).size());
    Pixels pixels = new Pixels();
    byte[] values = pixels.begin(1, 2, 1);
    values[1] = 10;
    Image image = new Image();
    image.load(pixels);
    input.steps(List.of("invert 1")).get(0).apply(image, 7);
    assertEquals(255f, image.pixels()[0]);
    assertEquals(245f, image.pixels()[1]);
  }
}
