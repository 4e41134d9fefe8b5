package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/** The gradient of the filter: shares the virtual nodes among teams and adds the teams' sums. */
final class WinogradWeightGradient {
  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final WinogradWeightShare[] shares;

  /** The plans, by the logarithm of a tree's number of nodes and by the images of each. */
  private final Planned[][] planned;

  private record Planned(WinogradWeightPlan plan, WinogradWeightWork work) {}

  WinogradWeightGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    shares = new WinogradWeightShare[workspace.workers()];
    Arrays.setAll(shares, i -> new WinogradWeightShare(geometry));
    planned = new Planned[PairwiseTree.buffers(workspace.images())][];
    for (int level = 0; level < planned.length; level++) {
      int nodes = 1 << level;
      planned[level] = new Planned[workspace.images() / nodes + 1];
      for (int images = 1; images < planned[level].length; images++) {
        Planned each = plan(new VirtualNodeTree(0, nodes, images));
        planned[level][images] = each;
        int teams = Math.multiplyExact(each.plan.teams(), region(each));
        workspace.reserve(Math.addExact(teams, Layout.ALIGNMENT));
      }
    }
  }

  private Planned plan(VirtualNodeTree tree) {
    WinogradWeightPlan plan = WinogradWeightPlan.of(g, tree, workspace.workers());
    return new Planned(plan, new WinogradWeightWork(g, plan, workspace));
  }

  /** Returns the memory of a team in floats: its scratch memory, and its sum behind it. */
  private int region(Planned of) {
    return Math.addExact(of.work.scratch(), of.plan.teams() > 1 ? g.filterLength() : 0);
  }

  void run(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter) {
    Planned now = planned[PairwiseTree.buffers(tree.nodes()) - 1][tree.images()];
    WinogradWeightShare share = shares[worker.index()];
    float[] scratch = workspace.scratch();
    int at = Layout.ALIGNMENT;
    if (now.plan.teams() == 1) {
      now.work.run(share, worker, tree.firstImage(), input, outputGradient, at, gradients, filter);
      return;
    }
    int region = at + worker.index() * region(now);
    int firstImage = tree.imageOf(worker.index() * now.plan.nodes());
    float[] sum = worker.first() ? gradients : scratch;
    int sumAt = worker.first() ? filter : region + now.work.scratch();
    now.work.run(share, Worker.single(), firstImage, input, outputGradient, region, sum, sumAt);
    worker.barrier();
    addTeams(worker, now, scratch, at + now.work.scratch(), gradients, filter);
  }

  /** Adds the teams' sums in the tree, each worker a range of them. */
  private void addTeams(
      Worker worker, Planned now, float[] scratch, int sums, float[] gradients, int filter) {
    int vectors = g.filterLength() / Lanes.COUNT;
    int from = worker.from(vectors) * Lanes.COUNT;
    int count = worker.to(vectors) - worker.from(vectors);
    int region = region(now);
    int teams = now.plan.teams();
    for (int i = 0; i < teams - 1; i++) {
      int left = PairwiseTree.left(i, teams);
      int right = sums + PairwiseTree.right(i, teams) * region + from;
      float[] to = left == 0 ? gradients : scratch;
      int toAt = left == 0 ? filter + from : sums + left * region + from;
      VectorCopy.add(count, scratch, right, Lanes.COUNT, to, toAt, Lanes.COUNT);
    }
  }
}
