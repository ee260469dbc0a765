/** The whole page, put together: header, filter bar, charts, tabs; all of them follow one state. */
import { LiveFeed } from "./live-feed.ts";
import { element } from "./dom.ts";
import type { DataSource } from "./data-source.ts";
import type { PanelContext } from "./panel.ts";
import { PanelRunner } from "./panel-runner.ts";
import { ProtocolColors } from "./protocol-colors.ts";
import { summaryPanel } from "./summary-panel.ts";
import { TabList } from "./tab-list.ts";
import type { ViewState } from "./view-state.ts";
import { ViewStore } from "./view-store.ts";

export interface Dashboard {
  readonly header: HTMLElement;
  readonly content: HTMLElement;
}

/** Builds the page over its data, and starts it. */
export function startDashboard(data: DataSource): Dashboard {
  const view = new ViewStore(window);
  const context: PanelContext = { view, data, colors: new ProtocolColors() };
  const summary = new PanelRunner(summaryPanel(context));
  const tabs = new TabList(context);
  const feed = new LiveFeed({
    told: () => undefined,
    tick: () => [summary, tabs].forEach((part) => part.refresh()),
  });
  const show = (state: ViewState): void => {
    if (!data.isFile) feed.listen(state.selection.capture);
    summary.show(state);
    tabs.show(state);
  };
  view.subscribe(show);
  show(view.state);
  return { header: summary.element, content: element("div", {}, tabs.element) };
}
