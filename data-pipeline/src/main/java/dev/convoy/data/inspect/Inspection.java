package dev.convoy.data.inspect;

import dev.convoy.data.Dataset;
import dev.convoy.data.PixelStatistics;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Pixels;
import dev.convoy.data.input.CorruptSample;
import dev.convoy.data.input.InputMaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What many samples of a dataset look like, every one of which is read and decoded. */
public final class Inspection {
  private final Dataset dataset;
  private final int samples;
  private final int[] classCounts;
  private final PixelStatistics pixels = new PixelStatistics();
  private final SideStatistics heights = new SideStatistics();
  private final SideStatistics widths = new SideStatistics();
  private final List<String> corrupt = new ArrayList<>();

  private Inspection(Dataset dataset, int samples) {
    this.dataset = dataset;
    this.samples = samples;
    classCounts = new int[dataset.classes()];
  }

  /**
   * Looks at {@code samples} samples at equal distances; of a dataset in the order of its classes,
   * these are of all classes.
   *
   * @param threads that read and decode
   */
  public static Inspection of(Dataset dataset, int samples, int threads)
      throws IOException, InterruptedException {
    int looked = Math.min(samples, dataset.size());
    Inspection all = new Inspection(dataset, looked);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Inspection>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int part = t;
        parts.add(() -> new Inspection(dataset, looked).look(part, threads));
      }
      for (Future<Inspection> part : executor.invokeAll(parts)) {
        all.add(part.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } finally {
      executor.shutdown();
    }
    return all;
  }

  private Inspection look(int part, int parts) throws IOException {
    InputMaker inputs = new InputMaker(dataset);
    for (int i = part; i < samples; i += parts) {
      int id = (int) ((long) i * dataset.size() / samples);
      try {
        int label = inputs.read(id);
        Pixels image = inputs.whole();
        classCounts[label]++;
        pixels.add(image);
        heights.add(image.height());
        widths.add(image.width());
      } catch (CorruptSample e) {
        corrupt.add("sample " + id + ": " + e.getMessage());
      }
    }
    return this;
  }

  private void add(Inspection other) {
    for (int c = 0; c < classCounts.length; c++) {
      classCounts[c] += other.classCounts[c];
    }
    pixels.add(other.pixels.sums());
    heights.add(other.heights);
    widths.add(other.widths);
    corrupt.addAll(other.corrupt);
  }

  /** Returns how many samples were looked at, corrupt ones included. */
  public int samples() {
    return samples;
  }

  /** Returns how many samples of each class are not corrupt. */
  public int[] classCounts() {
    return classCounts.clone();
  }

  /** Returns the sums over the pixels of all samples. */
  public PixelSums pixels() {
    return pixels.sums();
  }

  /** Returns the statistics of the images' heights. */
  public SideStatistics heights() {
    return heights;
  }

  /** Returns the statistics of the images' widths. */
  public SideStatistics widths() {
    return widths;
  }

  /** Returns the samples that cannot be read or decoded, each with the reason. */
  public List<String> corrupt() {
    return List.copyOf(corrupt);
  }
}
