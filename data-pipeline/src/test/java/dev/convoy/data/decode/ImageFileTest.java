package dev.convoy.data.decode;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }

  private static int[] decode(byte[] file, int channels) {
    Sample sample = new Sample();
    ImageFile.decode(new ByteArrayInputStream(file), "it", channels, sample);
    int[] pixels = new int[sample.elements()];
    Arrays.setAll(pixels, i -> sample.pixels()[i] & 0xff);
    return pixels;
  }

  private static BufferedImage ramp(int type) {
    BufferedImage image = new BufferedImage(16, 16, type);
    int shift = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, i * shift);
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void greyPixelsAreTheStoredOnes(int type) throws IOException {
    int[] pixels = decode(file(ramp(type), "png"), 1);
    for (int i = 0; i < 256; i++) {
      assertEquals(i, pixels[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void colourIsKeptOrWeighedToGrey(String format) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(0, 1, 0x0000ff);
    image.setRGB(1, 1, 0x808080);
    byte[] file = file(image, format);
    assertArrayEquals(new int[] {255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128}, decode(file, 3));
    // Pillow's convert("L") gives the same.
    assertArrayEquals(new int[] {76, 150, 29, 128}, decode(file, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "gif"})
  void lossyFormatsAreReadToo(String format) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 100);
    }
    for (int pixel : decode(file(image, format), 1)) {
      assertTrue(Math.abs(pixel - 100) <= 40, format + " " + pixel);
    }
  }

  @Test
  void whatIsTransparentIsBlack() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ffffff);
    image.setRGB(1, 0, 0xffffffff);
    assertArrayEquals(new int[] {0, 255}, decode(file(image, "png"), 1));
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertRefused(
        () -> decode("plain text".getBytes(StandardCharsets.UTF_8), 1), "it is no image", "PNG");
    assertRefused(() -> decode(new byte[0], 1), "it is no image");
  }

  @Test
  void aTruncatedImageIsRefused() throws IOException {
    byte[] png = file(ramp(BufferedImage.TYPE_BYTE_GRAY), "png");
    assertRefused(() -> decode(Arrays.copyOf(png, 40), 1), "it is a broken image");
  }
}
