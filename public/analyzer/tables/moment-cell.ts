/** A moment as a cell of a table: the time of day, with its date as a note. */
import { element } from "../../lib/dom.ts";
import { formatMoment } from "../format.ts";

/** @param time seconds since 1970; null where there is none, which is an empty cell */
export function momentCell(time: number | null): Node | string {
  if (time === null) return "";
  const [day = "", clock = day] = formatMoment(time).split(" ");
  return element("span", { title: formatMoment(time) }, clock);
}
