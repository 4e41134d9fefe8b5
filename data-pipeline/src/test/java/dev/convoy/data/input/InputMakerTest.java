package dev.convoy.data.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import dev.convoy.data.Sample;
import dev.convoy.data.encode.JpegEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputMakerTest {
  /** One image file of class 7. */
  private record OneFile(byte[] file) implements Dataset {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public List<String> classNames() {
      return List.of("class");
    }

    @Override
    public ImageShape imageShape() {
      return ImageShape.ofAnySize(3);
    }

    @Override
    public void read(int index, Sample into) {
      System.arraycopy(file, 0, into.beginFile(index, 7, file.length), 0, file.length);
    }

    @Override
    public String fingerprint() {
      return "";
    }

    @Override
    public void close() {}
  }

  /** A JPEG whose header claims a size. */
  private static byte[] jpeg(int height, int width) {
    Pixels pixels = new Pixels();
    pixels.begin(8, 8, 3);
    byte[] file = JpegEncoder.encode(pixels, 90);
    for (int at = 0; at < file.length; at++) {
      if ((file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == 0xc0) {
        ByteBuffer.wrap(file).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
        return file;
      }
    }
    throw new AssertionError("no header");
  }

  /** More than decoders let through by themselves, but a preparation's --max-pixels may have. */
  @Test
  void imagesAsLargeAsAPreparationLetsThroughAreTaken() throws IOException, CorruptSample {
    InputMaker inputs = new InputMaker(new OneFile(jpeg(12_000, 9_000)));
    assertEquals(7, inputs.read(0));
    assertEquals(12_000, inputs.height());
    assertEquals(9_000, inputs.width());
  }

  @Test
  void noArrayHoldsALargerOne() {
    InputMaker inputs = new InputMaker(new OneFile(jpeg(60_000, 60_000)));
    assertThrows(CorruptSample.class, () -> inputs.read(0));
  }
}
