/** What the header says of packets that were lost: by whom, where that is known. None lost is said too. Pure. */
import type { Answers, LiveSnapshot } from "../../../src/analyzer/dashboard/contract.ts";
import { formatCount, formatShare } from "../format.ts";
import type { Fact } from "./summary-facts.ts";

export function lossFact(
  { dropped, source }: Answers["/api/report"],
  snapshot: LiveSnapshot | undefined,
): Fact {
  const label = "Lost";
  if (snapshot !== undefined && source.kind === "interface") {
    const { droppedByKernel, droppedByPcs, packets } = snapshot;
    const lost = droppedByKernel + droppedByPcs;
    return {
      label,
      value: formatCount(lost),
      note:
        lost === 0
          ? "by the kernel and by pcs"
          : `kernel ${formatCount(droppedByKernel)}, pcs ${formatCount(droppedByPcs)}`,
      title: `${formatShare(lost, lost + packets)} of what came by`,
      warns: lost > 0,
    };
  }
  const title = source.kind === "interface" ? "By the kernel and by pcs" : "As the capture itself says";
  return { label, value: formatCount(dropped), title, warns: dropped > 0 };
}
