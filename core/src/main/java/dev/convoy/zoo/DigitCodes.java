package dev.convoy.zoo;

import java.util.List;

/**
 * The fixed codes of LeNet-5's output units: stylized 7x12 bitmaps of the ten digits, -1 for white
 * and +1 for black (LeCun et al. 1998, section II.B and figure 3). The paper prints its bitmaps but
 * gives no table; these are drawn after it.
 */
final class DigitCodes {
  static final int CLASSES = 10;

  private static final int WIDTH = 7;
  private static final int HEIGHT = 12;

  /** Two rows of five digits, a blank column between neighbours. */
  private static final List<String> BITMAPS =
      List.of(
          """
          ....... ....... ....... ....... .......
          ..###.. ...#... .#####. .#####. .....#.
          .#...#. ..##... #.....# #.....# ....##.
          #.....# .###... ......# ......# ...#.#.
          #.....# ...#... ......# ......# ..#..#.
          #.....# ...#... .....#. ..####. .#...#.
          #.....# ...#... ....#.. ......# #....#.
          #.....# ...#... ...#... ......# #######
          #.....# ...#... ..#.... ......# .....#.
          .#...#. ...#... .#..... #.....# .....#.
          ..###.. .#####. ####### .#####. .....#.
          ....... ....... ....... ....... .......
          """,
          """
          ....... ....... ....... ....... .......
          ####### ..####. ####### .#####. .#####.
          #...... .#..... ......# #.....# #.....#
          #...... #...... .....#. #.....# #.....#
          #...... #...... ....#.. .#...#. #.....#
          ######. ######. ...#... ..###.. .######
          ......# #.....# ..#.... .#...#. ......#
          ......# #.....# ..#.... #.....# ......#
          ......# #.....# ..#.... #.....# ......#
          #.....# #.....# ..#.... #.....# .....#.
          .#####. .#####. ..#.... .#####. .####..
          ....... ....... ....... ....... .......
          """);

  private DigitCodes() {}

  /** Returns ten codes of 84 values. */
  static float[][] codes() {
    float[][] codes = new float[CLASSES][WIDTH * HEIGHT];
    for (int digit = 0; digit < CLASSES; digit++) {
      List<String> rows = BITMAPS.get(digit / 5).lines().toList();
      int left = digit % 5 * (WIDTH + 1);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          codes[digit][y * WIDTH + x] = rows.get(y).charAt(left + x) == '#' ? 1f : -1f;
        }
      }
    }
    return codes;
  }
}
