/**
 * Packets of pcs itself by what they are about. A segment counts under the first frame that begins in it; one in
 * which none begins goes on with what its end sent last: the bytes of a file.
 */
import { frameKinds, type FrameKind } from "../recognition/frame-kind.ts";
import { frameKindAt } from "../recognition/pcs-frames.ts";
import { NameCounts, type Count } from "./name-counts.ts";

/** Bits of a flow's word: the kind of each end's last frame. */
const lowShift = 16;
const highShift = 18;

export class PcsFrames {
  private readonly counts = new NameCounts<FrameKind>(frameKinds);

  /**
   * Counts a segment with a payload.
   * @param place the word of the flow in which bits 16 to 19 are kept here
   */
  see(
    words: Uint32Array,
    place: number,
    low: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    size: number,
  ): void {
    const shift = low ? lowShift : highShift;
    const found = frameKindAt(bytes, start, end, true);
    const kind = found === undefined ? (words[place]! >>> shift) & 3 : frameKinds.indexOf(found);
    words[place] = (words[place]! & ~(3 << shift)) | (kind << shift);
    this.counts.add(kind, size);
  }

  snapshot(): Partial<Record<FrameKind, Count>> {
    return this.counts.snapshot();
  }
}
