package dev.convoy.train;

import dev.convoy.collective.Range;

/**
 * A part of the optimizer's state that one executor contributes to a checkpoint.
 *
 * @param range of the flat vector
 * @param values of the range, from element 0 on
 */
@SuppressWarnings("ArrayRecordComponent") // A view of arrays; never compared.
public record StateSlice(Range range, float[] values) {}
