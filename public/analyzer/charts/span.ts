/** Spans of time on a chart, and what the keys, the wheel and the buttons make of them. Pure. */

/** Seconds since 1970: from, to. */
export type Span = readonly [from: number, to: number];

/** The span within `whole`, as wide as before where that fits, and never narrower than `least`. */
export function clampSpan([from, to]: Span, whole: Span, least: number): Span {
  const width = Math.max(Math.min(to - from, whole[1] - whole[0]), least);
  const start = Math.max(Math.min(Math.max(from, whole[0]), whole[1] - width), whole[0]);
  return [start, start + width];
}

/** To the borders of steps, so that the packets counted are those of the steps that are drawn. */
export function snapSpan([from, to]: Span, step: number): Span {
  const start = Math.floor(from / step) * step;
  return [start, Math.max(Math.ceil(to / step) * step, start + step)];
}

/** From the first to the last moment of both. */
export function joinSpans(a: Span, b: Span): Span {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** Wider or narrower, with the moment `at` where it was. @param factor below 1 looks closer */
export function zoomSpan([from, to]: Span, factor: number, at: number = (from + to) / 2): Span {
  return [at - (at - from) * factor, at + (to - at) * factor];
}

/** To the side by a part of its width. */
export function moveSpan([from, to]: Span, part: number): Span {
  const by = (to - from) * part;
  return [from + by, to + by];
}

/** The span that a key asks for; `whole` for the whole capture, undefined for keys that mean nothing here. */
export function spanAfterKey(key: string, span: Span): Span | "whole" | undefined {
  switch (key) {
    case "+":
    case "=":
      return zoomSpan(span, 1 / 2);
    case "-":
      return zoomSpan(span, 2);
    case "ArrowLeft":
      return moveSpan(span, -1 / 4);
    case "ArrowRight":
      return moveSpan(span, 1 / 4);
    case "0":
      return "whole";
    default:
      return undefined;
  }
}

/** The span of a selection, where it has one; ends that are left out are those of `whole`. */
export function spanOfSelection(
  { from, to }: { readonly from?: string; readonly to?: string },
  whole: Span,
): Span | undefined {
  if (from === undefined && to === undefined) return undefined;
  const [start, end] = [
    from === undefined ? whole[0] : Number(from),
    to === undefined ? whole[1] : Number(to),
  ];
  return Number.isFinite(start) && Number.isFinite(end) && end > start ? [start, end] : undefined;
}
