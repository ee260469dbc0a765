/**
 * Which of millions of rows are in sight. Browsers let no element be higher than some 17 to 33 million pixels,
 * so a long list scrolls in a shorter one: a small movement moves the rows by as much, a large one (the thumb
 * of the scroll bar) by its share of the whole, and once it rests the scroll bar is put where it belongs.
 */

/** No scrolled element is higher, in pixels. */
export const maxScrollHeightPx = 8_000_000;

/** Rows drawn above and below those in sight, so that a quick scroll shows rows and not the ground. */
const spareRows = 12;

export interface RowSpace {
  rows: number;
  /** Pixels, all of them. */
  rowHeight: number;
  /** Of what is in sight. */
  height: number;
}

export interface ScrollPlace {
  /** Pixels of rows above those in sight, as if nothing was made shorter. */
  top: number;
  /** What the scroll bar says. */
  scrollTop: number;
}

/** How high the scrolled element is. */
export function scrollHeightOf({ rows, rowHeight }: RowSpace): number {
  return Math.min(rows * rowHeight, maxScrollHeightPx);
}

/** Where the rows are after the scroll bar moved to `scrollTop`. */
export function placeAfterScroll(space: RowSpace, before: ScrollPlace, scrollTop: number): ScrollPlace {
  const most = mostTop(space);
  const mostScroll = mostScrollTop(space);
  if (most <= mostScroll) return { top: clamp(scrollTop, most), scrollTop };
  const moved = scrollTop - before.scrollTop;
  if (Math.abs(moved) > space.height) return { top: clamp((scrollTop / mostScroll) * most, most), scrollTop };
  const top = clamp(before.top + moved, most);
  // At an end of the scroll bar nothing would be told of further movement.
  if (scrollTop <= 0 && top < space.height) return { top: 0, scrollTop };
  if (scrollTop >= mostScroll - 1 && top > most - space.height) return { top: most, scrollTop };
  return { top, scrollTop };
}

/** Where the scroll bar belongs for these rows. */
export function placeAt(space: RowSpace, top: number): ScrollPlace {
  const most = mostTop(space);
  const kept = clamp(top, most);
  return { top: kept, scrollTop: most === 0 ? 0 : (kept / most) * mostScrollTop(space) };
}

/** Whether the scroll bar must be put right at once, as it comes to its end before the rows do. */
export function isNearEnd(space: RowSpace, { scrollTop }: ScrollPlace): boolean {
  const isShortened = mostTop(space) > mostScrollTop(space);
  return isShortened && (scrollTop < space.height || scrollTop > mostScrollTop(space) - space.height);
}

/** The rows to draw: the first one, and one past the last. */
export function rowsToDraw(space: RowSpace, top: number): [first: number, end: number] {
  const first = Math.floor(top / space.rowHeight) - spareRows;
  const end = Math.ceil((top + space.height) / space.rowHeight) + spareRows;
  return [Math.max(0, Math.min(first, space.rows)), Math.min(space.rows, end)];
}

/** Rows that fit, for a page up or down. */
export function rowsOfPage({ rowHeight, height }: RowSpace): number {
  return Math.max(1, Math.floor(height / rowHeight) - 1);
}

/** The `top` at which the whole of `row` is in sight: the nearest one, or for a row far away with it in the middle. */
export function topShowing(space: RowSpace, top: number, row: number): number {
  const from = row * space.rowHeight;
  const least = from + space.rowHeight - space.height;
  const nearest = Math.min(Math.max(top, least), from);
  const isFar = Math.abs(nearest - top) > space.height;
  return clamp(isFar ? from - space.height / 2 : nearest, mostTop(space));
}

function mostTop({ rows, rowHeight, height }: RowSpace): number {
  return Math.max(0, rows * rowHeight - height);
}

function mostScrollTop(space: RowSpace): number {
  return Math.max(0, scrollHeightOf(space) - space.height);
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
