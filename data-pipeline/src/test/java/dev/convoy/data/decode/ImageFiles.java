package dev.convoy.data.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Image files for tests, and their pixels. */
final class ImageFiles {
  /** Whatever comes. */
  static final DecodeOptions LENIENT = new DecodeOptions(1 << 20, DecodeOptions.Truncated.DECODE);

  private ImageFiles() {}

  /** A file beside this class. */
  static byte[] resource(String name) {
    try (InputStream in = ImageFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image as ImageIO writes it. */
  static byte[] written(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertTrue(ImageIO.write(image, format, out), format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Smooth pixels with some noise, the same for the same arguments. */
  static Pixels picture(int height, int width, int channels, long seed) {
    Random random = new Random(seed);
    Pixels pixels = new Pixels();
    byte[] values = pixels.begin(height, width, channels);
    for (int i = 0; i < pixels.elements(); i++) {
      int pixel = i / channels;
      int slope = 5 * (pixel / width) + 3 * (pixel % width) + 60 * (i % channels);
      values[i] = (byte) (slope + random.nextInt(24));
    }
    return pixels;
  }

  /** The whole image, refusing what is broken. */
  static byte[] decoded(byte[] file, int channels) {
    return decoded(new ImageDecoder(DecodeOptions.DEFAULT), file, channels);
  }

  /** The whole image. */
  static byte[] decoded(ImageDecoder decoder, byte[] file, int channels) {
    ImageHeader header = decoder.open(file, file.length, "it");
    return decoded(decoder, channels, Region.whole(header.height(), header.width()));
  }

  /** A region of the file last opened. */
  static byte[] decoded(ImageDecoder decoder, int channels, Region region) {
    Pixels pixels = new Pixels();
    decoder.decode(channels, region, pixels);
    return values(pixels);
  }

  static byte[] values(Pixels pixels) {
    return Arrays.copyOf(pixels.values(), pixels.elements());
  }

  /** A JPEG file with an EXIF block that says how it is to be turned. */
  static byte[] oriented(byte[] jpeg, int exif) {
    byte[] block = {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) exif,
      0,
      0,
      0,
      0,
      0,
      0
    };
    return withSegment(jpeg, 0xe1, block);
  }

  /** A JPEG file with one more segment, right after SOI. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] parameters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = parameters.length + 2;
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write(size >> 8);
    out.write(size);
    out.write(parameters, 0, parameters.length);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** Where these bytes first stand, each from 0 to 255. */
  static int find(byte[] file, int... bytes) {
    for (int at = 0; at <= file.length - bytes.length; at++) {
      int same = 0;
      while (same < bytes.length && (file[at + same] & 0xff) == bytes[same]) {
        same++;
      }
      if (same == bytes.length) {
        return at;
      }
    }
    throw new AssertionError("the bytes are not there");
  }
}
