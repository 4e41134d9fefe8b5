package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;

/** Assertions that tests of several packages share. */
public final class DataAssertions {
  private DataAssertions() {}

  /** What is refused is refused in one line that says all of this. */
  public static void assertRefused(Executable action, String... says) {
    DataException e = assertThrows(DataException.class, action);
    for (String each : says) {
      assertTrue(e.getMessage().contains(each), e.getMessage());
    }
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  public static void assertSameSamples(Dataset expected, Dataset actual) throws IOException {
    assertEquals(expected.size(), actual.size());
    assertEquals(expected.imageShape(), actual.imageShape());
    assertEquals(expected.classNames(), actual.classNames());
    assertEquals(expected.fingerprint(), actual.fingerprint());
    Sample a = new Sample();
    Sample b = new Sample();
    for (int i = 0; i < expected.size(); i++) {
      expected.read(i, a);
      actual.read(i, b);
      assertEquals(i, b.id());
      assertEquals(a.label(), b.label());
      Pixels expectedPixels = a.pixels();
      Pixels actualPixels = b.pixels();
      int elements = expectedPixels.elements();
      assertEquals(elements, actualPixels.elements());
      assertTrue(
          Arrays.equals(expectedPixels.values(), 0, elements, actualPixels.values(), 0, elements),
          "pixels of sample " + i);
    }
  }
}
