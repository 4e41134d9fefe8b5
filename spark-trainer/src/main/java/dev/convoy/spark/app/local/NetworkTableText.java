package dev.convoy.spark.app.local;

import dev.convoy.nn.NetworkTable;
import dev.convoy.nn.Window;
import dev.convoy.spark.app.text.AlignedText;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network's table as aligned text: header, a line for each layer, totals. */
final class NetworkTableText {
  private static final List<String> HEADER =
      List.of("layer", "kind", "kernel", "stride", "padding", "output");

  /** The first columns are texts and stand at the left; numbers stand at the right. */
  private static final int TEXT_COLUMNS = 2;

  private final NetworkTable table;
  private final boolean connections;

  /**
   * Makes the text of a table.
   *
   * @param connections whether to print them
   */
  NetworkTableText(NetworkTable table, boolean connections) {
    this.table = table;
    this.connections = connections;
  }

  List<String> lines() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(line(HEADER, "sees", "parameters", "multiply-adds", "connections", "memory KiB"));
    cells.add(line(place("input", "", null, table.input()), "", "", "", "", ""));
    for (NetworkTable.Row row : table.rows()) {
      cells.add(
          numbers(
              place(row.name(), row.kind(), row.window(), row.output()),
              number(row.receptiveField()),
              row.parameters(),
              row.multiplyAdds(),
              row.connections(),
              row.activationBytes()));
    }
    cells.add(
        numbers(
            total("total"),
            "",
            table.parameters(),
            table.multiplyAdds(),
            table.connections(),
            table.activationBytes()));
    if (table.inference().parameters() < table.parameters()) {
      cells.add(
          line(
              total("without auxiliary heads"),
              "",
              number(table.inference().parameters()),
              number(table.inference().multiplyAdds()),
              "",
              ""));
    }
    return AlignedText.of(cells, TEXT_COLUMNS);
  }

  private static List<String> total(String what) {
    return List.of(what, "", "", "", "", "");
  }

  private static List<String> place(String name, String kind, Window window, Shape output) {
    return window == null
        ? List.of(name, kind, "", "", "", output.toString())
        : List.of(
            name,
            kind,
            window.size(),
            Integer.toString(window.stride()),
            Integer.toString(window.padding()),
            output.toString());
  }

  private List<String> numbers(
      List<String> place, String sees, long parameters, long multiplyAdds, long uses, long bytes) {
    return line(
        place,
        sees,
        number(parameters),
        number(multiplyAdds),
        number(uses),
        String.format(Locale.ROOT, "%,.1f", bytes / 1024.0));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private List<String> line(
      List<String> place,
      String sees,
      String parameters,
      String multiplyAdds,
      String uses,
      String memory) {
    List<String> line = new ArrayList<>(place);
    line.addAll(List.of(sees, parameters, multiplyAdds));
    if (connections) {
      line.add(uses);
    }
    line.add(memory);
    return line;
  }
}
