/** Opens a library of the system by the first of its names that is there. */
import { dlopen, type FFIFunction, type Library } from "bun:ffi";

/** @returns undefined where there is none of these, or it lacks a symbol */
export function openLibrary<const T extends Record<string, FFIFunction>>(
  names: readonly string[],
  symbols: T,
): Library<T> | undefined {
  for (const name of names) {
    try {
      return dlopen(name, symbols);
    } catch {
      /* the next name */
    }
  }
  return undefined;
}
