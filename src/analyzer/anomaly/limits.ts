/** Every limit of the anomaly detector by name. What goes beyond one is counted or told, never lost in silence. */

/** Different attacks that a file of labels may name: their numbers fit 16 bits beside 0 for none. */
export const maxAttackNames = 65_535;
