/** Which layers of the inspector a person has opened or closed: the next packet is shown in the same way. */

/** Of a packet, so many of the innermost layers are open at first. */
const openAtFirst = 2;

export class OpenLayers {
  private readonly kept = new Map<string, boolean>();

  /** @param place of the layer, from the outside in; @param layers that the packet has */
  isOpen(title: string, place: number, layers: number): boolean {
    return this.kept.get(title) ?? place >= layers - openAtFirst;
  }

  keep(title: string, isOpen: boolean): void {
    this.kept.set(title, isOpen);
  }
}
