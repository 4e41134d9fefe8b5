package dev.convoy.data.csv;

import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelStatistics;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder with {@code train.csv} and {@code validation.csv}. The first line has the number of
 * classes and the images' height, width and channels, every other line a label and the bytes of an
 * image.
 */
public final class CsvFormat implements DatasetFormat {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String summary() {
    return "train.csv and validation.csv, an image a line";
  }

  @Override
  public Dataset open(Configuration hadoop, String uri, Split split) throws IOException {
    String name = split == Split.TRAIN ? "train.csv" : "validation.csv";
    TextLines text = DataFolder.existing(hadoop, uri).text(name);
    List<int[]> lines = text.lines().stream().map(line -> numbers(text, line)).toList();
    int[] first = lines.get(0);
    return new CsvDataset(
        IntStream.range(0, first[0]).mapToObj(Integer::toString).toList(),
        new ImageShape(first[1], first[2], first[3]),
        lines.subList(1, lines.size()));
  }

  private static int[] numbers(TextLines text, TextLines.Line line) {
    try {
      return Arrays.stream(line.text().split(",", -1)).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw text.refuse(line, "is not a list of whole numbers");
    }
  }

  private record CsvDataset(List<String> classNames, ImageShape imageShape, List<int[]> lines)
      implements Dataset {
    @Override
    public int size() {
      return lines.size();
    }

    @Override
    public void read(int index, Sample into) {
      int[] line = lines.get(index);
      byte[] pixels =
          into.begin(
              index, line[0], imageShape.height(), imageShape.width(), imageShape.channels());
      for (int i = 1; i < line.length; i++) {
        pixels[i - 1] = (byte) line[i];
      }
    }

    @Override
    public String fingerprint() throws IOException {
      return ContentDigest.of(this);
    }

    @Override
    public PixelSums pixelSums() {
      PixelStatistics statistics = new PixelStatistics();
      Sample sample = new Sample();
      for (int index = 0; index < size(); index++) {
        read(index, sample);
        statistics.add(sample.pixels());
      }
      return statistics.sums();
    }

    /** Nothing is held open. */
    @Override
    public void close() {}
  }
}
