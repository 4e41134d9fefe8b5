package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  @Test
  void agreesWithPillowWithinOneGreyLevel() {
    List<String> lines = PillowNumbers.lines("pillow-resize.txt");
    assertTrue(lines.size() >= 21);
    for (int i = 0; i < lines.size(); i += 3) {
      int[] shape = PillowNumbers.numbers(lines.get(i));
      int[] values = PillowNumbers.numbers(lines.get(i + 1));
      int[] expected = PillowNumbers.numbers(lines.get(i + 2));
      Image image = PillowNumbers.image(shape[0], shape[1], shape[2], values);
      Resampling.resize(image, shape[3], shape[4]);
      assertEquals(expected.length, image.elements());
      for (int p = 0; p < expected.length; p++) {
        assertEquals(expected[p], image.pixels()[p], 1, lines.get(i) + ", value " + p);
      }
    }
  }
}
