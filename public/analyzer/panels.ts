/** The tabs below the charts, and who makes the panel of each. */
import { AnomaliesPanel } from "./anomalies/anomalies-panel.ts";
import { overviewOrCompare } from "./compare/overview-or-compare.ts";
import { PacketsPanel } from "./packets/packets-panel.ts";
import type { MakePanel } from "./panel.ts";
import { conversationsPanel } from "./tables/conversations-panel.ts";
import { flowsPanel } from "./tables/flows-panel.ts";
import { hostsPanel } from "./tables/hosts-panel.ts";
import type { Tab } from "./view-state.ts";

export interface TabEntry {
  readonly tab: Tab;
  readonly title: string;
  readonly make: MakePanel;
}

export const tabEntries: readonly TabEntry[] = [
  { tab: "overview", title: "Overview", make: overviewOrCompare },
  { tab: "anomalies", title: "Anomalies", make: (context) => new AnomaliesPanel(context) },
  { tab: "packets", title: "Packets", make: (context) => new PacketsPanel(context) },
  { tab: "flows", title: "Flows", make: flowsPanel },
  { tab: "hosts", title: "Hosts", make: hostsPanel },
  { tab: "conversations", title: "Conversations", make: conversationsPanel },
];
