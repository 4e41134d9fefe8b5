package dev.convoy.data.decode;

import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.oriented;
import static dev.convoy.data.decode.ImageFiles.picture;
import static dev.convoy.data.decode.ImageFiles.withSegment;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.encode.JpegEncoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  private static final byte[] JPEG = JpegEncoder.encode(picture(2, 3, 1, 1), 90);

  private static ImageHeader header(byte[] file) {
    return new ImageDecoder(DecodeOptions.DEFAULT).open(file, file.length, "it");
  }

  /** The numbers are those of the stored pixels, of which there are two rows of three. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 0 1 2 3 4 5",
    "2, 2, 2 1 0 5 4 3",
    "3, 2, 5 4 3 2 1 0",
    "4, 2, 3 4 5 0 1 2",
    "5, 3, 0 3 1 4 2 5",
    "6, 3, 3 0 4 1 5 2",
    "7, 3, 5 2 4 1 3 0",
    "8, 3, 2 5 1 4 0 3"
  })
  void theImageIsTurnedAsExifSays(int exif, int height, String order) {
    byte[] stored = decoded(JPEG, 1);
    byte[] file = oriented(JPEG, exif);
    String[] numbers = order.split(" ", -1);
    byte[] expected = new byte[6];
    for (int i = 0; i < 6; i++) {
      expected[i] = stored[Integer.parseInt(numbers[i])];
    }
    assertArrayEquals(expected, decoded(file, 1));
    assertEquals(height, header(file).height());
    assertEquals(6 / height, header(file).width());
    assertTrue(header(file).plain());
  }

  @Test
  void aBrokenExifBlockIsNoOrientation() {
    byte[] whole = oriented(JPEG, 6);
    byte[] block = Arrays.copyOfRange(whole, 6, 38);
    for (int length = 0; length < 26; length++) {
      byte[] file = withSegment(JPEG, 0xe1, Arrays.copyOf(block, length));
      assertEquals(Orientation.NORMAL, header(file).orientation(), length + " bytes");
    }
    for (int undefined : new int[] {0, 9, 255}) {
      assertEquals(Orientation.NORMAL, header(oriented(JPEG, undefined)).orientation());
    }
    byte[] farAway = block.clone();
    farAway[10] = 0x7f;
    assertEquals(Orientation.NORMAL, header(withSegment(JPEG, 0xe1, farAway)).orientation());
  }
}
