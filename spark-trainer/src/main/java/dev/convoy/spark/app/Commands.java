package dev.convoy.spark.app;

import dev.convoy.spark.prepare.PrepareJob;
import dev.convoy.spark.train.EvaluateJob;
import dev.convoy.spark.train.TrainJob;
import java.util.List;

/** Every command there is; a new one is a file and a line here. */
final class Commands {
  private Commands() {}

  static List<Object> all() {
    return List.of(
        new TrainCommand(new TrainJob(System.out)),
        new EvaluateCommand(new EvaluateJob(System.out)),
        new PredictCommand(),
        new PrepareCommand(new PrepareJob(System.out)),
        new InspectCommand(),
        new DescribeCommand(),
        new DigestCommand(),
        new ExportCommand(),
        new BenchCommand(),
        new VerifyCommand());
  }
}
