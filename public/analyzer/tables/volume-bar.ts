/** Bytes as a bar against the most of the rows beside it, with what went each way in two colours. */
import { element } from "../../lib/dom.ts";
import { formatBytes, formatCount } from "../format.ts";

/** @param most bytes of the longest bar */
export function volumeBar(
  out: number,
  back: number,
  most: number,
  names: readonly [string, string],
): HTMLElement {
  const bar = element("span", { class: "volume-bar", "aria-hidden": "true" });
  const share = (bytes: number): string => String(most === 0 ? 0 : bytes / most);
  bar.style.setProperty("--out", share(out));
  bar.style.setProperty("--in", share(back));
  const title = `${names[0]} ${formatCount(out)} bytes, ${names[1]} ${formatCount(back)} bytes`;
  return element("span", { class: "volume-cell", title }, bar, element("span", {}, formatBytes(out + back)));
}
