/** The order of names in a list: `student 2` before `student 10`. */
export const byName = new Intl.Collator(undefined, { numeric: true }).compare;
