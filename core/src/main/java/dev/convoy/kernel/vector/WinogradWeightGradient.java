package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.NodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Tensor;

/** The gradient of the filter: shares the virtual nodes among teams and adds the teams' sums. */
final class WinogradWeightGradient {
  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private volatile Planned last;

  private record Planned(NodeTree tree, WinogradWeightPlan plan, WinogradWeightWork work) {}

  WinogradWeightGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    for (int nodes = 1; nodes <= workspace.images(); nodes *= 2) {
      for (int images = 1; images <= workspace.images() / nodes; images++) {
        Planned planned = plan(new NodeTree(0, nodes, images));
        int teams = Math.multiplyExact(planned.plan.teams(), region(planned));
        workspace.reserve(Math.addExact(teams, VectorWinogradConvolution.ALIGNMENT));
      }
    }
  }

  private Planned plan(NodeTree tree) {
    WinogradWeightPlan plan = WinogradWeightPlan.of(g, tree, workspace.workers());
    return new Planned(tree, plan, new WinogradWeightWork(g, plan));
  }

  /** Floats of a team: its scratch memory, and its sum behind. */
  private int region(Planned planned) {
    return Math.addExact(planned.work.scratch(), planned.plan.teams() > 1 ? g.filterLength() : 0);
  }

  /** The share of {@code me}. */
  void run(
      Worker me,
      NodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter) {
    Planned planned = last;
    if (planned == null || !planned.tree.equals(tree)) {
      planned = plan(tree);
      last = planned;
    }
    float[] scratch = workspace.scratch();
    int at = VectorWinogradConvolution.ALIGNMENT;
    if (planned.plan.teams() == 1) {
      planned.work.run(
          me, tree.firstImage(), input, outputGradient, scratch, at, gradients, filter);
      return;
    }
    int region = at + me.index() * region(planned);
    int firstImage = tree.imageOf(me.index() * planned.plan.nodes());
    float[] sum = me.first() ? gradients : scratch;
    int sumAt = me.first() ? filter : region + planned.work.scratch();
    planned.work.run(
        Worker.alone(), firstImage, input, outputGradient, scratch, region, sum, sumAt);
    me.meet();
    addTeams(me, planned, scratch, at + planned.work.scratch(), gradients, filter);
  }

  /** Adds the teams' sums in the tree, each worker a range of them. */
  private void addTeams(
      Worker me, Planned planned, float[] scratch, int sums, float[] gradients, int filter) {
    int vectors = g.filterLength() / Lanes.COUNT;
    int from = me.from(vectors) * Lanes.COUNT;
    int count = me.to(vectors) - me.from(vectors);
    int region = region(planned);
    for (int step = 1; step < planned.plan.teams(); step *= 2) {
      for (int left = 0; left < planned.plan.teams(); left += 2 * step) {
        int right = sums + (left + step) * region + from;
        float[] to = left == 0 ? gradients : scratch;
        int toAt = left == 0 ? filter + from : sums + left * region + from;
        Lines.add(count, scratch, right, Lanes.COUNT, to, toAt, Lanes.COUNT);
      }
    }
  }
}
