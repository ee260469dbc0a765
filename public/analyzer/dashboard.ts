/** The whole page, put together: header, filter bar, charts, tabs; all of them follow one state. */
import { VolumePanel } from "./charts/volume-panel.ts";
import type { DataSource } from "./data-source.ts";
import { element } from "../lib/dom.ts";
import { FilterBar } from "./filter/filter-bar.ts";
import { HeaderPanel } from "./header/header-panel.ts";
import { LiveFeed } from "./live/live-feed.ts";
import type { PanelContext } from "./panel.ts";
import { PanelRunner } from "./panel-runner.ts";
import { ProtocolColors } from "./protocol-colors.ts";
import { TabList } from "./tab-list.ts";
import { selectionKey, type ViewState } from "./view-state.ts";
import { ViewStore } from "./view-store.ts";

export interface Dashboard {
  readonly header: HTMLElement;
  readonly content: HTMLElement;
  /** Asks for what the address wants; call it once the elements are in the page. */
  start(): void;
}

/** Builds the page over its data. */
export function createDashboard(data: DataSource): Dashboard {
  const view = new ViewStore(window);
  const context: PanelContext = { view, data, colors: new ProtocolColors() };
  const feed = data.isFile
    ? undefined
    : new LiveFeed({
        told: (feed) => header.showLive(feed),
        tick: () => [top, filter, volume, tabs].forEach((part) => part.refresh()),
      });
  const header = new HeaderPanel(context, feed);
  const top = new PanelRunner(header);
  const filter = new FilterBar(context);
  const volume = new PanelRunner(new VolumePanel(context));
  const tabs = new TabList(context);
  let filtered: string | undefined;
  let capture: string | undefined;
  const show = (state: ViewState): void => {
    if (state.selection.capture !== capture) context.colors.forget();
    capture = state.selection.capture;
    feed?.listen(capture);
    header.showState(state);
    const key = selectionKey(state.selection);
    // What is being typed stays while something else changes.
    if (key !== filtered) filter.show(state);
    filtered = key;
    for (const part of [top, volume, tabs]) part.show(state);
  };
  return {
    header: top.element,
    content: element("div", { class: "dashboard" }, filter.element, volume.element, tabs.element),
    start() {
      view.subscribe(show);
      show(view.state);
    },
  };
}
