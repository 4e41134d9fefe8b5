package dev.convoy.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sums over all pixels of many images, of which come the mean and the standard deviation of each
 * channel. Whole numbers are exact, so neither the order of the images nor who adds them matters.
 *
 * @param pixels how many there are, of which each has a value a channel
 * @param sum of the values, 0 to 255, of each channel
 * @param sumOfSquares of the same values
 */
@JsonIgnoreProperties(
    value = {"mean", "std"},
    allowGetters = true)
public record PixelSums(
    @JsonProperty("pixels") long pixels,
    @JsonProperty("sum") List<Long> sum,
    @JsonProperty("sum_of_squares") List<Long> sumOfSquares) {
  /** Sums that are not known. */
  public static final PixelSums UNKNOWN = new PixelSums(0, List.of(), List.of());

  private static final BigInteger WHITE = BigInteger.valueOf(255);
  private static final int DIGITS = 4;
  private static final MathContext EXACT = MathContext.DECIMAL128;

  /** Checks that the channels agree. */
  public PixelSums {
    sum = List.copyOf(sum);
    sumOfSquares = List.copyOf(sumOfSquares);
    if (pixels < 0 || sum.size() != sumOfSquares.size() || (pixels > 0 && sum.isEmpty())) {
      throw new IllegalArgumentException("the sums of the pixels do not fit each other");
    }
  }

  /** Returns whether there are any. */
  public boolean known() {
    return pixels > 0;
  }

  /**
   * Returns the mean of each channel, pixels from 0 to 1, as it is printed and used: rounded to
   * four places behind the point, or four significant digits where those are more.
   */
  @JsonProperty("mean")
  public List<BigDecimal> mean() {
    return sum.stream().map(total -> share(new BigDecimal(total))).toList();
  }

  /**
   * Returns the standard deviation of each channel over all pixels, in the same unit and rounding.
   */
  @JsonProperty("std")
  public List<BigDecimal> deviation() {
    BigInteger count = BigInteger.valueOf(pixels);
    return IntStream.range(0, sum.size())
        .mapToObj(
            c -> {
              BigInteger total = BigInteger.valueOf(sum.get(c));
              BigInteger squares = BigInteger.valueOf(sumOfSquares.get(c));
              // The variance times the square of the count.
              BigInteger scaled = count.multiply(squares).subtract(total.multiply(total));
              return share(new BigDecimal(scaled.max(BigInteger.ZERO)).sqrt(EXACT));
            })
        .toList();
  }

  private BigDecimal share(BigDecimal total) {
    BigDecimal white = new BigDecimal(WHITE.multiply(BigInteger.valueOf(pixels)));
    BigDecimal exact = total.divide(white, EXACT);
    BigDecimal rounded = exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    return rounded.scale() >= DIGITS && rounded.signum() != 0
        ? rounded
        : exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
