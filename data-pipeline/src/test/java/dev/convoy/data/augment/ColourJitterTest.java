package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColourJitterTest {
  private static final List<String> LINES = PillowNumbers.lines("pillow-enhance.txt");

  private static Image image() {
    return PillowNumbers.image(4, 5, 3, PillowNumbers.numbers(LINES.get(0)));
  }

  @Test
  void eachChangeAgreesWithPillowWithinOneGreyLevel() {
    for (String line : LINES.subList(1, LINES.size())) {
      String[] words = line.split(" ", 3);
      float factor = Float.parseFloat(words[1]);
      Image image = image();
      switch (words[0]) {
        case "brightness" -> ColourJitter.brighten(image, factor);
        case "contrast" -> ColourJitter.contrast(image, factor);
        case "saturation" -> ColourJitter.saturate(image, factor);
        default -> ColourJitter.turn(image, factor);
      }
      int[] expected = PillowNumbers.numbers(words[2]);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], image.pixels()[i], 1.01, words[0] + ", value " + i);
      }
    }
  }

  @Test
  void withoutRangesNothingChanges() {
    Image image = image();
    float[] before = Arrays.copyOf(image.pixels(), image.elements());
    new ColourJitter(0, 0, 0, 0).apply(image, 7);
    assertArrayEquals(before, Arrays.copyOf(image.pixels(), image.elements()), 1e-3f);
  }

  @Test
  void greyImagesStayGrey() {
    Image image = PillowNumbers.image(1, 2, 1, new int[] {10, 200});
    new ColourJitter(0.4, 0.4, 0.4, 0.5).apply(image, 7);
    assertEquals(1, image.channels());
  }
}
