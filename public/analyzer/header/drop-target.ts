/** The whole page takes files that are dropped on it, and shows so while one is held over it. */
import { element } from "../../lib/dom.ts";

export function takeDroppedFiles(take: (files: File[]) => void): void {
  const sign = element(
    "div",
    { class: "drop-sign", hidden: "" },
    element("p", {}, "Drop the capture to open it"),
  );
  document.body.append(sign);
  let inside = 0;
  const count = (by: number): void => {
    inside = Math.max(0, inside + by);
    sign.hidden = inside === 0;
  };
  // Each element that is entered and left counts, so those inside one another cancel out.
  addEventListener("dragenter", (event) => isFile(event) && count(1));
  addEventListener("dragleave", (event) => isFile(event) && count(-1));
  addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    count(-inside);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

function isFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
