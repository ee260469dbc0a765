/** Refusals that are given in more than one place. */
import type { Refusal } from "./admission.ts";
import { maxPushes } from "./limits.ts";

export const onlyTeachers: Refusal = { code: "teacher", text: "Only a teacher can do that." };

export const onlyTeachersToRooms: Refusal = {
  code: "teacher",
  text: "Only a teacher sends a file to a whole room.",
};

/** Without its full stop. */
export const enoughPushes = `${maxPushes} files are on their way to rooms already`;
