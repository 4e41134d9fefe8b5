package dev.convoy.random;

/**
 * The inverse of the standard normal distribution, to about 1e-16: algorithm AS 241 of Wichura
 * 1988, "The percentage points of the normal distribution", PPND16. Additions, products, quotients
 * and {@link StrictMath} give the same bits everywhere. Only the tails need a logarithm, so a
 * hundred million weights are initialized in seconds.
 */
final class NormalQuantile {
  /** Within 0.425 of one half. */
  private static final double CENTRE = 0.425;

  private static final double[] CENTRE_ABOVE = {
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227
  };
  private static final double[] CENTRE_BELOW = {
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };

  /** Up to a root of the logarithm of 5, probabilities down to 1.4e-11. */
  private static final double NEAR = 5;

  private static final double[] NEAR_ABOVE = {
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414
  };
  private static final double[] NEAR_BELOW = {
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9
  };
  private static final double[] FAR_ABOVE = {
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-5,
    2.0103343992922881e-7
  };
  private static final double[] FAR_BELOW = {
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-5,
    1.421511758316446e-7,
    2.0442631033899397e-15
  };

  private NormalQuantile() {}

  /** Returns the value below which a normal number lies with {@code probability}, in (0, 1). */
  static double of(double probability) {
    double q = probability - 0.5;
    if (Math.abs(q) <= CENTRE) {
      double r = CENTRE * CENTRE - q * q;
      return q * polynomial(CENTRE_ABOVE, r) / polynomial(CENTRE_BELOW, r);
    }
    double tail = q < 0 ? probability : 1 - probability;
    double r = StrictMath.sqrt(-StrictMath.log(tail));
    double value =
        r <= NEAR
            ? polynomial(NEAR_ABOVE, r - 1.6) / polynomial(NEAR_BELOW, r - 1.6)
            : polynomial(FAR_ABOVE, r - NEAR) / polynomial(FAR_BELOW, r - NEAR);
    return q < 0 ? -value : value;
  }

  private static double polynomial(double[] c, double x) {
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x
        + c[0];
  }
}
