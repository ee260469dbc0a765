/**
 * Shapes of JSON: one declaration is the check of what came and the type of what is sent. A check takes what it
 * knows and leaves out the rest, so that a later version may add fields; what is wrong gives `undefined`.
 */

export type Shape<T> = (value: unknown) => T | undefined;

/** What a shape yields. */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

/** A field that may be missing. */
export interface Optional<T> {
  optional: Shape<T>;
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

/** Text of at most so many characters (UTF-16 units) that is whole Unicode. */
export function text(maxCharacters: number): Shape<string> {
  return (value) =>
    typeof value === "string" && value.length <= maxCharacters && value.isWellFormed() ? value : undefined;
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): Shape<number> {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined;
}

/** Any number that is one. */
export const decimal: Shape<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

export const flag: Shape<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

export function oneOf<const T extends string>(choices: readonly T[]): Shape<T> {
  return (value) => choices.find((choice) => choice === value);
}

export function listOf<T>(shape: Shape<T>, most: number): Shape<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return undefined;
    const list: T[] = [];
    for (const item of value as unknown[]) {
      const taken = shape(item);
      if (taken === undefined) return undefined;
      list.push(taken);
    }
    return list;
  };
}

type Fields = Record<string, Shape<unknown> | Optional<unknown>>;

type Taken<F extends Fields> = {
  [K in keyof F as F[K] extends Optional<unknown> ? never : K]: F[K] extends Shape<infer T> ? T : never;
} & {
  [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends Optional<infer T>
    ? T | undefined
    : never;
};

/** An object with these fields. A field that may be missing and is there must be right all the same. */
export function object<const F extends Fields>(fields: F): Shape<Taken<F>> {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const taken: Record<string, unknown> = {};
    for (const [name, field] of entries) {
      const isThere = Object.hasOwn(value, name);
      const given = isThere ? (value as Record<string, unknown>)[name] : undefined;
      if (typeof field !== "function" && !isThere) continue;
      const right = (typeof field === "function" ? field : field.optional)(given);
      if (right === undefined) return undefined;
      taken[name] = right;
    }
    return taken as Taken<F>;
  };
}
