/** The header as a panel: the report of what is selected, as facts. */
import { element } from "./dom.ts";
import type { MakePanel } from "./panel.ts";
import { summaryView } from "./summary.ts";

export const summaryPanel: MakePanel = ({ data }) => {
  const view = element("div", {});
  return {
    element: view,
    async update({ selection }, signal) {
      const report = await data.get("/api/report", selection, signal);
      document.title = `${report.source.name} · pcs analyze`;
      view.replaceChildren(summaryView(report));
    },
  };
};
