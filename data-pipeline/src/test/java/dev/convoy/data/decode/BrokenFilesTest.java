package dev.convoy.data.decode;

import static dev.convoy.data.DataAssertions.assertRefused;
import static dev.convoy.data.decode.ImageFiles.LENIENT;
import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.find;
import static dev.convoy.data.decode.ImageFiles.picture;
import static dev.convoy.data.decode.ImageFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.DataException;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.encode.PngEncoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenFilesTest {
  private static final byte[] JPEG = JpegEncoder.encode(picture(64, 64, 3, 1), 80);
  private static final byte[] PNG = PngEncoder.encode(picture(64, 64, 3, 1));

  private static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ycbcr-420.jpg", "progressive.jpg", "palette.png", "palette.gif", "rgb24.bmp"})
  void aFileWithoutItsEndIsRefused(String name) {
    byte[] file = resource(name);
    byte[] half = cut(file, file.length - Math.min(150, file.length / 3));
    assertRefused(() -> decoded(half, 3), "it ends too early", "only whole files");
  }

  @Test
  void orWhatIsThereIsDecoded() {
    for (byte[] file : List.of(JPEG, PNG)) {
      byte[] whole = decoded(file, 3);
      byte[] half = decoded(new ImageDecoder(LENIENT), cut(file, file.length / 2), 3);
      int row = 64 * 3;
      assertEquals(whole.length, half.length);
      assertArrayEquals(cut(whole, 10 * row), cut(half, 10 * row));
      int last = 63 * row;
      for (int i = last; i < half.length; i++) {
        assertTrue(half[i] == half[last] || file == JPEG, "the last row is not there");
      }
    }
  }

  @Test
  void corruptDataAreRefusedOrDecoded() {
    byte[] corrupt = JPEG.clone();
    int data = find(corrupt, 0xff, 0xda) + 300;
    // Ones alone are no Huffman code (ITU-T T.81, C.2).
    for (int i = 0; i < 40; i++) {
      corrupt[data + i] = (byte) (i % 2 == 0 ? 0xff : 0);
    }
    assertRefused(() -> decoded(corrupt, 3), "it is a broken JPEG file: ");
    assertEquals(64 * 64 * 3, decoded(new ImageDecoder(LENIENT), corrupt, 3).length);
    byte[] png = PNG.clone();
    png[png.length / 2] ^= 1;
    assertRefused(() -> decoded(png, 3), "it is a broken PNG file: ", "CRC");
  }

  @Test
  void corruptDataAreFoundOnceNotInEachOfMillionsOfRows() {
    int height = 8_000_000;
    byte[] png = PNG.clone();
    ByteBuffer.wrap(png, 16, 8).putInt(1).putInt(height);
    Arrays.fill(png, 43, 60, (byte) 0xff);
    DecodeOptions large = new DecodeOptions(height, DecodeOptions.Truncated.DECODE);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertArrayEquals(new byte[3 * height], decoded(new ImageDecoder(large), png, 3)));
  }

  @Test
  void headersAreChecked() {
    byte[] flat = JPEG.clone();
    int frame = find(flat, 0xff, 0xc0);
    flat[frame + 5] = 0;
    flat[frame + 6] = 0;
    assertRefused(() -> decoded(flat, 3), "it is an image without pixels", "0 x 64");
    byte[] two = JPEG.clone();
    two[frame + 9] = 2;
    assertRefused(() -> decoded(two, 3), "2 components", "1, 3 and 4");
    assertRefused(() -> decoded(cut(JPEG, frame), 3), "no image");
    assertRefused(() -> decoded(cut(PNG, 20), 3), "does not begin with its header");
  }

  @Test
  void tooManyPixelsAreRefusedByTheHeader() {
    ImageDecoder decoder =
        new ImageDecoder(new DecodeOptions(4095, DecodeOptions.Truncated.REFUSE));
    for (byte[] file : List.of(JPEG, PNG)) {
      assertRefused(() -> decoder.open(file, file.length, "it"), "4,096 pixels", "4,095");
    }
    byte[] bomb = PNG.clone();
    Arrays.fill(bomb, 17, 20, (byte) 0xff);
    Arrays.fill(bomb, 21, 24, (byte) 0xff);
    assertRefused(() -> decoded(bomb, 3), "89,478,485");
    byte[] gif = resource("palette.gif");
    int descriptor = find(gif, 0x2c, 0, 0, 0, 0, 23);
    Arrays.fill(gif, descriptor + 5, descriptor + 9, (byte) 0xff);
    assertRefused(() -> decoded(gif, 3), "4,294,836,225 pixels");
  }

  /** Silently, and the decoder goes on after each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ycbcr-420.jpg", "progressive.jpg", "ycck.jpg", "restart.jpg", "rotated.jpg",
        "palette.gif", "palette.png", "rgb16.png", "rgb24.bmp", "palette-rle.bmp"
      })
  void bytesThatAreFlippedOrCutNeverGiveMoreThanADataException(String name) {
    byte[] good = resource(name);
    byte[] pixels = resource(name + ".rgb");
    Random random = new Random(name.hashCode());
    ImageDecoder strict =
        new ImageDecoder(new DecodeOptions(1 << 20, DecodeOptions.Truncated.REFUSE));
    ImageDecoder lenient = new ImageDecoder(LENIENT);
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 300; i++) {
        byte[] bad = cut(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
        for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        attempt(strict, bad);
        attempt(lenient, bad);
      }
    } finally {
      System.setErr(before);
    }
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertArrayEquals(pixels, decoded(strict, good, 3));
    assertArrayEquals(pixels, decoded(lenient, good, 3));
  }

  private static void attempt(ImageDecoder decoder, byte[] file) {
    try {
      decoded(decoder, file, 3);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("it "), e.getMessage());
    }
  }
}
