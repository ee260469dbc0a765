/** What the operator's lines do that decide for others. */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { teacherCodeHours } from "../../accounts/teacher-codes.ts";
import type { TeachingLine } from "../../protocol/v2/teaching-line.ts";
import { personText } from "../../protocol/v2/teaching-text.ts";
import type { Classroom } from "../classroom.ts";
import { moderate } from "../moderation/moderate.ts";
import { bansOf, lowerHand, peopleOf } from "../peer/teaching.ts";

export type OperatorWish = Exclude<TeachingLine, { kind: "wrong" }> | { kind: "teacher-code" };

/** People that the console lists; a class beyond it is counted. */
const maxListed = 500;

export function runModerationLine(classroom: Classroom, line: OperatorWish): void {
  const { screen } = classroom.ports;
  switch (line.kind) {
    case "wish":
      return screen.line(moderate(classroom, undefined, line.wish));
    case "people":
      return screen.line(listOf(classroom));
    case "hands": {
      const names = [...classroom.moderation.hands.names()];
      return screen.line(names.length === 0 ? "No hand is raised." : `Hands: ${names.join(", ")}.`);
    }
    case "lower":
      if (!lowerHand(classroom, line.name)) throw new ExpectedError("this hand is not raised.");
      return screen.line(`The hand of ${line.name} is down.`);
    case "teacher-code":
      return showTeacherCode(classroom);
  }
}

/** Says how a class begins, as far as it has not. */
export function showFirstSteps(classroom: Classroom): void {
  const { accounts, registration, screen } = classroom.ports;
  if (accounts.teacherCount === 0) showTeacherCode(classroom);
  if (registration === "roster" && accounts.count === 0)
    screen.line(
      "There are no accounts, so nobody can come in: pcs accounts import FILE makes those of a roster.",
    );
}

/** Makes a one-time code and shows it: the only time that it is anywhere. */
function showTeacherCode({ ports }: Classroom): void {
  const code = ports.codes.issue();
  ports.audit.write({ by: "", did: "teacher-code" });
  ports.screen.line(
    `Whoever types /teacher ${code} in pcs join, or the code on the page, is a teacher from then on; it works once, for ${teacherCodeHours} hours.`,
  );
}

function listOf(classroom: Classroom): string {
  const lines = peopleOf(classroom).map(personText);
  const banned = bansOf(classroom).map(({ name }) => name);
  const more = lines.length - maxListed;
  return [
    lines.length === 0 ? "Nobody is here." : `${counted(lines.length, "client")} here:`,
    ...lines.slice(0, maxListed).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(banned.length === 0 ? [] : [`Banned: ${banned.slice(0, maxListed).join(", ")}.`]),
  ].join("\n");
}
