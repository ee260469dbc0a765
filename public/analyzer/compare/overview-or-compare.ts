/** What the first tab shows: the overview, or in its place the comparison where one is asked for. */
import { element } from "../../lib/dom.ts";
import { overviewPanel } from "../overview/overview-panel.ts";
import type { MakePanel } from "../panel.ts";
import { selectionKey } from "../view-state.ts";
import { ComparePanel } from "./compare-panel.ts";

export const overviewOrCompare: MakePanel = (context) => {
  const overview = overviewPanel(context);
  const compare = new ComparePanel(context);
  const view = element("div", {}, overview.element);
  return {
    element: view,
    dependsOn: (state) =>
      state.compare === undefined ? selectionKey(state.selection) : `compare ${compare.dependsOn(state)}`,
    async update(state, signal, grew) {
      const chosen = state.compare === undefined ? overview : compare;
      // In sight before it is drawn: a chart is as wide as its place.
      if (chosen.element.parentElement !== view) view.replaceChildren(chosen.element);
      await chosen.update(state, signal, grew);
    },
  };
};
