package dev.convoy.benchmarks;

import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.decode.jpeg.JpegDecoder;
import dev.convoy.data.decode.jpeg.JpegException;
import dev.convoy.data.decode.jpeg.JpegRows;
import dev.convoy.data.decode.jpeg.Scale;
import dev.convoy.data.encode.JpegEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding of one JPEG file of ImageNet's usual size, one thread: images a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class DecodeBenchmark {
  private static final int HEIGHT = 375;
  private static final int WIDTH = 500;
  private static final int QUALITY = 90;

  /** A path; without one, a drawn picture of 500 x 375, 4:2:0, quality 90. */
  @Param("")
  public String image;

  private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
  private final JpegDecoder jpegDecoder = new JpegDecoder();
  private final Pixels pixels = new Pixels();
  private byte[] file;
  private Region whole;
  private Region centre;

  /** Reads or draws the picture. */
  @Setup
  public void prepare() throws IOException {
    ImageIO.setUseCache(false);
    file = image.isEmpty() ? drawn() : Files.readAllBytes(Path.of(image));
    ImageHeader header = open();
    int height = (int) (header.height() * Math.sqrt(0.5));
    int width = (int) (header.width() * Math.sqrt(0.5));
    whole = Region.whole(header.height(), header.width());
    centre =
        new Region((header.height() - height) / 2, (header.width() - width) / 2, height, width);
  }

  /** Slopes with grain, for as many bytes as a photograph takes. */
  private static byte[] drawn() {
    Random random = new Random(1);
    Pixels picture = new Pixels();
    byte[] values = picture.begin(HEIGHT, WIDTH, 3);
    for (int i = 0; i < picture.elements(); i++) {
      int slope = i / 3 / WIDTH + i / 3 % WIDTH;
      values[i] = (byte) (40 + slope % 160 + random.nextInt(32));
    }
    return JpegEncoder.encode(picture, QUALITY);
  }

  /** Reads the header alone. */
  @Benchmark
  public ImageHeader open() {
    return decoder.open(file, file.length, "the benchmark's image");
  }

  /** Decodes all pixels as RGB. */
  @Benchmark
  public Pixels whole() {
    open();
    decoder.decode(3, whole, pixels);
    return pixels;
  }

  /** Decodes the central half of the area as RGB. */
  @Benchmark
  public Pixels centre() {
    open();
    decoder.decode(3, centre, pixels);
    return pixels;
  }

  /** Decodes the image at half its size, as RGB. */
  @Benchmark
  public Pixels half() throws JpegException {
    jpegDecoder.open(file, file.length);
    int height = Scale.HALF.of(whole.height());
    int width = Scale.HALF.of(whole.width());
    JpegRows rows = jpegDecoder.decode(Region.whole(height, width), Scale.HALF, true);
    byte[] rgb = pixels.begin(height, width, 3);
    for (int row = 0; row < height; row++) {
      rows.read(row, rgb, 3 * width * row);
    }
    return pixels;
  }

  /** Decodes with the JDK's ImageIO. */
  @Benchmark
  public BufferedImage imageIo() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }
}
