package dev.convoy.data.decode;

import static dev.convoy.data.DataAssertions.assertRefused;
import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.picture;
import static dev.convoy.data.decode.ImageFiles.values;
import static dev.convoy.data.decode.ImageFiles.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.encode.PngEncoder;
import java.awt.image.BufferedImage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static int[] unsigned(byte[] values) {
    int[] pixels = new int[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = values[i] & 0xff;
    }
    return pixels;
  }

  private static ImageHeader header(byte[] file) {
    return new ImageDecoder(DecodeOptions.DEFAULT).open(file, file.length, "it");
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void greyPixelsAreTheStoredOnes(int type) {
    BufferedImage image = new BufferedImage(16, 16, type);
    int shift = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, i * shift);
    }
    byte[] file = written(image, "png");
    int[] pixels = unsigned(decoded(file, 1));
    for (int i = 0; i < 256; i++) {
      assertEquals(i, pixels[i]);
    }
    assertEquals(1, header(file).components());
    assertEquals(shift == 1, header(file).plain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void colourIsKeptOrWeighedToGrey(String format) {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(0, 1, 0x0000ff);
    image.setRGB(1, 1, 0x808080);
    byte[] file = written(image, format);
    assertArrayEquals(
        new int[] {255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128}, unsigned(decoded(file, 3)));
    // Pillow's convert("L") gives the same.
    assertArrayEquals(new int[] {76, 150, 29, 128}, unsigned(decoded(file, 1)));
    assertEquals(format.equals("png"), header(file).plain());
  }

  @ParameterizedTest
  @CsvSource({
    "white, 255, 255, 127, 127",
    "black, 0, 255, 0, 0",
    "#800000, 38, 255, 19, 19",
  })
  void whatIsTransparentLiesOnTheBackground(String on, int first, int white, int half, int grey) {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ffffff);
    image.setRGB(1, 0, 0xffffffff);
    image.setRGB(2, 0, 0x80000000);
    image.setRGB(3, 0, 0x80000000);
    byte[] file = written(image, "png");
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT.on(Background.parse(on)));
    assertArrayEquals(new int[] {first, white, half, grey}, unsigned(decoded(decoder, file, 1)));
    assertEquals(Set.of(ImageNote.TRANSPARENT), decoder.notes());
    assertEquals(3, header(file).components());
    assertFalse(header(file).plain());
  }

  @Test
  void aBackgroundIsANameOrSixHexadecimalDigits() {
    assertEquals(Background.WHITE, Background.parse("#FFFFFF"));
    assertEquals(new Background(0x12, 0xab, 0xc0), Background.parse("12abC0"));
    assertEquals("#12abc0", Background.parse("#12abc0").toString());
    for (String wrong : new String[] {"", "#fff", "mauve", "#gggggg", "#1234567"}) {
      assertRefused(() -> Background.parse(wrong), "'" + wrong + "'", "white, black, grey");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 10000", "10000, 1", "7, 9"})
  void encodersAndTheDecoderAgree(int height, int width) {
    for (int channels : new int[] {1, 3}) {
      Pixels pixels = picture(height, width, channels, 2);
      byte[] png = PngEncoder.encode(pixels);
      assertArrayEquals(values(pixels), decoded(png, channels));
      assertTrue(header(png).plain());
      byte[] jpeg = JpegEncoder.encode(pixels, 95);
      byte[] lossy = decoded(jpeg, channels);
      assertEquals(
          new ImageHeader(Format.JPEG, height, width, channels, Orientation.NORMAL, true),
          header(jpeg));
      int error = 0;
      for (int i = 0; i < lossy.length; i++) {
        error += Math.abs((lossy[i] & 0xff) - (pixels.values()[i] & 0xff));
      }
      assertTrue(channels == 3 || error < 4 * lossy.length, "errors add up to " + error);
    }
  }

  @Test
  void lowerQualityMakesSmallerFiles() {
    Pixels pixels = picture(40, 40, 3, 9);
    int best = JpegEncoder.encode(pixels, 100).length;
    assertTrue(JpegEncoder.encode(pixels, 50).length < best);
    assertThrows(IllegalArgumentException.class, () -> JpegEncoder.encode(pixels, 0));
  }

  @Test
  void theArrayMayBeLongerThanTheFile() {
    Pixels pixels = picture(5, 6, 3, 4);
    byte[] png = PngEncoder.encode(pixels);
    byte[] longer = java.util.Arrays.copyOf(png, png.length + 100);
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    decoder.open(longer, png.length, "it");
    assertArrayEquals(values(pixels), decoded(decoder, 3, Region.whole(5, 6)));
  }

  @Test
  void aRegionLiesInTheImage() {
    byte[] png = PngEncoder.encode(picture(5, 6, 3, 4));
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    assertThrows(IllegalStateException.class, () -> decoded(decoder, 3, Region.whole(5, 6)));
    decoder.open(png, png.length, "it");
    Region below = new Region(5, 0, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> decoded(decoder, 3, below));
    Region wide = new Region(0, 1, 1, 6);
    assertThrows(IllegalArgumentException.class, () -> decoded(decoder, 3, wide));
  }
}
