package dev.convoy.spark.forecast;

import java.util.Locale;
import java.util.stream.Collectors;

/** Draws the efficiency over the number of executors, which doubles from line to line, as SVG. */
public final class ForecastPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int MARGIN = 56;

  private final ForecastReport report;
  private final double doublings;

  /** Plots a report, which has at least one point. */
  public ForecastPlot(ForecastReport report) {
    this.report = report;
    int most = report.points().get(report.points().size() - 1).executors();
    doublings = Math.max(1, log2(most));
  }

  /** Returns the plot. */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH, HEIGHT));
    svg.append(text(WIDTH / 2.0, MARGIN / 2.0, "middle", title()));
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double y = y(tenth / 10.0);
      svg.append(line(x(1), y, WIDTH - MARGIN, y));
      svg.append(text(x(1) - 6, y + 4, "end", format("%d %%", tenth * 10)));
    }
    for (int power = 0; power <= doublings; power++) {
      double x = x(1 << power);
      svg.append(line(x, y(0), x, y(1)));
      svg.append(text(x, y(0) + 18, "middle", Integer.toString(1 << power)));
    }
    svg.append(text(WIDTH / 2.0, HEIGHT - 12.0, "middle", "executors"));
    String curve =
        report.points().stream()
            .map(point -> format("%.1f,%.1f", x(point.executors()), y(point.efficiency())))
            .collect(Collectors.joining(" "));
    svg.append(
        format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>%n",
            curve));
    return svg.append(format("</svg>%n")).toString();
  }

  private String title() {
    return format(
        "%s, batch %d, %.4g Gbit/s: efficiency",
        report.profile().network(), report.batch(), report.link().bytesPerSecond() * 8 / 1e9);
  }

  private double x(int executors) {
    return MARGIN + (WIDTH - 2 * MARGIN) * log2(executors) / doublings;
  }

  /** Rates above that of one executor times their number are drawn at the top. */
  private static double y(double efficiency) {
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * Math.min(1, efficiency);
  }

  private static double log2(int number) {
    return Math.log(number) / Math.log(2);
  }

  private static String line(double fromX, double fromY, double toX, double toY) {
    return format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
        fromX, fromY, toX, toY);
  }

  private static String text(double x, double y, String anchor, String text) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
