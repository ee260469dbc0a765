/** The tabs below the charts, and who makes the panel of each. */
import { element } from "./dom.ts";
import type { MakePanel } from "./panel.ts";
import type { Tab } from "./view-state.ts";

export interface TabEntry {
  readonly tab: Tab;
  readonly title: string;
  readonly make: MakePanel;
}

export const tabEntries: readonly TabEntry[] = [
  { tab: "overview", title: "Overview", make: comingPanel("The overview") },
  { tab: "anomalies", title: "Anomalies", make: comingPanel("The list of anomalies") },
  { tab: "packets", title: "Packets", make: comingPanel("The list of packets") },
  { tab: "flows", title: "Flows", make: comingPanel("The list of flows") },
  { tab: "hosts", title: "Hosts", make: comingPanel("The list of hosts") },
  { tab: "conversations", title: "Conversations", make: comingPanel("The list of conversations") },
];

/** Holds the place of a panel that is not built yet. */
function comingPanel(what: string): MakePanel {
  return () => ({
    element: element("p", { class: "hint" }, `${what} is not built yet.`),
    update: () => Promise.resolve(),
  });
}
