/**
 * A colour for each protocol, which it keeps while its capture is looked at: a filter must not repaint what stays. The
 * colours are Okabe and Ito's; who comes when all are given is drawn with the rest, in grey.
 */

/** Names of the style's colours. */
const palette = Array.from({ length: 7 }, (_, i) => `--series-${i + 1}`);

export const restColor = "--series-rest";

export class ProtocolColors {
  private readonly given = new Map<string, string>();

  /** Gives colours to those that have none, as long as there are some. @param names the most important first */
  learn(names: readonly string[]): void {
    for (const name of names) {
      const color = palette[this.given.size];
      if (color === undefined) return;
      if (!this.given.has(name)) this.given.set(name, color);
    }
  }

  /** Takes all colours back: another capture has other protocols. */
  forget(): void {
    this.given.clear();
  }

  /** The name of its colour. */
  of(protocol: string): string {
    return this.given.get(protocol) ?? restColor;
  }
}
