package dev.convoy.spark.app;

import dev.convoy.spark.app.job.DoctorCommand;
import dev.convoy.spark.app.job.EvaluateCommand;
import dev.convoy.spark.app.job.PrepareCommand;
import dev.convoy.spark.app.job.TrainCommand;
import dev.convoy.spark.app.local.BenchCommand;
import dev.convoy.spark.app.local.DescribeCommand;
import dev.convoy.spark.app.local.DigestCommand;
import dev.convoy.spark.app.local.ExportCommand;
import dev.convoy.spark.app.local.ForecastCommand;
import dev.convoy.spark.app.local.InspectCommand;
import dev.convoy.spark.app.local.PredictCommand;
import dev.convoy.spark.app.local.VerifyCommand;
import dev.convoy.spark.app.text.PrintableStream;
import dev.convoy.spark.prepare.PrepareJob;
import dev.convoy.spark.train.EvaluateJob;
import dev.convoy.spark.train.PreflightJob;
import dev.convoy.spark.train.TrainJob;
import java.io.PrintStream;
import java.util.List;

/** Every command there is; a new one is a file and a line here. */
final class Commands {
  private Commands() {}

  static List<Object> all() {
    PrintStream out = new PrintableStream(System.out);
    return List.of(
        new TrainCommand(new TrainJob(out)),
        new EvaluateCommand(new EvaluateJob(out)),
        new DoctorCommand(new PreflightJob(out)),
        new PredictCommand(),
        new PrepareCommand(new PrepareJob(out)),
        new InspectCommand(),
        new DescribeCommand(),
        new DigestCommand(),
        new ExportCommand(),
        new BenchCommand(),
        new ForecastCommand(),
        new VerifyCommand());
  }
}
