package dev.convoy.spark.cluster;

import java.io.Serializable;
import org.apache.spark.BarrierTaskContext;

/** The work of one rank of a barrier stage; its result is text, which any serializer knows. */
@FunctionalInterface
public interface BarrierFunction extends Serializable {
  /** Runs on an executor; the rank is the context's partition. */
  String call(BarrierTaskContext context) throws Exception;
}
