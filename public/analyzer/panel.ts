/** A part of the page that shows one thing of the selection, and what it is given to do so. Types only. */
import type { DataSource } from "./data-source.ts";
import type { ProtocolColors } from "./protocol-colors.ts";
import type { ViewState } from "./view-state.ts";
import type { ViewStore } from "./view-store.ts";

export interface Panel {
  readonly element: HTMLElement;
  /**
   * Fetches what the state asks for and shows it; until then the earlier content stays. A panel runner calls it,
   * shows that it loads, and shows the sentence of what it throws with a button that tries again.
   * @param signal aborted when a newer state came; pass it to `DataSource.get`
   * @param grew whether it is asked for because the capture grew or to try again: then nothing kept may be shown
   */
  update(state: ViewState, signal: AbortSignal, grew: boolean): Promise<void>;
  /**
   * What of the state it depends on: as long as this text is the same, it is not updated again, except when a
   * running capture grew. The selection, where left out.
   */
  dependsOn?(state: ViewState): string;
}

export interface PanelContext {
  readonly view: ViewStore;
  readonly data: DataSource;
  readonly colors: ProtocolColors;
}

/** Makes a panel, once; it is updated when it is first shown. */
export type MakePanel = (context: PanelContext) => Panel;
