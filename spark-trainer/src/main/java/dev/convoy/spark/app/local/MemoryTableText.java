package dev.convoy.spark.app.local;

import dev.convoy.nn.MemoryTable;
import dev.convoy.spark.app.text.AlignedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a training step needs as aligned text, in MiB: a line for each layer, then totals. */
final class MemoryTableText {
  private static final double MIB = 1 << 20;

  private final MemoryTable table;

  MemoryTableText(MemoryTable table) {
    this.table = table;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%s, %d images on one executor; MiB", table.network(), table.images()));
    lines.addAll(AlignedText.of(layers(), 1));
    lines.add("");
    lines.addAll(AlignedText.of(totals(), 1));
    return lines;
  }

  private List<List<String>> layers() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("layer", "kept", "passing", "gradient", "kernels"));
    cells.add(List.of("input", mebibytes(table.input()), "", "", ""));
    for (MemoryTable.Row row : table.rows()) {
      cells.add(
          List.of(
              row.name(),
              mebibytes(row.kept()),
              mebibytes(row.passing()),
              mebibytes(row.gradient()),
              mebibytes(row.kernels())));
    }
    return cells;
  }

  private List<List<String>> totals() {
    return List.of(
        total("weights", table.weights()),
        total("sum of gradients", table.gradientSum()),
        total("momentum", table.momentum()),
        total("activations, and their gradients, sharing memory", table.shared()),
        total("kernels' own", table.kernels()),
        total("scratch of all kernels", table.scratch()),
        total("total of a training step", table.total()),
        total("activations without sharing", table.values()),
        total("their gradients without sharing", table.valueGradients()),
        total("total without sharing", table.totalWithoutSharing()));
  }

  private static List<String> total(String what, long bytes) {
    return List.of(what, mebibytes(bytes));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,.2f", bytes / MIB);
  }
}
