package dev.convoy.testing;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Floats.Kind;
import java.util.List;
import java.util.Locale;

/** Holds every implementation, with any number of workers, to the bits of the scalar twin. */
public final class Twins {
  /** Runs a kernel on new arrays that are the same each time. */
  @FunctionalInterface
  public interface Run {
    /** All of what it has written, and all around it. */
    List<float[]> results(Kernels kernels, int workers);
  }

  private Twins() {}

  /** Where numbers are not finite, all NaNs are the same. */
  public static void agree(String what, Kind kind, Run run) {
    List<float[]> expected = run.results(Implementations.scalar(), 1);
    for (Kernels kernels : Implementations.fast()) {
      for (int workers : Teams.SIZES) {
        List<float[]> actual = run.results(kernels, workers);
        for (int i = 0; i < expected.size(); i++) {
          String name =
              String.format(
                  Locale.ROOT,
                  "%s %s, %s, %d workers, result %d",
                  kernels.name(),
                  what,
                  kind,
                  workers,
                  i);
          compare(name, expected.get(i), actual.get(i), kind);
        }
      }
    }
  }

  private static void compare(String what, float[] expected, float[] actual, Kind kind) {
    if (kind == Kind.NOT_FINITE || kind == Kind.EXTREME) {
      Compare.sameNumbers(what, expected, actual, 1, 1);
    } else {
      Compare.sameBits(what, expected, actual);
    }
  }
}
